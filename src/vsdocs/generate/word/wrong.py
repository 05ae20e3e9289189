"""What a template may hold in Word and a letter may not: changes that are not accepted, comments, what is fetched from outside."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_CHANGES = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:sectPrChange")
_TOLD = {
    _CHANGES: "it holds tracked changes: accept or reject them all (Review, Accept), and stop tracking",
    ("w:commentReference",): "it holds comments: delete them (Review, Delete all comments)",
    ("w:object", "w:control", "w:altChunk", "w:subDoc"): "it holds an embedded object, which no letter may carry on",
}


def wrong_things(document: Any) -> Iterator[str]:
    elements = [document.element]
    for relation in document.part.rels.values():
        if relation.is_external and not relation.reltype.endswith("/hyperlink"):
            yield "it fetches something from outside: put the picture itself in (Insert, Pictures, This Device)"
        elif not relation.is_external and relation.reltype.endswith(("/header", "/footer")):
            elements.append(relation.target_part.element)
    for names, told in _TOLD.items():
        tags = [qn(name) for name in names]
        if any(next(element.iter(*tags), None) is not None for element in elements):
            yield told
