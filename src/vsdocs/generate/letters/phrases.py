"""The sentences of the letter, which a council may change: `templates/feedback.yaml`, checked when it is loaded."""

import string
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from vsdocs import packs
from vsdocs.criteria import all_criteria
from vsdocs.errors import PackError
from vsdocs.judgement import Grade
from vsdocs.record import Frozen
from vsdocs.settings import data_folder

#: slot -> what stands there. Any sentence may use these; a sentence that has more says so below.
SLOTS = {
    "forename": "the child's forename",
    "meeting_date": "the date of the PEP meeting",
    "by": "when we ask for the changes, with its 'by' or 'before'",
    "designated_teacher": "the designated teacher, as addressed",
    "school": "the school's name",
    "lead": "the virtual school lead's name",
    "phone": "the virtual school lead's telephone number",
    "email": "the virtual school lead's e-mail address",
}


def _sentence(*more: str) -> AfterValidator:
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
Words = Annotated[NonEmpty, _sentence()]


class Blanks(Frozen):
    """What stands in the letter where something is not known."""

    authority: NonEmpty
    address: NonEmpty
    lead: NonEmpty
    phone: NonEmpty
    email: NonEmpty
    designated_teacher: NonEmpty
    school: NonEmpty
    meeting_date: NonEmpty
    forename: NonEmpty
    year_group: NonEmpty


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

    blanks: Annotated[NonEmpty, _sentence("blanks")]
    unread: Annotated[NonEmpty, _sentence("titles")]
    flag: Annotated[NonEmpty, _sentence("message")]
    scan: Words
    two_teachers: Words
    quotations: Words
    not_moderated: Words
    finish: Words


class Matter(Frozen):
    """What the school is asked where a flag is up, unless a change asks for the same already."""

    words: Annotated[NonEmpty, _sentence("message")]
    unless_asked: str = ""  # id of the criterion


class ThreadNames(Frozen):
    need: Words
    voice: Words
    provision: Words
    pp_plus: Words
    impact: Words


class ThreadWords(Frozen):
    """How the golden thread of a target is told: its links, those found and those that are broken."""

    found: Annotated[NonEmpty, _sentence("number", "links")]
    broken: Annotated[NonEmpty, _sentence("links")]
    link: Annotated[NonEmpty, _sentence("name", "words")]
    names: ThreadNames


class Phrases(Frozen):
    blanks: Blanks
    draft: Words
    confidential: Words
    subject: Annotated[NonEmpty, _sentence("initials", "year_group")]
    thanks: Words
    grades: ByGrade
    meaning: ByGrade
    areas: Annotated[NonEmpty, _sentence("areas")]
    ungraded: Words
    unseen: Words
    praise: tuple[str, ...]  # criteria, best first
    heard: Words
    met_together: Annotated[NonEmpty, _sentence("people")]
    met: Words
    next_agreed: Annotated[NonEmpty, _sentence("next_date")]
    sent: Words
    change: ByGrade
    no_change: Words
    target: Annotated[NonEmpty, _sentence("number")]
    asked: Annotated[NonEmpty, _sentence("question")]
    under: Annotated[NonEmpty, _sentence("question")]
    before_review: Annotated[NonEmpty, _sentence("date")]
    by_date: Annotated[NonEmpty, _sentence("date")]
    page: Annotated[NonEmpty, _sentence("page")]
    for_example: Annotated[NonEmpty, _sentence("example")]
    examples: dict[str, Annotated[NonEmpty, _sentence("quote")]]  # by criterion
    who: dict[str, Words]  # by area
    who_else: Words
    matters: dict[str, Matter]  # by flag code
    next_steps: StepsByGrade
    thread: ThreadWords
    contact: Words
    second_look: Words
    closing: ByGrade
    lead_list: LeadList


def load(template: Path) -> Phrases:
    """The phrases beside a template, under its name with `.yaml`; the shipped ones where there are none.

    Raises `PackError` with every slip, each with its line.
    """
    beside = template.with_suffix(".yaml").is_file()
    pack = packs.load(template.parent, template.stem) if beside else packs.load(data_folder("templates"), "feedback")
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
