"""The golden thread: from need and voice through target and provision to money and its impact, with the words that carry it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vsdocs.language.links import shared, surely_shared, without_names
from vsdocs.language.pp_plus import Impact, Line, numbers_its_target, read_pp_plus
from vsdocs.language.smart import needs_of
from vsdocs.language.speaker import Whose
from vsdocs.language.text import shortened
from vsdocs.language.voice import About, read_voice
from vsdocs.record import PepRecord, Target

#: The links of a thread, in their order, as `Thread` names them.
LINKS = ("need", "voice", "provision", "pp_plus", "impact")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a thread goes on: a field of the record (`voice[1].answer`) and the words there that carry the link."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What one target hangs on. A link is None where the thread is broken, or where the form has no box for it: the
    evidence of the PEP tells which; or where a stray word is all there is, and nobody can tell (`unsure`)."""

    target: str  # 'targets[0]'
    need: Link | None  # a need, the SEND need, a subject not on track
    voice: Link | None  # what the child said or hopes for
    provision: Link | None  # what will be done: beside the target, or an action
    pp_plus: Link | None  # the line of spending that serves it, or its cost
    impact: Link | None  # what that money did or is to do
    unsure: frozenset[str] = frozenset()  # the links of which nobody can tell

    @property
    def broken(self) -> tuple[str, ...]:
        """The names of the links that are missing, in their order."""
        return tuple(name for name in LINKS if getattr(self, name) is None and name not in self.unsure)


@lru_cache(maxsize=64)
def golden_thread(record: PepRecord) -> tuple[Thread, ...]:
    """The thread of each target that has words, in the order of the plan."""
    return tuple(_thread(n, target, record) for n, target in enumerate(record.targets) if target.text)


def _thread(n: int, target: Target, record: PepRecord) -> Thread:
    whole = _whole(target, record)
    needs = ((f, text) for f, text in needs_of(record) if not f.startswith(("voice", "aspirations")))
    line, unsure = _serving(n, record)
    found = {
        "need": _strongest(whole, needs, record),
        "voice": _strongest(whole, _said(record), record),
        "provision": _provision(n, target, whole, record),
        "pp_plus": (_money(n, target, line), unsure),
        "impact": (_impact(line, record), unsure),
    }
    links = {name: link for name, (link, _) in found.items()}
    return Thread(
        target=f"targets[{n}]",
        unsure=frozenset(name for name, (link, unsure) in found.items() if link is None and unsure),
        **links,
    )


def _whole(target: Target, record: PepRecord) -> str:
    boxes = (target.text, target.area, target.success_criteria, target.provision)
    return without_names(" ".join(filter(None, boxes)), record.child)


def _strongest(whole: str, texts: Iterable[tuple[str, str]], record: PepRecord) -> tuple[Link | None, bool]:
    """The text that surely shares most words with a target; where there is none, whether another may belong to it."""
    told = [(f, without_names(text, record.child)) for f, text in texts]
    links = [(Link(f, words), surely_shared(whole, text)) for f, text in told if (words := shared(whole, text))]
    sure = [link for link, is_sure in links if is_sure]
    return max(sure, key=lambda link: link.words.count(","), default=None), bool(links)


def _said(record: PepRecord) -> list[tuple[str, str]]:
    """The answers that hold a view of the child's, and the hopes."""
    heard = (a for a in read_voice(record).answers if a.about in (About.CHILD, About.ACTION))
    return [(a.field, a.text) for a in heard if a.whose.faithful or a.whose in (Whose.GENERIC, Whose.TOLD)]


def _provision(n: int, target: Target, whole: str, record: PepRecord) -> tuple[Link | None, bool]:
    if target.provision:
        return Link(f"targets[{n}].provision", shortened(target.provision)), False
    actions = ((f"actions[{m}].action", action.action or "") for m, action in enumerate(record.actions))
    return _strongest(whole, actions, record)


def _serving(n: int, record: PepRecord) -> tuple[Line | None, bool]:
    """The line of spending that surely serves a target: of several, the one whose effect is told.

    Where there is none, whether another may serve it.
    """
    lines = [line for line in read_pp_plus(record).lines if line.target == n and line.allowed]
    sure = [line for line in lines if target_of(line, record) == n]
    found = max(sure, key=lambda line: (line.told, line.impact is not Impact.NONE, line.amount or 0), default=None)
    return found, found is None and bool(lines)


def target_of(line: Line, record: PepRecord) -> int | None:
    """The index of the target that a line of spending surely serves: the form or the line names it, or they share enough."""
    if line.target is None:
        return None
    spent = record.pp_plus[line.index]
    if spent.target == line.target or numbers_its_target(line.purpose):
        return line.target
    target = record.targets[line.target]
    whole = " ".join(filter(None, (_whole(target, record), target.baseline)))
    told = (without_names(text or "", record.child) for text in (spent.purpose, spent.impact))
    return line.target if any(surely_shared(whole, text) for text in told) else None


def _money(n: int, target: Target, line: Line | None) -> Link | None:
    if line is not None:
        return Link(f"{line.field}.purpose", line.tie)
    return Link(f"targets[{n}].cost", f"£{target.cost:g}") if target.cost else None


def _impact(line: Line | None, record: PepRecord) -> Link | None:
    if line is None or line.impact in (Impact.NONE, Impact.VAGUE):
        return None
    return Link(f"{line.field}.impact", shortened(record.pp_plus[line.index].impact))
