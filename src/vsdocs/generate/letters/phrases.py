"""The sentences of letters, which a council may change: checked when they are loaded, here those of `feedback.yaml`."""

import string
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from vsdocs import packs
from vsdocs.criteria import all_criteria
from vsdocs.errors import PackError
from vsdocs.generate.case import SLOTS
from vsdocs.generate.letters import layers
from vsdocs.judgement import Grade, Met
from vsdocs.record import Frozen
from vsdocs.settings import data_folder


def sentence(*more: str) -> AfterValidator:
    """Checks that a sentence uses only the slots that everybody has, and `more`."""
    known = (*SLOTS, *more)

    def check(text: str) -> str:
        try:
            slots = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        except ValueError:
            raise ValueError("a brace { or } stands here without its partner") from None
        for slot in slots:
            if slot not in known:
                raise ValueError(f"{{{slot}}} is not a slot here{packs.did_you_mean(slot, known)}")
        return text

    return AfterValidator(check)


NonEmpty = Annotated[str, Field(min_length=1)]
Words = Annotated[NonEmpty, sentence()]


def _are_slots(blanks: dict[str, str]) -> dict[str, str]:
    known = (*SLOTS, "address")
    for name in blanks:
        if name not in known:
            raise ValueError(f"{name!r} is not a slot{packs.did_you_mean(name, known)}")
    return blanks


class Common(Frozen):
    """What every letter has, from `templates/common.yaml`."""

    blanks: Annotated[dict[str, NonEmpty], AfterValidator(_are_slots)]  # by slot: what stands where it is not known
    practice: Words
    confidential: Words
    contact: Words
    second_look: Words
    finish: Words
    fill_in: Annotated[NonEmpty, sentence("blanks")]


class ByGrade(Frozen):
    gold: Words
    green: Words
    amber: Words
    red: Words

    def of(self, grade: Grade) -> str:
        return str(getattr(self, grade.value))


class StepsByGrade(Frozen):
    gold: tuple[Words, ...]
    green: tuple[Words, ...]
    amber: tuple[Words, ...]
    red: tuple[Words, ...]

    def of(self, grade: Grade) -> tuple[str, ...]:
        return tuple(getattr(self, grade.value))


class LeadList(Frozen):
    """The lines of the list for the virtual school lead."""

    graded: Annotated[NonEmpty, sentence("reader", "grade", "day")]
    reason: Annotated[NonEmpty, sentence("reason")]
    unread: Annotated[NonEmpty, sentence("titles")]
    flag: Annotated[NonEmpty, sentence("message")]
    scan: Words
    two_teachers: Words
    quotations: Words
    not_moderated: Words
    no_address: Words


class Matter(Frozen):
    """What the school is asked where a flag is up, unless a change asks for the same already."""

    words: Annotated[NonEmpty, sentence("message")]
    unless_asked: str = ""  # id of the criterion


class ThreadNames(Frozen):
    need: Words
    voice: Words
    provision: Words
    pp_plus: Words
    impact: Words


class ThreadWords(Frozen):
    """How the golden thread of a target is told: its links, those found and those that are broken."""

    found: Annotated[NonEmpty, sentence("number", "links")]
    broken: Annotated[NonEmpty, sentence("links")]
    link: Annotated[NonEmpty, sentence("name", "words")]
    names: ThreadNames


class States(Frozen):
    """What became of something that was asked for last time."""

    met: Words
    partly: Words
    not_met: Words

    def of(self, state: Met) -> str:
        return str(getattr(self, state.value))


class Counts(Frozen):
    met: Annotated[NonEmpty, sentence("count")]
    partly_met: Annotated[NonEmpty, sentence("count")]
    not_met: Annotated[NonEmpty, sentence("count")]


class LastTime(Frozen):
    """What was asked after the last plan and whether it was done, and what became of its targets."""

    asked: Annotated[NonEmpty, sentence("asked")]
    wished: Annotated[NonEmpty, sentence("title")]
    became: States
    targets: Annotated[NonEmpty, sentence("outcomes")]
    outcomes: Counts
    well_done: Annotated[NonEmpty, sentence("target")]


class Phrases(Common):
    title: NonEmpty
    subject: Words
    draft: Words
    thanks: Words
    grades: ByGrade
    meaning: ByGrade
    areas: Annotated[NonEmpty, sentence("areas")]
    areas_graded: Annotated[NonEmpty, sentence("areas")]
    areas_not_graded: Words
    found: Words
    not_found: Words
    change_unknown: Words
    ungraded: Words
    unseen: Words
    praise: tuple[str, ...]  # criteria, best first
    heard: Words
    met_together: Annotated[NonEmpty, sentence("people")]
    met: Words
    next_agreed: Annotated[NonEmpty, sentence()]
    sent: Words
    change: ByGrade
    no_change: Words
    target: Annotated[NonEmpty, sentence("number")]
    asked: Annotated[NonEmpty, sentence("question")]
    under: Annotated[NonEmpty, sentence("question")]
    page: Annotated[NonEmpty, sentence("page")]
    for_example: Annotated[NonEmpty, sentence("example")]
    examples: dict[str, Annotated[NonEmpty, sentence("quote")]]  # by criterion
    who: dict[str, Words]  # by area
    who_else: Words
    matters: dict[str, Matter]  # by flag code
    next_steps: StepsByGrade
    also: dict[str, Words]  # further steps, which variants add
    last_time: LastTime
    thread: ThreadWords
    when: ByGrade
    closing: ByGrade
    lead_list: LeadList


def load(path: Path, variants: tuple[str, ...] = ()) -> Phrases:
    """The phrases of a file, with these variants.

    Raises `PackError` with every slip, each with its line.
    """
    pack = layers.laid(_pack(path), *(("variants", name) for name in variants))
    phrases = pack.parse(Phrases)
    named: dict[tuple[str | int, ...], str] = {("examples", name): name for name in phrases.examples}
    named |= {("praise", n): name for n, name in enumerate(phrases.praise)}
    named |= {
        ("matters", code, "unless_asked"): m.unless_asked for code, m in phrases.matters.items() if m.unless_asked
    }
    known = all_criteria()
    slips = [
        f"{pack.place(path)}: there is no criterion {name!r}{packs.did_you_mean(name, known)}"
        for path, name in named.items()
        if name not in known
    ]
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return phrases


def check(path: Path) -> None:
    """Raise `PackError` with every slip of the phrases and of their variants."""
    pack = _pack(path)
    for _ in layers.every(pack):
        pass
    for variant in ((), *((name,) for name in layers.names(pack, "variants"))):
        load(path, variant)


def _pack(path: Path) -> packs.Pack:
    return packs.load(data_folder("templates"), str(path))
