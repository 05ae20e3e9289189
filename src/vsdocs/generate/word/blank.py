"""A council's template before any child's words go into it: its logo, signature and colour in, what Word left in it out."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image, ImageOps

from vsdocs.settings import Look

#: picture -> the most room it may take, in mm
PICTURES = {"logo": (70, 25), "signature": (60, 20)}
_ALONE = re.compile(r"\s*\{\{\s*(" + "|".join(PICTURES) + r")\s*\}\}\s*")
ACCENT = "1F3A5F"  # what `look.colour` replaces in the styles
DOTS_AN_INCH = 300  # in print; on a screen 96

#: Relations that nothing in the text names and Word needs all the same. Others are left out: thumbnails, the properties of
#: the program, notes on the template, private XML, the template of the template.
_NEEDED = ("/styles", "/numbering", "/settings", "/fontTable", "/theme", "/footnotes", "/endnotes")
_SETTINGS = ("rsids", "attachedTemplate", "mailMerge", "docVars", "proofState", "trackRevisions", "docId")
_TRACES = (
    "proofErr",
    "lastRenderedPageBreak",
    "commentRangeStart",
    "commentRangeEnd",
    "commentReference",
    "annotationRef",
)
_TRACED = ("paraId", "textId")


def blank(template: Path, look: Look) -> bytes:
    """The template as .docx bytes, ready to be filled."""
    files = (template, *(path for path in (look.logo, look.signature) if path))
    return _blank(template, look, tuple((path.stat().st_mtime_ns, path.stat().st_size) for path in files))


@lru_cache(maxsize=32)
def _blank(template: Path, look: Look, _as_of: tuple[tuple[int, int], ...]) -> bytes:
    document = Document(str(template))
    _put_pictures(document, look)
    _colour(document.styles.element, look.colour.removeprefix("#").upper())
    _clean(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


# Logo, signature, colour


def picture_alone(text: str) -> str | None:
    """Which picture a paragraph of these words stands for, if it stands for one."""
    found = _ALONE.fullmatch(text)
    return found[1] if found else None


def _put_pictures(document: Any, look: Look) -> None:
    """Each `{{ logo }}` and `{{ signature }}` that stands alone in its paragraph becomes the picture, or goes away."""
    for part in _texts(document):
        for element in list(part.element.iter(qn("w:p"))):
            name = picture_alone("".join(t.text or "" for t in element.iter(qn("w:t"))))
            if name is None:
                continue
            path = getattr(look, name)
            if path is not None:
                _put(Paragraph(element, part), name, path)
            elif _may_go(element):
                element.getparent().remove(element)
            else:
                _empty(element)


def _may_go(paragraph: Any) -> bool:
    """A cell, a header or a footer holds a paragraph and ends with one, and a section ends with its last."""
    others = len(paragraph.getparent().findall(qn("w:p"))) > 1
    before, after = paragraph.getprevious(), paragraph.getnext()
    ends_table = before is not None and before.tag == qn("w:tbl") and (after is None or after.tag != qn("w:p"))
    return others and not ends_table and paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None


def _put(paragraph: Any, name: str, path: Path) -> None:
    """What is read aloud for it comes with the values: the same picture may stand for another lead."""
    _empty(paragraph._p)
    data, width, height = _picture(path, *PICTURES[name])
    shape = paragraph.add_run().add_picture(io.BytesIO(data), Mm(width), Mm(height))
    properties = shape._inline.docPr
    properties.set("name", name.capitalize())
    properties.set("descr", f"{{{{ {name}_says }}}}")
    for inner in shape._inline.iter(qn("pic:cNvPr")):
        inner.set("name", name)


def _empty(paragraph: Any) -> None:
    for child in list(paragraph):
        if child.tag != qn("w:pPr"):
            paragraph.remove(child)


def _picture(path: Path, most_width: float, most_height: float) -> tuple[bytes, float, float]:
    """The picture as PNG with its size in mm: as sharp as print needs, and without what a camera noted (place, time, name)."""
    with Image.open(path, formats=("PNG", "JPEG")) as opened:
        picture = ImageOps.exif_transpose(opened)
        clear = picture.has_transparency_data
        picture = picture.convert("RGBA" if clear else "RGB")
    scale = min(most_width / picture.width, most_height / picture.height, 25.4 / 96)
    width, height = max(picture.width * scale, 1), max(picture.height * scale, 1)
    dots = (max(round(width / 25.4 * DOTS_AN_INCH), 1), max(round(height / 25.4 * DOTS_AN_INCH), 1))
    if dots[0] < picture.width:
        picture = picture.resize(dots, Image.Resampling.LANCZOS)
    picture.info.clear()
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    return saved.getvalue(), width, height


def _colour(styles: Any, colour: str) -> None:
    for attribute in ("w:val", "w:color", "w:fill"):
        for element in styles.iter(
            qn("w:color"), qn("w:shd"), *(qn(f"w:{s}") for s in ("top", "left", "bottom", "right"))
        ):
            if (element.get(qn(attribute)) or "").upper() == ACCENT:
                element.set(qn(attribute), colour)


# What Word leaves in a file


def _clean(document: Any) -> None:
    """Take out what tells of the template's own past, and what is American only because Word is."""
    package = document.part.package
    core, settings = document.core_properties._element, document.settings.element
    for child in list(core):
        core.remove(child)
    for child in list(settings):
        if etree.QName(child).localname in _SETTINGS:
            settings.remove(child)
    for owner in (package, *package.iter_parts()):
        _keep_what_is_needed(owner)
    languages = [*settings.iter(qn("w:themeFontLang"))]
    for part in package.iter_parts():
        element = getattr(part, "_element", None)
        if element is not None:
            _sweep(element)
            languages += element.iter(qn("w:lang"))
        elif part.partname.endswith(("/footnotes.xml", "/endnotes.xml")):
            notes = parse_xml(part.blob)
            _sweep(notes)
            part._blob = etree.tostring(notes, encoding="UTF-8", standalone=True)
    for language in languages:
        if language.get(qn("w:val")) == "en-US":
            language.set(qn("w:val"), "en-GB")


