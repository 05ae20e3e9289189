"""The placeholders of a Word template: which there are, which are wrong, and in which paragraph."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import jinja2
from docx.oxml.ns import qn
from jinja2 import nodes
from pydantic import BaseModel

from vsdocs.generate.word.blank import PICTURES, picture_alone
from vsdocs.generate.word.values import environment
from vsdocs.packs import did_you_mean

MAX_LOOPS = 3  # inside each other
MAX_NUMBER = 1_000  # in a template: to cut a text short, not to make a long one

#: What could run for ever or fill the memory. A name that is set can be doubled, and doubled again.
_ENDLESS = (nodes.Call, nodes.CallBlock, nodes.Macro, nodes.Mul, nodes.Pow, nodes.Assign, nodes.AssignBlock, nodes.With)

#: What may follow a bar: `{{ school | upper }}`. Others make long texts of short ones, or fail where a list is empty.
FILTERS = (
    "capitalize",
    "count",
    "d",
    "default",
    "join",
    "length",
    "lower",
    "reverse",
    "sort",
    "title",
    "trim",
    "truncate",
    "upper",
)


def parts_of(document: Any) -> dict[str, list[str]]:
    """The paragraphs of the body and of each header and footer, as text, in the order of the file."""
    parts = {"": paragraphs_of(document.element.body)}
    for number, section in enumerate(document.sections, 1):
        for name in (
            "header",
            "first_page_header",
            "even_page_header",
            "footer",
            "first_page_footer",
            "even_page_footer",
        ):
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                parts[f"{name.replace('_', ' ')} {number}, "] = paragraphs_of(part._element)
    return parts


def paragraphs_of(element: Any) -> list[str]:
    texts = []
    for paragraph in element.iter(qn("w:p")):
        words = "".join(node.text or "" for node in paragraph.iter(qn("w:t"), qn("w:instrText")))
        texts.append(" ".join(words.split()))
    return texts


class Checker:
    """Reads the placeholders of one part of a template. One paragraph is one line, so Jinja's lines are paragraphs."""

    def __init__(self, where: str, paragraphs: list[str], model: type[BaseModel]) -> None:
        self.where, self.paragraphs, self.model = where, paragraphs, model
        self.used: set[str] = set()
        self._found: list[tuple[int, str]] = []

    def faults(self) -> list[str]:
        for number, text in enumerate(self.paragraphs, 1):
            field = re.search(r"MERGEFIELD\s+\S+", text)
            if field:
                self._found.append((number, f"{field[0]!r} is a mail-merge field, which is never filled"))
        lines = ["" if picture_alone(text) else text for text in self.paragraphs]
        tree = self._parsed([re.sub(r"(\{[{%#])(?:p|tr|tc|r)\s", r"\1 ", text) for text in lines])
        if tree:
            fields = {name: info.annotation for name, info in self.model.model_fields.items()}
            self._walk(tree, fields)
        return [self._at(line, what) for line, what in sorted(self._found)]

    def _at(self, line: int, what: str) -> str:
        words = self.paragraphs[line - 1] if line <= len(self.paragraphs) else "the end"
        return f"{self.where}paragraph {line} ({words}): {what}"

    def _parsed(self, lines: list[str]) -> nodes.Template | None:
        """The syntax tree; each paragraph that is no Jinja is noted and passed over, unless later ones hang on it."""
        while True:
            try:
                return environment().parse("\n".join(lines))
            except jinja2.TemplateSyntaxError as error:
                self._found.append((error.lineno, f"not understood: {error.message}"))
                if error.lineno > len(lines) or "{%" in lines[error.lineno - 1] or not lines[error.lineno - 1]:
                    return None
                lines[error.lineno - 1] = ""

    def _walk(self, node: nodes.Node, scope: Mapping[str, Any]) -> None:
        if isinstance(node, _ENDLESS) or (isinstance(node, nodes.Const) and _is_large(node.value)):
            self._found.append((node.lineno, "a template prints what it is given, and cannot calculate"))
            return
        if isinstance(node, nodes.For):
            if next(_inner_loops(node, MAX_LOOPS), None):
                self._found.append((node.lineno, f"more than {MAX_LOOPS} loops are inside each other"))
                return
            self._walk(node.iter, scope)
            item = _element(self._type(node.iter, scope))
            if item is None and not self._found:
                self._found.append((node.lineno, "a loop goes through one of the lists, and through nothing else"))
            inner = {**scope, "loop": Any}
            if isinstance(node.target, nodes.Name):
                inner[node.target.name] = _given(item)
            if node.test:
                self._walk(node.test, inner)
            for child in (*node.body, *node.else_):
                self._walk(child, inner)
            return
        if isinstance(node, nodes.Name) and node.ctx == "load":
            self.used.add(node.name)
            if node.name not in scope:
                self._unknown(node.lineno, node.name, scope)
        if isinstance(node, nodes.Getattr):
            owner = self._type(node.node, scope)
            if _is_model(owner):
                self.used.add(f"{owner.__name__.lower()}.{node.attr}")
            name = f"{node.node.name if isinstance(node.node, nodes.Name) else ''}.{node.attr}"
            if _is_model(owner) and node.attr not in owner.model_fields:
                self._unknown(node.lineno, name, [f"{name.partition('.')[0]}.{f}" for f in owner.model_fields])
            elif owner not in (None, Any) and not _is_model(owner) and not node.attr.startswith("_"):
                kind = "a list, whose items stand in a loop" if _element(owner) else "one text"
                self._found.append((node.lineno, f"there is no {name!r}: {name.partition('.')[0]!r} is {kind}"))
        if isinstance(node, nodes.Output):
            kinds = [self._type(child, scope) for child in node.nodes]
            if any(_is_model(kind) or _element(kind) for kind in kinds):
                self._found.append(
                    (node.lineno, "a list, or something that has parts, is printed as a whole: use a loop")
                )
        if isinstance(node, nodes.Getitem):
            self._found.append(
                (node.lineno, "an item of a list is taken by its number, and the list may be empty: use a loop")
            )
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self._found.append((node.lineno, f"there is no filter {node.name!r}{did_you_mean(node.name, FILTERS)}"))
        for child in node.iter_child_nodes():
            self._walk(child, scope)

    def _unknown(self, line: int, name: str, known: Iterable[str]) -> None:
        if name in PICTURES:
            self._found.append(
                (line, f"{{{{ {name} }}}} is a picture: it stands alone in its paragraph, and nowhere else")
            )
            return
        self._found.append((line, f"there is no placeholder {name!r}{did_you_mean(name, known)}"))

    def _type(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        if isinstance(node, nodes.Name):
            return _given(scope.get(node.name))
        if isinstance(node, nodes.Filter) and node.name in ("reverse", "sort") and node.node:
            return self._type(node.node, scope)
        if isinstance(node, nodes.Getattr):
            owner = self._type(node.node, scope)
            if _is_model(owner) and node.attr in owner.model_fields:
                return _given(owner.model_fields[node.attr].annotation)
        return None


def _inner_loops(loop: nodes.Node, depth: int) -> Iterator[nodes.For]:
    """The loops that are `depth` loops further in."""
    for inner in loop.iter_child_nodes():
        is_loop = isinstance(inner, nodes.For)
        if isinstance(inner, nodes.For) and depth == 1:
            yield inner
        else:
            yield from _inner_loops(inner, depth - is_loop)


def _is_large(value: object) -> bool:
    return isinstance(value, int | float) and value > MAX_NUMBER


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _given(kind: Any) -> Any:
    """The kind of a value that may be none, where it is one."""
    if get_origin(kind) in (Union, UnionType):
        return next((one for one in get_args(kind) if one is not NoneType), None)
    return kind


def _element(kind: Any) -> Any:
    """What a list holds."""
    return next(iter(get_args(kind)), None)
