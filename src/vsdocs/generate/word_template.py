"""Word templates that a council edits in Word: `{{ placeholders }}` in, a finished .docx out.

A template is filled from one pydantic model, whose fields are the placeholders and whose descriptions explain them. Text
from a PEP prints literally, whatever it holds: `&`, `<`, `{{ 7*7 }}`. The bytes depend on nothing but the arguments.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jinja2
from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from pydantic import BaseModel

from vsdocs.errors import PackError
from vsdocs.generate.plain import one_line
from vsdocs.packs import did_you_mean

AUTHOR = "Virtual School"
MAX_LOOPS = 3  # inside each other
MAX_PARTS = 200  # that are kept compiled
MAX_NUMBER = 1_000  # in a template: to cut a text short, not to make a long one

_ENDLESS = (
    nodes.Call,
    nodes.CallBlock,
    nodes.Macro,
    nodes.Mul,
    nodes.Pow,
)  # what could run for ever or fill the memory


def fill(template: Path, values: BaseModel, *, title: str, reference: str, today: date) -> bytes:
    """The template with its placeholders filled, as the bytes of a .docx dated `today`."""
    word = DocxTemplate(template)
    word.render(_context(values), _environment(), autoescape=True)
    made = datetime.combine(today, time())
    core = word.docx.core_properties
    core.title, core.identifier, core.author, core.last_modified_by = title, reference, AUTHOR, AUTHOR
    core.language, core.comments, core.keywords, core.subject, core.category = "en-GB", "", "", "", ""
    core.created, core.modified, core.revision = made, made, 1
    saved = io.BytesIO()
    word.save(saved)
    return repacked(saved.getvalue(), today)


def repacked(docx: bytes, day: date) -> bytes:
    """The same .docx with every part dated `day`, so that equal letters are equal byte for byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(info, old.read(name))
    return out.getvalue()


def check(template: Path, sample: BaseModel, required: Iterable[str]) -> None:
    """Raise PackError with every fault of a template: each wrong or missing placeholder, its place, its likely spelling.

    `sample` is a full set of values: its model says which placeholders there are, and it is rendered as a last trial.
    """
    try:
        parts = _parts(template)
    except Exception:  # python-docx raises half a dozen kinds for a file that is no Word file
        raise PackError(
            f"{template.name}: this is not a Word file (.docx), or it is damaged",
            "Copy the template that ships with vsdocs and edit that in Word.",
        ) from None
    faults: list[str] = []
    used: set[str] = set()
    for part, paragraphs in parts.items():
        checker = _Checker(f"{template.name}: {part}", paragraphs, type(sample))
        faults += checker.faults()
        used |= checker.used
    faults += [f"{template.name}: the placeholder {{{{ {name} }}}} is missing" for name in required if name not in used]
    if not faults:
        faults = _trial(template, sample)
    if faults:
        raise PackError("\n".join(faults), "Correct the template in Word; templates/README.md lists the placeholders.")


def _context(values: BaseModel) -> dict[str, Any]:
    return {name: getattr(values, name) for name in type(values).model_fields}


def _literal(value: object) -> Markup:
    """Escaped for XML; braces as character references, since docxtpl rewrites some of them after filling."""
    if isinstance(value, jinja2.Undefined):
        str(value)  # StrictUndefined: raises, naming the placeholder
    if isinstance(value, tuple | BaseModel):
        raise jinja2.TemplateRuntimeError("a placeholder that is a list, or has parts, was printed as a whole")
    return Markup(str(escape(one_line(str(value)))).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704


class _Compiled(SandboxedEnvironment):
    """Compiles a part of a template once, not again for each letter; the parts hold no child's words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._known: dict[str, jinja2.Template] = {}

    def from_string(self, source: Any, *_: Any, **__: Any) -> jinja2.Template:
        if source not in self._known:
            if len(self._known) >= MAX_PARTS:
                self._known.clear()
            self._known[source] = super().from_string(source)
        return self._known[source]


@cache
def _environment() -> SandboxedEnvironment:
    return _Compiled(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_literal)


def _parts(template: Path) -> dict[str, list[str]]:
    """The paragraphs of the body and of each header and footer, as text, in the order of the file."""
    document = Document(str(template))
    parts = {"": _paragraphs(document.element.body)}
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
                parts[f"{name.replace('_', ' ')} {number}, "] = _paragraphs(part._element)
    return parts


def _paragraphs(element: Any) -> list[str]:
    texts = []
    for paragraph in element.iter(qn("w:p")):
        words = "".join(node.text or "" for node in paragraph.iter(qn("w:t"), qn("w:instrText")))
        texts.append(" ".join(words.split()))
    return texts


class _Checker:
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
        tree = self._parsed([re.sub(r"(\{[{%#])(?:p|tr|tc|r)\s", r"\1 ", text) for text in self.paragraphs])
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
                return _environment().parse("\n".join(lines))
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
            inner = {**scope, "loop": Any}
            if isinstance(node.target, nodes.Name):
                inner[node.target.name] = _element(self._type(node.iter, scope))
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
            if _is_model(owner) and node.attr not in owner.model_fields:
                prefix = node.node.name if isinstance(node.node, nodes.Name) else ""
                self._unknown(node.lineno, f"{prefix}.{node.attr}", [f"{prefix}.{f}" for f in owner.model_fields])
        for child in node.iter_child_nodes():
            self._walk(child, scope)

    def _unknown(self, line: int, name: str, known: Iterable[str]) -> None:
        self._found.append((line, f"there is no placeholder {name!r}{did_you_mean(name, known)}"))

    def _type(self, node: nodes.Node, scope: Mapping[str, Any]) -> Any:
        if isinstance(node, nodes.Name):
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            owner = self._type(node.node, scope)
            if _is_model(owner) and node.attr in owner.model_fields:
                return owner.model_fields[node.attr].annotation
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


def _element(kind: Any) -> Any:
    return next(iter(get_args(kind)), None)


def _trial(template: Path, sample: BaseModel) -> list[str]:
    """Faults that show only when the template is filled: an unknown filter, a loop cut in two by a table."""
    try:
        filled = fill(template, sample, title="Trial", reference="trial", today=date(2000, 1, 1))
        left = list(_left_over(filled))
    except Exception as error:  # docxtpl passes on whatever lxml and Jinja raise
        return [f"{template.name}: cannot be filled: {error}"]
    return [f"{template.name}: {text}: these braces are not a placeholder" for text in left]


def _left_over(docx: bytes) -> Iterator[str]:
    body = Document(io.BytesIO(docx)).element.body
    yield from (text for text in _paragraphs(body) if re.search(r"\{\{|\}\}|\{%|%\}", text))