def _keep_what_is_needed(owner: Any) -> None:
    element = getattr(owner, "_element", None)
    named = set() if element is None else {value for node in element.iter() for value in node.attrib.values()}
    for key, relation in list(owner.rels.items()):
        of_package = not hasattr(owner, "partname") and relation.reltype.endswith(
            ("/officeDocument", "/core-properties")
        )
        of_notes = element is None and hasattr(owner, "partname")
        if not (key in named or of_package or of_notes or relation.reltype.endswith(_NEEDED)):
            del owner.rels[key]


def _sweep(root: Any) -> None:
    for node in list(root.iter()):
        if not isinstance(node.tag, str):
            continue
        local = etree.QName(node).localname
        if local in _TRACES or (local == "bookmarkStart" and node.get(qn("w:name")) == "_GoBack"):
            node.getparent().remove(node)
            continue
        for attribute in list(node.attrib):
            name = etree.QName(attribute).localname
            if name.startswith("rsid") or name in _TRACED:
                del node.attrib[attribute]


def drop_idle_pictures(document: Any) -> None:
    """Take out pictures that a filled document does not show: an unsigned draft holds no signature, hidden or not."""
    for part in _texts(document):
        pictures = [key for key, relation in part.rels.items() if relation.reltype.endswith("/image")]
        shown = {value for node in part.element.iter() for value in node.attrib.values()} if pictures else set()
        for key in pictures:
            if key not in shown:
                del part.rels[key]


def _texts(document: Any) -> Iterator[Any]:
    """The parts that hold text of the page: the body, then each header and footer."""
    yield document.part
    for relation in document.part.rels.values():
        if relation.reltype.endswith(("/header", "/footer")) and not relation.is_external:
            yield relation.target_part
