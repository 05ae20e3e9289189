"""Ways to damage a Word or PDF file so that it still gets past the door: by chance, and the same for the same seed."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

MOST_XML = 2_000_000  # bytes of a part that is damaged as text

_NUMBERS = (
    b"-1",
    b"0",
    b"1",
    b"65536",
    b"2147483648",
    b"99999999999999999999",
    b"-0.00001",
    b"1e9",
    b"NaN",
    b"",
    b"\xd9\xa3",
)
_NAMES = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "sdtPr",
    "pPr",
    "rPr",
    "tcPr",
    "txbxContent",
    "ins",
    "del",
    "moveTo",
    "fldChar",
    "fldSimple",
    "hyperlink",
    "br",
]
_SNIPPETS = (
    *(f"<w:{name}/>" for name in _NAMES),
    *(f"<w:{name}>" for name in _NAMES),
    *(f"</w:{name}>" for name in _NAMES),
    '<w:gridSpan w:val="30000"/>',
    '<w:vMerge/>',
    '<w:hMerge w:val="continue"/>',
    '<w:gridBefore w:val="-3"/>',
    '<w:numPr><w:ilvl w:val="12"/><w:numId w:val="1"/></w:numPr>',
    '<w:sym w:font="Wingdings" w:char="zz"/>',
    '<w:sym/>',
    '<w:sz w:val="x"/>',
    '<w:outlineLvl w:val="-7"/>',
    '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar>',
    '<w:fldChar w:fldCharType="end"/>',
    '<w:instrText>FORMDROPDOWN</w:instrText>',
    '<w:sdt><w:sdtPr><w:dropDownList/><w:date w:fullDate="0000-00-00"/></w:sdtPr></w:sdt>',
    '<w:sdtPr><w:dataBinding w:xpath="/x[" w:storeItemID="{}"/></w:sdtPr>',
    "<!-- -->",
    "<?pi?>",
    "<![CDATA[]]>",
    "&amp;",
    "&#x1F600;",
    "{{ 7*7 }}",
    "<!DOCTYPE x>",
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three kinds of damage done to them."""
    kinds = _OF_ZIPS if data.startswith(b"PK") else _OF_PDFS
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice(kinds)(data, chance)
    return data


# -------------------------------------------------------------------------------------------------------- of any bytes
def flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Cut short, or without a piece of the middle, or with a piece twice."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:end], data[:start] + data[end:], data[:end] + data[start:]))


def renumber(data: bytes, chance: random.Random) -> bytes:
    """Some numbers made odd."""
    share = chance.choice((0.002, 0.02, 0.2))
    return re.sub(rb"\d+", lambda found: chance.choice(_NUMBERS) if chance.random() < share else found[0], data)


# ------------------------------------------------------------------------------------------------------------- of zips
def swap_parts(data: bytes, chance: random.Random) -> bytes:
    """Two parts in each other's place, or one twice, gone or empty."""

    def change(parts: dict[str, bytes]) -> None:
        one, other = chance.choice(list(parts)), chance.choice(list(parts))
        kind = chance.randrange(4)
        if kind == 0:
            parts[one], parts[other] = parts[other], parts[one]
        elif kind == 1:
            parts[one] = parts[other]
        elif kind == 2:
            parts[one] = b""
        else:
            del parts[one]

    return _repacked(data, change)


def damage_part(data: bytes, chance: random.Random) -> bytes:
    """The bytes of one part changed."""

    def change(parts: dict[str, bytes]) -> None:
        name = chance.choice([*parts, "word/document.xml"])
        if name in parts and len(parts[name]) < MOST_XML:
            parts[name] = chance.choice((flip, cut, renumber))(parts[name], chance)

    return _repacked(data, change)


def insert_xml(data: bytes, chance: random.Random) -> bytes:
    """Elements put in, taken out or moved between the tags of a part, which may stay well-formed."""

    def change(parts: dict[str, bytes]) -> None:
        names = [name for name in parts if name.endswith((".xml", ".rels")) and len(parts[name]) < MOST_XML]
        if not names:
            return
        name = "word/document.xml" if "word/document.xml" in names and chance.random() < 0.6 else chance.choice(names)
        tags = re.split(r"(?=<)", parts[name].decode("utf-8", "replace"))
        for _ in range(chance.choice((1, 2, 10))):
            place = chance.randrange(1, len(tags) + 1)
            kind = chance.randrange(5)
            if kind == 0:
                tags.insert(place, chance.choice(_SNIPPETS))
            elif kind == 1:
                del tags[place : place + chance.choice((1, 1, 20))]
            elif kind == 2:
                other = chance.randrange(1, len(tags) + 1)
                tags[place:place] = tags[other : other + chance.choice((1, 10, 200))]
            elif kind == 3:
                around = chance.choice(_NAMES)
                tags[place : place + 1] = [f"<w:{around}>", *tags[place : place + 1], f"</w:{around}>"]
            elif place < len(tags):
                tags[place] = re.sub(
                    r'="[^"]*"', lambda found: chance.choice(('=""', '="-1"', '="x"', '="1"', found[0])), tags[place]
                )
        parts[name] = "".join(tags).encode()

    return _repacked(data, change)


def _repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except Exception:  # damaged before
        return data
    if parts:
        change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


# ------------------------------------------------------------------------------------------------------------- of PDFs
def damage_stream(data: bytes, chance: random.Random) -> bytes:
    """One packed stream unpacked, changed and packed again; its length is wrong then, which readers put right."""
    streams = list(re.finditer(rb"stream\r?\n(x.*?)\r?\nendstream", data, re.DOTALL))
    if not streams:
        return renumber(data, chance)
    found = chance.choice(streams)
    try:
        text = zlib.decompressobj().decompress(found[1], MOST_XML)
    except zlib.error:
        return data
    kind = chance.choice((flip, cut, renumber, _shuffle))
    return data[: found.start(1)] + zlib.compress(kind(text, chance)) + data[found.end(1) :]


def change_object(data: bytes, chance: random.Random) -> bytes:
    """A name or reference of the file's objects in the place of another."""
    words = list(re.finditer(rb"/[A-Z]\w*|\b\d+ 0 R\b|\[[^\[\]<>]{0,40}\]", data))
    if len(words) < 2:
        return data
    changed = data
    for _ in range(chance.choice((1, 3, 10))):
        one, other = chance.choice(words), chance.choice(words)
        if len(changed) == len(data):
            changed = changed[: one.start()] + other[0].ljust(len(one[0]))[: len(one[0])] + changed[one.end() :]
    return changed


def _shuffle(text: bytes, chance: random.Random) -> bytes:
    """The lines of a stream, some in other places or many times over."""
    lines = text.split(b"\n")
    for _ in range(chance.choice((1, 5, 40))):
        place = chance.randrange(len(lines))
        lines.insert(chance.randrange(len(lines)), lines[place])
        if chance.random() < 0.5:
            del lines[place]
    return b"\n".join(lines)


_OF_ZIPS: tuple[Damage, ...] = (flip, cut, swap_parts, damage_part, damage_part, insert_xml, insert_xml, insert_xml)
_OF_PDFS: tuple[Damage, ...] = (flip, cut, renumber, damage_stream, damage_stream, damage_stream, change_object)
