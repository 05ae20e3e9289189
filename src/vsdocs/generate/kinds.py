"""The documents that we write from templates: found by scanning `generate/letters` and `generate/meetings`. There is nothing to register.

A module of these two folders that writes a document from a Word template has, at its top level,

* `KIND = Kind("feedback", …)`, or
* `KINDS = (Kind(…), …)`, where it writes several.

The Word template of a kind is `templates/<id>.docx`. Its sentences, if it has any, are in YAML files beside it, each with a
function that reads one (given its path) and raises `PackError` with every slip.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from vsdocs import generate
from vsdocs.errors import PackError
from vsdocs.generate import word_template
from vsdocs.packs import did_you_mean
from vsdocs.settings import Settings

ROOMS = ("letters", "meetings")
_EXTENDS = re.compile(r"^extends:\s*[\"']?([^\s\"']+)", re.MULTILINE)


@dataclass(frozen=True)
class Kind:
    """One Word template: what may stand in it, what must, and the sentences that are put into it."""

    id: str
    title: str  # 'the feedback letter to the designated teacher'
    sample: BaseModel  # a full set of values, of nobody; its model's fields are the placeholders
    required: tuple[str, ...]  # 'subject', 'change.why'
    sentences: Mapping[str, Callable[[Path], object]] = field(default_factory=dict)  # 'feedback.yaml' -> what reads it
    slots: Mapping[str, str] = field(
        default_factory=dict
    )  # what may stand in braces in each of the sentences -> its meaning

    @property
    def template(self) -> str:
        return f"{self.id}.docx"

    @property
    def files(self) -> tuple[str, ...]:
        return (self.template, *self.sentences)


@cache
def all_kinds() -> dict[str, Kind]:
    """Every kind by id, in the order of rooms and modules."""
    found: dict[str, Kind] = {}
    for kind in _scanned():
        if kind.id in found:
            raise PackError(f"Two documents are of the kind {kind.id!r}", "Each needs an id of its own.")
        found[kind.id] = kind
    return found


def _scanned() -> Iterator[Kind]:
    for room in pkgutil.iter_modules(generate.__path__):
        if room.ispkg and room.name in ROOMS:
            package = importlib.import_module(f"{generate.__name__}.{room.name}")
            for info in pkgutil.iter_modules(package.__path__):
                module = importlib.import_module(f"{package.__name__}.{info.name}")
                yield from (*getattr(module, "KINDS", ()), *filter(None, (getattr(module, "KIND", None),)))


def faults(kind: Kind, settings: Settings) -> list[str]:
    """Every fault of a kind's Word template and sentences, ours or the council's own, each with its place."""
    told = []
    for name, load in kind.sentences.items():
        try:
            load(settings.template(name))
        except PackError as error:
            told += error.message.splitlines()
    try:
        word_template.check(settings.template(kind.template), kind.sample, kind.required, settings)
    except PackError as error:
        told += error.message.splitlines()
    return told


def strays(settings: Settings) -> list[str]:
    """Files of the council's folder that no document is made from: a slip in a name would go unseen."""
    folder = settings.look.templates
    if folder is None:
        return []
    known = {name for kind in all_kinds().values() for name in kind.files}
    extended = {
        f"{name}.yaml"
        for path in folder.glob("*.yaml")
        for name in _EXTENDS.findall(path.read_text(encoding="utf-8", errors="replace"))
    }
    return [
        f"{path.name}: no document is made from a file of this name{did_you_mean(path.name, known)}"
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".docx", ".docm", ".dotx", ".doc", ".yaml", ".yml")
        and path.name not in known | extended
        and not path.name.startswith("~$")
    ]


def check(settings: Settings) -> None:
    """Raise `PackError` with every fault of every template."""
    told = strays(settings)
    for kind in all_kinds().values():
        told += faults(kind, settings)
    if told:
        raise PackError("\n".join(told), "Correct these files; README.md beside our templates lists the placeholders.")
