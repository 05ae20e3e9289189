"""The door: what kind of file this is, told by its content and never by its name, and whether it is safe to open.

Nothing is parsed here beyond a zip's directory and the first bytes, and everything unpacked is counted byte by byte: what
a header claims about sizes is not believed.
"""

import re
import struct
import zipfile
import zlib
from collections import Counter
from enum import StrEnum
from io import BytesIO

from vsdocs.errors import FileProblem

MAX_FILE = 60_000_000  # bytes; a scanned PEP of 20 pages has under 20 MB
MAX_ENTRIES = 2_000  # parts of a zip
MAX_PART = 50_000_000  # bytes of one part, unpacked
MAX_UNPACKED = 200_000_000  # bytes of the whole zip, unpacked
MAX_RATIO = 200  # unpacked to packed, of an XML part
RATIO_FROM = 2_000_000  # bytes unpacked below which the ratio says nothing
MAX_STREAM = 250_000_000  # bytes of one PDF stream, unpacked: a colour page scanned at 600 dpi has 100 MB
MAX_STREAMS = 1_000_000_000  # bytes of all the streams of a PDF, unpacked
OFTEN = 100  # times that an object must name another one to be looked at: a page has a few contents
MAX_DRAWN = 50_000_000  # bytes that such a stream comes to: drawing takes over twenty times as much memory
MAX_FILTERS = 4  # times one PDF stream may be packed

_CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"RIFF",
    b"\0\0\0\x0cJXL",
    b"\0\0\0\x0cjP",
)
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
_DOCTYPE, _DOCTYPE_16 = b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le").rstrip(b"\0")  # in UTF-16 of either byte order
_WORD_MAIN = re.compile(
    rb"wordprocessingml\.(document|template)\.main|ms-word\.(document|template)\.macroEnabled", re.I
)
_OTHER_OFFICE = re.compile(rb"spreadsheetml|presentationml|ms-excel|ms-powerpoint|visio", re.I)
#: what Word's web pages and its other files of plain text have in their first lines
_WORD_AS_TEXT = (
    b"urn:schemas-microsoft-com:office:word",
    b'progid="Word.Document"',
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
)
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R")
_STREAM_BEGINS = re.compile(rb">>\s*stream\b")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n(?=[\x08\x18\x28\x38\x48\x58\x68\x78])")


class Kind(StrEnum):
    WORD = "word"
    PDF = "pdf"
    IGNORED = "ignored"  # plain text of any sort and Word's lock files: nobody submits a PEP in them


def kind_of(data: bytes) -> Kind:
    """The kind of file these bytes are. Raises FileProblem with the reason where it is one that is not read."""
    if len(data) > MAX_FILE:
        raise FileProblem("too_big")
    if not data.strip(b"\0 \t\r\n"):
        raise FileProblem("empty")
    if data.startswith(b"PK"):
        return _zip(data)
    if b"%PDF-" in data[:1024]:
        _check_streams(data)
        return Kind.PDF
    if data.startswith(_OLE):
        raise FileProblem(_ole(data))
    if data.lstrip()[:5].lower() == b"{\\rtf":
        raise FileProblem("rich_text")
    if data.startswith(_PICTURES) or (data[4:8] == b"ftyp" and data[8:12] in _PICTURE_BRANDS):
        raise FileProblem("image")
    if any(mark in data[:_CHUNK] for mark in _WORD_AS_TEXT):
        raise FileProblem("unsupported")
    if _is_lock_file(data) or _is_text(data):
        return Kind.IGNORED
    raise FileProblem("unsupported")


