"""What fills the placeholders of a Word template: text that prints literally, in a sandbox that cannot calculate."""

from functools import cache
from typing import Any

import jinja2
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape
from pydantic import BaseModel

from vsdocs.generate.plain import one_line

MAX_PARTS = 200  # that are kept compiled


def context(values: BaseModel) -> dict[str, Any]:
    return {name: getattr(values, name) for name in type(values).model_fields}


def _literal(value: object) -> Markup:
    """Escaped for XML; braces as character references, since docxtpl rewrites some of them after filling."""
    if isinstance(value, jinja2.Undefined):
        str(value)  # StrictUndefined: raises, naming the placeholder
    if value is None:
        return Markup()
    if not isinstance(value, str | int | float):
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
def environment() -> SandboxedEnvironment:
    return _Compiled(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_literal)
