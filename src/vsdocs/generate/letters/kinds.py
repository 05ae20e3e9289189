"""The other letters, each a YAML file in `templates/` that `extends: common`: there is nothing to register."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from vsdocs import packs
from vsdocs.errors import UsageError
from vsdocs.generate.letters import feedback, layers
from vsdocs.generate.letters.phrases import Common, NonEmpty, Words, sentence
from vsdocs.judgement import Grade
from vsdocs.record import Frozen
from vsdocs.settings import Settings, data_folder

#: slot -> what stands there, in letters about a sweep
SWEEP_SLOTS = {"peps": "how many PEPs the sweep graded", "schools": "at how many schools"}

Line = Annotated[NonEmpty, sentence(*SWEEP_SLOTS)]


class Need(Frozen):
    """Something without which the letter is not written: a slot that is known, a flag that is up, or a grade."""

    slot: str = ""
    flag: str = ""
    grade: Grade | None = None
    without: NonEmpty  # what is said where it is missing


class Ask(Frozen):
    """What the reader is asked to do, and by when."""

    what: Line
    when: Annotated[str, sentence()] = ""


class Section(Frozen):
    """A part under a heading of its own. `lists` names what is filled in as its last points."""

    heading: Line
    paragraphs: tuple[Line, ...] = ()
    points: tuple[Line, ...] = ()
    lists: Literal["", "strengths", "themes", "references"] = ""


class Kind(Common):
    """One kind of letter: what it says and when it may be written."""

    about: Literal["child", "children", "nobody"] = "child"
    title: NonEmpty  # of the file and of an e-mail: no name stands there, and nothing about the child
    subject: Line
    to: Words = "{designated_teacher}, Designated Teacher"
    dear: Words = "{designated_teacher}"
    moderated: bool = True  # only of a PEP that a person has graded
    one_by_one: bool = False  # never for a whole sweep at once
    needs: tuple[Need, ...] = ()
    paragraphs: tuple[Line, ...] = Field(min_length=1)
    sections: tuple[Section, ...] = ()
    asks: tuple[Ask, ...] = ()
    next_steps: tuple[Line, ...] = ()
    closing: Words
    theme: Annotated[str, sentence("title", "count", "places", *SWEEP_SLOTS)] = ""
    most_themes: int = 5
    least_schools: int = 2  # of a theme: a single school would know itself


def load(name: str, settings: Settings, level: str = "", variants: tuple[str, ...] = ()) -> Kind:
    """A kind of letter by its file's name, the council's own before ours.

    Raises `UsageError` where there is none, or the level is not one of its levels; `PackError` with every slip.
    """
    return _load(_file(name, settings), level, variants)


@lru_cache(maxsize=32)
def _load(path: Path, level: str, variants: tuple[str, ...]) -> Kind:
    pack = _pack(path)
    known = layers.names(pack, "levels")
    if (level or known) and level not in known:
        told = f"It has the levels {', '.join(known)}." if known else "It has no levels."
        raise UsageError(f"Which {title_of(pack)}?" if not level else f"There is no level {level} here.", told)
    over = [("levels", level)] if level else []
    return layers.laid(pack, *over, *(("variants", variant) for variant in variants)).parse(Kind)


def check(name: str, settings: Settings) -> None:
    """Raise `PackError` with every slip of a kind, its levels and its variants."""
    for pack in layers.every(_pack(_file(name, settings))):
        pack.parse(Kind)


def names(settings: Settings) -> list[str]:
    """All kinds that there are, the council's and ours; not what only they are written on."""
    folders = (settings.templates, data_folder("templates"))
    stems = sorted({path.stem for folder in folders for path in folder.glob("*.yaml")})
    return [stem for stem in stems if {"paragraphs", "subject"} <= _pack(_file(stem, settings)).data.keys()]


def asked_for(settings: Settings) -> list[str]:
    """The kinds of letters that a person may ask for: with the feedback letter, without the note that comes by itself."""
    others = (stem for stem in names(settings) if _pack(_file(stem, settings)).data.get("about") != "children")
    return sorted({feedback.KIND, *others})


def title_of(pack: packs.Pack) -> str:
    return str(pack.data.get("title", pack.id))


def _file(name: str, settings: Settings) -> Path:
    path = settings.template(f"{name}.yaml")
    if not path.is_file() or Path(name).name != name:
        known = asked_for(settings)
        raise UsageError(
            f"There is no letter {name!r}{packs.did_you_mean(name, known)}.", f"There are: {', '.join(known)}."
        )
    return path


def _pack(path: Path) -> packs.Pack:
    return packs.load(data_folder("templates"), str(path))
