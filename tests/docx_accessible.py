"""What an accessibility checker would tell of a .docx of ours, and what else may not stand in a letter that leaves the house.

`faults(docx)` reads the parts of the file as XML and asks nothing of the code that made it. After the checker in Word and the
guidance of GOV.UK on accessible documents: headings by styles and in order, real lists, marked header rows, no merged cells, words
for each picture and table, a language, a title, no empty lines for space, nothing that floats, nothing of the file's history.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": W,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
    "dc": "http://purl.org/dc/elements/1.1/",
    "r": "http://schemas.openxmlformats.org/package/2006/relationships",
}
LANGUAGE = "en-GB"
LEAST_SIZE = 18  # half points: 9 pt, in headers and footers
LONGEST_FAKE = 80  # characters: a longer bold paragraph is emphasis, not a heading

FLOATING = {
    "w:txbxContent": "a text box",
    "w:framePr": "a frame",
    "wp:anchor": "a floating picture",
    "v:shape": "an old drawing",
}
HISTORY = {
    **dict.fromkeys(("w:ins", "w:del", "w:moveFrom", "w:moveTo"), "a tracked change"),
    **dict.fromkeys(("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:sectPrChange"), "a tracked change of layout"),
    **dict.fromkeys(("w:commentReference", "w:commentRangeStart"), "a comment"),
    **dict.fromkeys(("w:rsids", "w:rsid"), "revision ids"),
    "w:attachedTemplate": "the path of a template",
    "w:docVars": "variables",
    "w:mailMerge": "a mail merge",
    "w:object": "an embedded object",
    "w:vanish": "hidden text",
}  # fmt: skip
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|custom)\.xml|word/media/image\d+\.png"
    r"|word/(?:document|styles|settings|numbering|fontTable|footnotes|endnotes|theme/theme\d+|header\d+|footer\d+)\.xml"
    r"|word/_rels/[a-z]+\d*\.xml\.rels"
)
BULLET = re.compile(r"\s*(?:[•‣▪●○◦·–—*-]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")


def faults(docx: bytes) -> list[str]:
    """Everything that is wrong with it, in words; nothing where all is well."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    file = _File(trees)
    return [*file.parts(parts), *file.properties(), *file.language(), *file.text()]


