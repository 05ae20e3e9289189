"""A finished letter as plain text, to paste into the feedback box of an ePEP.

Headings stand on lines of their own, lists have `- ` or numbers, the rows of a table are lines. The letterhead, the address,
the notice that it is a draft and the list for the virtual school lead are left out: they are for paper, or for nobody else.
"""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from vsdocs.generate.plain import one_line
from vsdocs.generate.plain import plain as printable

#: Styles of paragraphs that the box of a form has no use for.
LEFT_OUT = frozenset({"letterhead", "address", "address last", "date", "draft notice"})
#: What a part for the virtual school lead begins with: a heading of this style, or of these words whatever its style.
LEAD_STYLE, LEAD_WORDS = "lead heading", "for the virtual school lead"
PRACTICE = "PRACTICE"  #: what begins so stays, whatever its style: nobody may take a trial for a letter
_SKIPPED = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "txbxContent")}
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-"}


def plain(docx: bytes) -> str:
    """The letter's words, ending in a line end."""
    return _Reader(docx).text()


class _Reader:
    def __init__(self, docx: bytes) -> None:
        self.document = Document(io.BytesIO(docx))
        self.styles = {style.style_id: style for style in self.document.styles}
        self.kinds = self._kinds_of_lists()
        self.parts: list[str] = []
        self.number = 0  # of the last item of the running list
        self.in_list = False
        self.left_out_below: int | None = None  # level of the heading whose part is left out

    def text(self) -> str:
        self._blocks(self.document.element.body)
        return "".join(self.parts).strip("\n") + "\n"

    def _blocks(self, parent: Any) -> None:
        for element in parent:
            if element.tag == qn("w:p"):
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                self._blocks(element)

    def _paragraph(self, element: Any) -> None:
        text = "\n".join(filter(None, map(one_line, printable("".join(_pieces(element))).split("\n"))))
        style = self._style(element)
        level = self._level(style)
        if level is not None and text:
            if LEAD_STYLE in self._names(style) or text.casefold().startswith(LEAD_WORDS):
                self.left_out_below = level
            elif self.left_out_below is not None and level <= self.left_out_below:
                self.left_out_below = None
        if not text or self.left_out_below is not None:
            return
        if self._names(style) & LEFT_OUT and not text.startswith(PRACTICE):
            return
        kind = self._list_kind(element, style)
        if kind is None:
            self._add(text)
            return
        self.number = self.number + 1 if self.in_list and kind == "number" else 1
        marker = f"{self.number}. " if kind == "number" else "- "
        self._add(marker + text.replace("\n", "\n" + " " * len(marker)), item=True)

    def _table(self, table: Any) -> None:
        if self.left_out_below is not None:
            return
        rows = []
        for row in table.iter(qn("w:tr")):
            cells = [
                one_line(printable(" ".join("".join(_pieces(p)) for p in cell.iter(qn("w:p")))))
                for cell in row.iter(qn("w:tc"))
            ]
            if any(cells):
                rows.append(" | ".join(cells))
        if rows:
            self._add("\n".join(rows))

    def _add(self, text: str, *, item: bool = False) -> None:
        self.parts.append(f"{text}\n" if item and self.in_list else f"\n{text}\n")
        self.in_list = item
        if not item:
            self.number = 0

    def _style(self, paragraph: Any) -> Any | None:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(named.get(qn("w:val"))) if named is not None else None

    def _names(self, style: Any | None) -> set[str]:
        """The style's own name and those that it is based on: a council may make its own from ours."""
        found: set[str] = set()
        while style is not None and style.name.casefold() not in found:
            found.add(style.name.casefold())
            style = style.base_style
        return found

    def _level(self, style: Any | None) -> int | None:
        """0 for the title, 1 to 9 for headings."""
        for name in self._names(style):
            if name == "title":
                return 0
            if name.startswith("heading ") and name[8:].isdigit():
                return int(name[8:])
            if name == LEAD_STYLE:
                return 1
        return None

    def _list_kind(self, paragraph: Any, style: Any | None) -> str | None:
        """'bullet' or 'number', as Word shows it: by the paragraph's own numbering or its style's; None for no list."""
        owners = [paragraph]
        names: set[str] = set()
        while style is not None and style.name not in names:
            names.add(style.name)
            owners.append(style.element)
            style = style.base_style
        for owner in owners:
            numbering = owner.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if numbering is not None:
                return self.kinds.get(_val(numbering, "numId"), {}).get(_val(numbering, "ilvl") or "0")
        kinds = {"bullet": "list bullet", "number": "list number"}
        return next((kind for kind, name in kinds.items() if any(n.casefold().startswith(name) for n in names)), None)

    def _kinds_of_lists(self) -> dict[str, dict[str, str]]:
        """List id -> level -> 'bullet' or 'number'."""
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return {}
        abstract: dict[str, dict[str, str]] = {}
        for known in root.iter(qn("w:abstractNum")):
            levels = {}
            for level in known.iter(qn("w:lvl")):
                form = _val(level, "numFmt")
                if form != "none":
                    levels[level.get(qn("w:ilvl"), "0")] = "bullet" if form == "bullet" else "number"
            abstract[known.get(qn("w:abstractNumId"), "")] = levels
        return {
            num.get(qn("w:numId"), ""): abstract.get(_val(num, "abstractNumId"), {}) for num in root.iter(qn("w:num"))
        }


def _val(element: Any, name: str) -> str:
    found = element.find(qn(f"w:{name}"))
    return str(found.get(qn("w:val"), "")) if found is not None else ""


def _pieces(element: Any) -> Iterator[str]:
    """The text of a paragraph: insertions in, deletions and hidden words out."""
    for part in element:
        if part.tag == qn("w:t"):
            yield part.text or ""
        elif part.tag in _BREAKS:
            yield _BREAKS[part.tag]
        elif part.tag == qn("w:r") and part.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
            continue
        elif part.tag not in _SKIPPED and len(part):
            yield from _pieces(part)