def _ole(data: bytes) -> str:
    """The problem with a compound file: Word, Excel and PowerPoint before 2007, and every encrypted Office file."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        return "encrypted"
    if holds("WordDocument"):
        return "old_word"
    return "spreadsheet" if holds("Workbook") or holds("Book") or holds("PowerPoint Document") else "unsupported"


def _is_lock_file(data: bytes) -> bool:
    """Word's `~$` owner file: 162 or 165 bytes, the user's name after its length, then the name again in UTF-16."""
    length = data[0]
    return len(data) in (162, 165) and 0 < length <= 54 and not data[1 + length : 54].strip(b"\0 ")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 0
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data[:_CHUNK])


# ---------------------------------------------------------------------------------------------------------------- zip
def _zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise FileProblem("damaged") from error
    if len(entries) > MAX_ENTRIES:
        raise FileProblem("too_big")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileProblem("encrypted")
    unpacked, kept = 0, {}
    for entry in entries:
        text = _unpack(data, entry, MAX_UNPACKED - unpacked)
        unpacked += len(text)
        if entry.filename in ("[Content_Types].xml", "mimetype"):
            kept[entry.filename] = text
        if _is_xml(entry) and b"!" in text and (_DOCTYPE in text or (b"\0" in text and _DOCTYPE_16 in text)):
            raise FileProblem("unsafe")
    return _kind_of_package({entry.filename for entry in entries}, kept)


def _kind_of_package(names: set[str], kept: dict[str, bytes]) -> Kind:
    if b"opendocument" in kept.get("mimetype", b""):
        raise FileProblem("open_document")
    if any(name.endswith(".iwa") or name in ("Index.zip", "index.apxl") for name in names):
        raise FileProblem("pages")
    types = kept.get("[Content_Types].xml", b"")
    types = types.replace(b"\0", b"")  # UTF-16
    if _WORD_MAIN.search(types) or (not types and "word/document.xml" in names):
        return Kind.WORD
    if _OTHER_OFFICE.search(types):
        raise FileProblem("spreadsheet")
    raise FileProblem("damaged" if "word/document.xml" in names else "unsupported")


def _unpack(data: bytes, entry: zipfile.ZipInfo, left: int) -> bytes:
    """What a part really unpacks to; `left` bytes are still allowed. A part bigger than its header says is unsafe."""
    start = entry.header_offset
    if data[start : start + 4] != b"PK\x03\x04" or len(data) < start + 30:
        raise FileProblem("damaged")
    name, extra = struct.unpack("<HH", data[start + 26 : start + 30])
    start += 30 + name + extra
    packed = memoryview(data)[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise FileProblem("damaged")
    limit = min(left, MAX_PART)
    if entry.compress_type == zipfile.ZIP_STORED:
        text = bytes(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        text = _inflate(packed, limit + 1, -zlib.MAX_WBITS)
    else:
        raise FileProblem("unsupported")
    if len(text) > entry.file_size or (_is_xml(entry) and len(text) > max(RATIO_FROM, MAX_RATIO * len(packed))):
        raise FileProblem("unsafe")
    if len(text) > limit:
        raise FileProblem("too_big")
    return text


def _is_xml(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))


def _inflate(packed: bytes | memoryview, limit: int, bits: int) -> bytes:
    """Unpacks at most `limit` bytes. Raises FileProblem('damaged') where the stream is broken before that."""
    try:
        return zlib.decompressobj(bits).decompress(packed, limit)
    except zlib.error as error:
        raise FileProblem("damaged") from error


# ---------------------------------------------------------------------------------------------------------------- PDF
def _check_streams(data: bytes) -> None:
    """Raises FileProblem('unsafe') for a PDF with a stream that unpacks to more than any page needs, or that is drawn
    so often on a page that it comes to as much."""
    total, often = 0, _drawn_often(data)
    for match in _STREAM.finditer(data):
        packed: bytes | memoryview = memoryview(data)[match.end() :]
        times = often[_number_before(data, match.start())] if often else 1
        for _ in range(MAX_FILTERS):
            size, head = _size_and_head(packed)
            total += size * max(1, times)
            if size > MAX_STREAM or total > MAX_STREAMS or (times > 1 and size * times > MAX_DRAWN):
                raise FileProblem("unsafe")
            if head[:1] != b"\x78" or len(head) < 2 or (head[0] * 256 + head[1]) % 31:
                break
            packed = head
        else:
            raise FileProblem("unsafe")


def _drawn_often(data: bytes) -> Counter[bytes]:
    """The numbers of objects that one object names many times over, as a page may its contents, and how often.

    They need not stand in a sound list: who draws pages skips what does not belong there.
    """
    named: Counter[bytes] = Counter()
    for piece in data.split(b"obj"):
        if piece.count(b"R") >= OFTEN:
            named |= Counter(_REFERENCE.findall(_STREAM_BEGINS.split(piece, 1)[0]))
    return Counter({number: times for number, times in named.items() if times >= OFTEN})


def _number_before(data: bytes, place: int) -> bytes:
    """The number of the object that a place in a file belongs to."""
    starts = _OBJECT.findall(data, max(0, place - 2_000), place)
    return starts[-1] if starts else b""


def _size_and_head(packed: bytes | memoryview) -> tuple[int, bytes]:
    """How many bytes a stream unpacks to, counted up to just over the limit, and its first megabyte."""
    unpacker, size, head = zlib.decompressobj(), 0, b""
    try:
        for start in range(0, len(packed), _CHUNK):
            piece: bytes | memoryview = packed[start : start + _CHUNK]
            while piece and size <= MAX_STREAM and not unpacker.eof:
                text = unpacker.decompress(piece, 1 << 20)
                size += len(text)
                if len(head) < 1 << 20:
                    head += text
                piece = unpacker.unconsumed_tail
            if unpacker.eof or size > MAX_STREAM:
                break
    except zlib.error:
        pass  # not Flate after all, or cut short: the PDF reader will say which
    return size, head
