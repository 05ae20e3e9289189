"""The Word templates that we write with, found by scanning the rooms below: there is nothing to register.

A module of these folders of `generate` that fills a Word template holds, at its top level and under any name,

    PAPER = Template("letter", "all other letters", SAMPLE, REQUIRED, sentences)

The template is `templates/<id>.docx`, or a council's own of that name. Where sentences of YAML files are put into it,
`sentences(settings)` gives each file's name, as it stands in the templates' folder, with a check that raises `PackError` with
every slip. A council may add files to them: a Word file of such a file's name is that one's own template.
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
from vsdocs.generate.post import mail
from vsdocs.packs import did_you_mean
from vsdocs.settings import Settings, data_folder

ROOMS = ("letters", "meetings", "report")
_EDITED = (".docx", ".yaml")
_MISTAKEN = (*_EDITED, ".docm", ".dotx", ".doc", ".yml")
_EXTENDS = re.compile(r"^extends:\s*[\"']?([^\s\"']+)", re.MULTILINE)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*(?:\s#.*)?$", re.MULTILINE)

Checks = Mapping[str, Callable[[], object]]  # 'feedback.yaml' -> its check


def _no_sentences(_: Settings) -> Checks:
    return {}


@dataclass(frozen=True)
class Template:
    """One Word template: what may stand in it, what must, and the sentences that are put into it."""

    id: str
    title: str  # 'the feedback letter to the designated teacher'
    sample: BaseModel  # a full set of values, of nobody; its model's fields are the placeholders
    required: tuple[str, ...]  # 'subject', 'change.why'
    sentences: Callable[[Settings], Checks] = _no_sentences
    slots: Mapping[str, str] = field(
        default_factory=dict
    )  # what may stand in braces in any of the sentences -> its meaning

    @property
    def file(self) -> str:
        return f"{self.id}.docx"

    def word_files(self, settings: Settings) -> list[str]:
        """Its own, and those that the council has for some of its sentences alone."""
        own = [name.removesuffix(".yaml") + ".docx" for name in self.sentences(settings)]
        return [self.file, *(name for name in own if name != self.file and settings.template(name).is_file())]


@cache
def all_templates() -> dict[str, Template]:
    """Every template by id, in the order of rooms and modules."""
    found: dict[str, Template] = {}
    for one in _scanned():
        if found.setdefault(one.id, one) is not one:
            raise PackError(f"Two templates are called {one.id!r}", "Each needs an id of its own.")
    return found


def _scanned() -> Iterator[Template]:
    for room in pkgutil.iter_modules(generate.__path__):
        if room.ispkg and room.name in ROOMS:
            package = importlib.import_module(f"{generate.__name__}.{room.name}")
            for info in pkgutil.iter_modules(package.__path__):
                module = importlib.import_module(f"{package.__name__}.{info.name}")
                yield from (value for value in vars(module).values() if isinstance(value, Template))


@dataclass(frozen=True)
class Listed:
    """A file that may be edited: what it is, and whether ours is used."""

    name: str
    what: str
    ours: bool


def listed(settings: Settings) -> list[Listed]:
    """Every file that may be edited: each template with its sentences, then what several of those build on."""
    found: dict[str, str] = {}
    for one in all_templates().values():
        found |= dict.fromkeys(one.word_files(settings), one.title)
        for name in one.sentences(settings):
            title = _TITLE.search(settings.template(name).read_text(encoding="utf-8", errors="replace"))
            found[name] = f"sentences of {one.title}" + (f": {title[1]}" if title else "")
    found |= {name: "what several of these build on" for name in shipped() if name not in found}
    return [Listed(name, what, _is_ours(settings.template(name))) for name, what in found.items()]


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(data_folder("templates"))


def shipped() -> list[str]:
    """The files of ours that may be edited, as they stand in the templates' folder."""
    folder = data_folder("templates")
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix in _EDITED)
    return sorted(found, key=lambda name: (name.count("/"), name))


def check(settings: Settings) -> None:
    """Raise `PackError` with every fault of every template and its sentences, ours or the council's own."""
    told = _strays(settings)
    for one in all_templates().values():
        told += _faults(one, settings)
    try:
        mail.load_words(settings)
    except PackError as error:
        told += error.message.splitlines()
    if told:
        raise PackError(
            "\n".join(dict.fromkeys(told)), "Correct these files; README.md beside our templates explains them."
        )


def together(*checks: Callable[[], object]) -> None:
    """Make all of these checks. Raise `PackError` with every fault, and what to do about those that there are."""
    told, advice = [], []
    for checked in checks:
        try:
            checked()
        except PackError as error:
            told.append(error.message)
            advice.append(error.advice)
    if told:
        raise PackError("\n".join(told), " ".join(dict.fromkeys(advice)))


def _faults(one: Template, settings: Settings) -> Iterator[str]:
    def word(name: str) -> Callable[[], object]:
        return lambda: word_template.check(settings.template(name), one.sample, one.required, settings)

    for checked in (*one.sentences(settings).values(), *map(word, one.word_files(settings))):
        try:
            checked()
        except PackError as error:
            yield from error.message.splitlines()


def _strays(settings: Settings) -> list[str]:
    """Files of the council's folder that nothing is written from: a slip in a name would go unseen."""
    folder = settings.look.templates
    if folder is None:
        return []
    known = {one.name for one in listed(settings)}
    found = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _MISTAKEN and path.name[:2] != "~$"]
    for path in found:  # what others extend
        if path.suffix == ".yaml":
            bases = _EXTENDS.findall(path.read_text(encoding="utf-8", errors="replace"))
            known |= {(path.parent / f"{base}.yaml").relative_to(folder).as_posix() for base in bases}
    names = [path.relative_to(folder).as_posix() for path in found]
    return [
        f"{name}: nothing is written from a file of this name{did_you_mean(name, known)}"
        for name in names
        if name not in known
    ]
