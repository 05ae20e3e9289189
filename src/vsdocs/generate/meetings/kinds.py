"""The kinds of meeting, each a file in `templates/meetings` that a council may change; checked when it is loaded."""

import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from vsdocs import packs
from vsdocs.errors import PackError, UsageError
from vsdocs.generate.case import SLOTS
from vsdocs.generate.meetings.blocks import LINES
from vsdocs.meeting_notes import Progress
from vsdocs.record import Frozen, Role
from vsdocs.settings import Settings, data_folder

BASE = "meeting"  # what all kinds extend; no kind itself
#: slot -> what stands there, in the sentences of every kind
EVERY = {
    "day": "the day of the meeting",
    "time": "when it begins",
    "place": "where it is",
    "chair": "who chairs it",
    "minutes": "how many minutes it takes",
    "reference": "the meeting's reference",
    "complete_by": "by when the PEP is complete: so many working days after the meeting",
    "told_by": "the next working day after the meeting",
    "authority": SLOTS["authority"],
    "today": "the day on which this was written",
}
OF_A_CHILD = SLOTS | {
    "initial_by": "by when the first PEP meeting is due",
    "into_care": "the day on which the child came into care",
    "suspended": "'1 suspension' or '3 suspensions'; nothing where the PEP tells of none",
    "late": "how many working days after that the meeting is; nothing where it is in time",
}
OF_A_LIST = {"children": "how many children it is about"}
OF_A_SCHOOL = OF_A_LIST | {"school": SLOTS["school"], "designated_teacher": SLOTS["designated_teacher"]}
MORE = {"child": OF_A_CHILD, "list": OF_A_LIST, "school": OF_A_SCHOOL}
#: Names and blanks that are used whatever the sentences say.
NAMES = (
    "takes", "unknown", "gold", "green", "amber", "red", "no_grade", "no_concern", "need", "voice", "target", "provision",
    "money", "effect", "unsure", "ahead",
    "no_amount",
)  # fmt: skip
BLANKS = ("name", "owner", "due")
#: What only a list can show; all other blocks are told of each child.
FOR_LISTS = ("cohort", "requests")

NonEmpty = Annotated[str, Field(min_length=1)]


class Said(Frozen):
    """A sentence that is said only where the slot `where` is known."""

    say: NonEmpty
    where: NonEmpty


Sentence = NonEmpty | Said


class Invitee(Frozen):
    """Somebody to invite: by the role in the PEP, whose name is then given, or by title alone."""

    title: NonEmpty
    role: Role | Literal["child"] | None = None


class Item(Frozen):
    title: NonEmpty
    minutes: Annotated[int, Field(ge=1, le=240)]
    prompts: tuple[Sentence, ...] = ()
    shows: tuple[str, ...] = ()


class BlockWords(Frozen):
    """What a block is called, what it says of an empty part of the PEP, and its lines."""

    title: NonEmpty
    none: NonEmpty
    lines: dict[str, NonEmpty] = Field(default_factory=dict)


class Kind(Frozen):
    """One kind of meeting. `about`: one child, a list of children, or the children of one school."""

    id: str = ""
    title: NonEmpty
    about: Literal["child", "list", "school"]
    on_next_date: bool = False  # whether the PEP's own next date is this meeting's
    subject: NonEmpty
    confidential: NonEmpty
    practice: NonEmpty
    opening: tuple[Sentence, ...]
    aims: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    invitees: Annotated[tuple[Invitee, ...], Field(min_length=1)]
    with_attendees: bool = False  # invite those of the last meeting as well
    before: tuple[Sentence, ...] = ()
    first_items: tuple[Item, ...] = ()
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    last_items: tuple[Item, ...] = ()
    after: tuple[Sentence, ...] = ()
    blocks: dict[str, BlockWords]
    blanks: dict[str, NonEmpty]
    names: dict[str, NonEmpty]
    not_quoted: tuple[NonEmpty, ...]  # beginnings of words that keep a quotation out
    kept_private: NonEmpty  # what stands in its place
    concerns: dict[str, NonEmpty]  # flag code -> a word or two
    progress: dict[Progress, Annotated[tuple[NonEmpty, ...], Field(min_length=1)]]  # the first is printed

    def fit(self, quotation: str) -> str:
        """A quotation, or what stands in its place where it tells of what does not belong on an agenda."""
        found = any(re.search(rf"\b{re.escape(word)}", quotation, re.IGNORECASE) for word in self.not_quoted)
        return self.kept_private if found else quotation

    @property
    def every_item(self) -> tuple[Item, ...]:
        return (*self.first_items, *self.items, *self.last_items)


def names(settings: Settings) -> list[str]:
    """The kinds that there are: ours, and a council's own."""
    own = settings.templates / "meetings"
    found = set(packs.ids(data_folder("templates") / "meetings"))
    if own.is_dir():
        found |= set(packs.ids(own))
    return sorted(found - {BASE})


