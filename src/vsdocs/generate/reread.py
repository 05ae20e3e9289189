"""All that a finished Word file holds, so that nothing leaves in it unseen: what is read, and what only stands in its parts."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from vsdocs.document import Document, Paragraph, Table
from vsdocs.readers import word as word_reader

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUNS = {_W + "t", _W + "delText", _W + "instrText", "{http://schemas.openxmlformats.org/drawingml/2006/main}t"}
_GAPS = {_W + "tab", _W + "ptab", _W + "br", _W + "cr"}
#: Two words or more, or a number: less tells nobody's name.
_MAY_TELL = re.compile(r"[^\W_][\W_]+[^\W_]|\d{6}")
_WORDS_OF_WORD = ("http://schemas.", "http://purl.", "application/vnd.")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


READ_ALOUD = 2  # of the texts: what a reader sees; the others are the file's parts, with the names of fonts and styles


def texts(docx: bytes) -> Iterator[str]:
    """All that a Word file holds: as our own reader reads it, and each XML part of the package as it is."""
    read = word_reader.read(docx)
    yield "\n".join(_read_aloud(read))
    yield "\n".join(paragraph.text for paragraph in read.paragraphs())  # tables inside tables too
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            yield name
            if name.endswith((".xml", ".rels")):
                yield from _values(package.read(name))


def _read_aloud(document: Document) -> Iterator[str]:
    for block in (*document.blocks, *document.margins):
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (" ".join(cell.text for cell in row) for row in block.rows)


def _values(part: bytes) -> set[str]:
    """Every text and every attribute of a part, those of a paragraph in one."""
    found: set[str] = set()
    for element in etree.fromstring(part, _PARSER).iter():
        if element.tag == _W + "p":
            found.add("".join(" " if n.tag in _GAPS else n.text or "" for n in element.iter(*_RUNS, *_GAPS)))
        elif element.tag not in _RUNS and element.text:
            found.add(element.text)
        if element.tail:
            found.add(element.tail)
        found.update(element.attrib.values())
    return {value for value in found if _MAY_TELL.search(value) and not value.startswith(_WORDS_OF_WORD)}
