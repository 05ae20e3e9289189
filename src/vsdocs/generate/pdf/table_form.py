"""How a table's style and the table itself say that it looks."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from vsdocs.generate.pdf.form import ALIGNS, SIDES, Edge, Forms, edged, is_yes, twips
from vsdocs.readers.word_styles import Props, W, child, props_of, value


@dataclass(frozen=True)
class TableForm:
    edges: dict[str, Edge] = field(default_factory=dict)  # top, left, bottom, right, insideH, insideV
    padding: tuple[float, float, float, float] = (0.0, 5.4, 0.0, 5.4)  # top, left, bottom, right
    parts: dict[str, Any] = field(default_factory=dict)  # 'firstRow' … -> its w:tblStylePr
    align: str = "left"
    indent: float = 0.0


def table_form(forms: Forms, props: Props) -> TableForm:
    """The look of a table with these properties. Parts of its style that its own `tblLook` switches off are left out."""
    found = TableForm()
    for style in forms.chain(value(props.get(W + "tblStyle"))):
        found = _tabled(found, props_of(child(style, W + "tblPr")))
        parts = {str(part.get(W + "type")): part for part in style.iterchildren(W + "tblStylePr")}
        found = replace(found, parts=found.parts | parts)
    found = _tabled(found, props)
    look = props.get(W + "tblLook")
    bits = value(look)
    mask = int(bits, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", bits) else 0x4A0

    def shown(name: str, bit: int, *, off: bool = False) -> bool:
        said = look.get(W + name) if look is not None else None
        on = is_yes(said) if said is not None else bool(mask & bit)
        return on != off

    wanted = {
        "firstRow": shown("firstRow", 0x20), "lastRow": shown("lastRow", 0x40), "firstCol": shown("firstColumn", 0x80),
        "lastCol": shown("lastColumn", 0x100), "band1Horz": shown("noHBand", 0x200, off=True),
        "band2Horz": shown("noHBand", 0x200, off=True), "wholeTable": True,
    }  # fmt: skip
    return replace(found, parts={name: part for name, part in found.parts.items() if wanted.get(name)})


def _tabled(form: TableForm, props: Props) -> TableForm:
    drawn = dict(form.edges)
    for edge in child_of(props, "tblBorders"):
        name = str(edge.tag).removeprefix(W)
        drawn[{"start": "left", "end": "right"}.get(name, name)] = edged(edge)
    indent = twips(props.get(W + "tblInd"), "w")
    align = value(props.get(W + "jc"))
    return replace(
        form,
        edges=drawn,
        padding=padded(form.padding, props.get(W + "tblCellMar")),
        align=ALIGNS.get(align, form.align),
        indent=form.indent if indent is None else indent,
    )


def child_of(props: Props, name: str) -> list[Any]:
    one = props.get(W + name)
    return list(one) if one is not None else []


def padded(before: tuple[float, float, float, float], margins: Any | None) -> tuple[float, float, float, float]:
    said = props_of(margins)
    found = []
    for side, other, usual in zip(SIDES, ("top", "start", "bottom", "end"), before, strict=True):
        points = twips(said.get(W + side, said.get(W + other)), "w")
        found.append(usual if points is None else min(max(points, 0.0), 72.0))
    return found[0], found[1], found[2], found[3]