def load(name: str, settings: Settings) -> Kind:
    """A kind of meeting. Raises UsageError where there is none of that name, PackError with every slip and its line."""
    known = names(settings)
    if name not in known:
        raise UsageError(
            f"There is no meeting called {name!r}{packs.did_you_mean(name, known)}.", f"There are: {', '.join(known)}."
        )
    shipped, own = data_folder("templates") / "meetings", settings.templates / "meetings" / f"{name}.yaml"
    pack = packs.load(shipped, str(own) if own.is_file() else name)
    kind = pack.parse(Kind).model_copy(update={"id": name})
    if slips := list(_slips(kind, pack)):
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return kind


def template(name: str, settings: Settings) -> Path:
    """`agenda.docx` or `notes.docx`: the council's own, or ours."""
    own = settings.templates / name
    return own if own.is_file() else data_folder("templates") / name


def _slips(kind: Kind, pack: packs.Pack) -> Iterator[str]:
    known = [*EVERY, *MORE[kind.about]]
    for path, sentence in _sentences(kind):
        if isinstance(sentence, Said) and sentence.where not in known:
            near = packs.did_you_mean(sentence.where, known)
            yield f"{pack.place((*path, 'where'))}: {sentence.where!r} is not a slot here{near}"
        yield from _bad_slots(sentence.say if isinstance(sentence, Said) else sentence, known, pack.place(path))
    for path, item in _items(kind):
        for n, shown in enumerate(item.shows):
            listed = kind.about != "child" or shown not in FOR_LISTS
            if shown not in kind.blocks or not listed:
                there = [name for name in kind.blocks if kind.about != "child" or name not in FOR_LISTS]
                near = packs.did_you_mean(shown, there)
                yield f"{pack.place((*path, 'shows', n))}: there is no block {shown!r} here{near}"
    for name, block in kind.blocks.items():
        if name not in LINES:
            near = packs.did_you_mean(name, LINES)
            yield f"{pack.place(('blocks', name))}: there is no block {name!r}{near}"
            continue
        of_each = [*EVERY] if name in FOR_LISTS else [*EVERY, *OF_A_CHILD]  # a list's blocks are told child by child
        yield from _bad_slots(block.none, of_each, pack.place(("blocks", name, "none")))
        yield from _bad_slots(block.title, of_each, pack.place(("blocks", name, "title")))
        for line, sentence in block.lines.items():
            place = pack.place(("blocks", name, "lines", line))
            if line not in LINES[name]:
                yield f"{place}: {line!r} is no line of this block{packs.did_you_mean(line, LINES[name])}"
            else:
                yield from _bad_slots(sentence, list(LINES[name][line]), place)
    for name in ("previous_actions", "cohort", "requests"):
        wanted = tuple(LINES[name]) if name in kind.blocks else ()
        if name not in kind.blocks:
            yield f"{pack.place(('blocks',))}: {name!r} is missing here"
        yield from (
            f"{pack.place(('blocks', name))}: the line {line!r} is missing here"
            for line in wanted
            if line not in kind.blocks[name].lines
        )
    for part, needed, has in (("names", NAMES, kind.names), ("blanks", BLANKS, kind.blanks)):
        yield from (f"{pack.place((part,))}: {name!r} is missing here" for name in needed if name not in has)
    yield from _bad_slots(kind.names.get("takes", ""), ["minutes"], pack.place(("names", "takes")))
    yield from _bad_slots(kind.names.get("unsure", ""), ["link"], pack.place(("names", "unsure")))
    yield from _bad_slots(kind.subject, list(EVERY), pack.place(("subject",)))  # it names no child, not even a school
    for progress in Progress:
        if progress not in kind.progress:
            yield f"{pack.place(('progress',))}: {progress.value!r} is missing here"


def _sentences(kind: Kind) -> Iterator[tuple[tuple[str | int, ...], Sentence]]:
    yield ("confidential",), kind.confidential
    for name in ("opening", "aims", "before", "after"):
        yield from (((name, n), sentence) for n, sentence in enumerate(getattr(kind, name)))
    for path, item in _items(kind):
        yield (*path, "title"), item.title
        yield from (((*path, "prompts", n), sentence) for n, sentence in enumerate(item.prompts))


def _items(kind: Kind) -> Iterator[tuple[tuple[str | int, ...], Item]]:
    for name in ("first_items", "items", "last_items"):
        yield from (((name, n), item) for n, item in enumerate(getattr(kind, name)))


def _bad_slots(words: str, known: list[str], place: str) -> Iterator[str]:
    try:
        slots = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
    except ValueError:
        yield f"{place}: a brace {{ or }} stands here without its partner"
        return
    for slot in slots:
        if slot not in known:
            yield f"{place}: {{{slot}}} is not a slot here{packs.did_you_mean(slot, known)}"