class _File:
    def __init__(self, trees: dict[str, etree._Element]) -> None:
        self.trees = trees
        self.body = trees["word/document.xml"].find("w:body", NAMES)
        self.pages = [self.body, *(tree for name, tree in trees.items() if re.match(r"word/(?:header|footer)\d", name))]
        self.styles = {_w(s, "styleId"): s for s in trees["word/styles.xml"].iterfind("w:style", NAMES)}
        texts = [key for key, style in self.styles.items() if _w(style, "type") == "paragraph"]
        marked = [key for key in texts if _w(self.styles[key], "default") in ("1", "true")]
        self.default = (marked or texts)[0]  # some programs mark none, and put it first

    def parts(self, parts: dict[str, bytes]) -> Iterator[str]:
        for name in parts:
            if not PARTS.fullmatch(name):
                yield f"{name} is a part that no letter needs"
        for name, tree in self.trees.items():
            for relation in tree.iterfind("r:Relationship", NAMES):
                if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
                    yield f"{name} fetches something from outside"
            for tag, what in HISTORY.items():
                if tree.find(f".//{tag}", NAMES) is not None:
                    yield f"{name} holds {what}"
            if any(
                etree.QName(a).localname.startswith("rsid") for node in tree.iter(etree.Element) for a in node.attrib
            ):
                yield f"{name} holds revision ids"

    def properties(self) -> Iterator[str]:
        core = self.trees.get("docProps/core.xml")
        for tag in ("title", "creator", "language", "identifier"):
            value = "" if core is None else core.findtext(f"dc:{tag}", "", NAMES)
            if not value.strip() or (tag == "language" and value != LANGUAGE):
                yield f"the property {tag} is {value!r}"

    def language(self) -> Iterator[str]:
        default = self.trees["word/styles.xml"].find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", NAMES)
        if default is None or _w(default, "val") != LANGUAGE:
            yield f"the language of the styles is not {LANGUAGE}"
        for name, tree in self.trees.items():
            for told in {_w(node, "val") for node in tree.iter(f"{{{W}}}lang", f"{{{W}}}themeFontLang")} - {LANGUAGE}:
                yield f"{name} is marked as {told or 'no language'}"

    # What is on the page

    def text(self) -> Iterator[str]:
        yield from self._headings()
        for page in self.pages:
            for tag, what in FLOATING.items():
                if page.find(f".//{tag}", NAMES) is not None:
                    yield f"there is {what}"
            for picture in page.iterfind(".//wp:docPr", NAMES):
                if not (picture.get("descr") or "").strip() or "{{" in picture.get("descr", ""):
                    yield "a picture has no words to be read aloud"
            for table in page.iter(f"{{{W}}}tbl"):
                yield from self._table(table)
        for paragraph in self.body.iter(f"{{{W}}}p"):
            yield from self._paragraph(paragraph)
        for style in self.styles.values():
            size = style.find("w:rPr/w:sz", NAMES)
            if size is not None and int(_w(size, "val")) < LEAST_SIZE:
                yield f"the style {self._name(style)} is smaller than {LEAST_SIZE / 2:g} points"

    def _headings(self) -> Iterator[str]:
        titles, last = 0, 0
        for paragraph in self.body.iter(f"{{{W}}}p"):
            if self._name_of(paragraph) == "title":
                titles += 1
                if last:
                    yield "a heading stands before the title"
            level = self._level(paragraph)
            if level > last + 1:
                yield f"after a heading of level {last} comes one of level {level}: {_words(paragraph)[:40]!r}"
            last = level or last
            if level and not _words(paragraph).strip():
                yield "a heading is empty"
        if titles != 1:
            yield f"there are {titles} titles"

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = table.findall("w:tr", NAMES)
        if not rows or rows[0].find("w:trPr/w:tblHeader", NAMES) is None:
            yield "the first row of a table is not marked as its header"
        if rows and not all(_words(cell).strip() for cell in rows[0].iterfind("w:tc", NAMES)):
            yield "a column of a table has no heading"
        if len({len(row.findall("w:tc", NAMES)) for row in rows}) > 1:
            yield "the rows of a table have not the same number of cells"
        if any(table.find(f".//{tag}", NAMES) is not None for tag in ("w:gridSpan", "w:vMerge", "w:hMerge")):
            yield "cells of a table are merged"
        if table.find(".//w:tc//w:tbl", NAMES) is not None:
            yield "a table stands inside another"
        said = [table.find(f"w:tblPr/w:{tag}", NAMES) for tag in ("tblCaption", "tblDescription")]
        if not any(node is not None and _w(node, "val").strip() for node in said):
            yield "a table has no words to be read aloud"

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        words, style = _words(paragraph), self._name_of(paragraph)
        in_table = any(True for _ in paragraph.iterancestors(f"{{{W}}}tc"))
        drawn = paragraph.find(".//w:drawing", NAMES) is not None or paragraph.find("w:pPr/w:sectPr", NAMES) is not None
        if not words.strip() and not drawn and not in_table and not _ends_after_table(paragraph):
            yield "an empty paragraph stands for space"
        if paragraph.find("w:pPr/w:jc[@w:val='both']", NAMES) is not None:
            yield f"a paragraph is justified: {words[:40]!r}"
        listed = paragraph.find("w:pPr/w:numPr", NAMES) is not None or "list" in style
        if BULLET.match(words) and not listed and not self._level(paragraph) and not in_table:
            yield f"a list is typed and not made by a style: {words[:40]!r}"
        if paragraph.find("w:pPr/w:numPr", NAMES) is not None and "list" not in style:
            yield f"a list has no list style: {words[:40]!r}"
        if (
            style == self._name(self.styles[self.default])
            and words.strip()
            and not in_table
            and len(words) <= LONGEST_FAKE
        ):
            runs = [run for run in paragraph.iterfind(".//w:r", NAMES) if _words(run).strip()]
            if all(self._is_bold(run) for run in runs):
                yield f"a heading is made by bold type: {words[:40]!r}"

    def _is_bold(self, run: etree._Element) -> bool:
        bold = run.find("w:rPr/w:b", NAMES)
        if bold is not None:
            return _w(bold, "val") not in ("0", "false")
        style = self.styles.get(_w(run.find("w:rPr/w:rStyle", NAMES), "val"))
        return style is not None and style.find("w:rPr/w:b", NAMES) is not None

    def _style(self, paragraph: etree._Element) -> etree._Element:
        told = _w(paragraph.find("w:pPr/w:pStyle", NAMES), "val")
        return self.styles.get(told, self.styles[self.default])

    def _name_of(self, paragraph: etree._Element) -> str:
        return self._name(self._style(paragraph))

    def _name(self, style: etree._Element) -> str:
        return _w(style.find("w:name", NAMES), "val").lower()

    def _level(self, paragraph: etree._Element) -> int:
        """1 for a Heading 1, in a style built on it too; 0 for any other text."""
        style: etree._Element | None = self._style(paragraph)
        while style is not None:
            found = re.fullmatch(r"heading (\d)", self._name(style))
            if found:
                return int(found[1])
            style = self.styles.get(_w(style.find("w:basedOn", NAMES), "val"))
        return 0


def _ends_after_table(paragraph: etree._Element) -> bool:
    """Word wants a paragraph between two tables and after the last one."""
    before, after = paragraph.getprevious(), paragraph.getnext()
    return (
        before is not None
        and before.tag == f"{{{W}}}tbl"
        and (after is None or after.tag in (f"{{{W}}}tbl", f"{{{W}}}sectPr"))
    )


def _words(node: etree._Element) -> str:
    return "".join(text.text or "" for text in node.iter(f"{{{W}}}t"))


def _w(node: etree._Element | None, attribute: str) -> str:
    return "" if node is None else node.get(f"{{{W}}}{attribute}") or ""
