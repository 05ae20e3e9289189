"""Many letters of one kind: each made by itself, one that is refused stops no other, and those to one teacher go together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vsdocs.errors import NotYetError, RefusedError
from vsdocs.generate import gate
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback, kinds, short
from vsdocs.generate.letters.on_roll import OnRoll
from vsdocs.generate.letters.recipient import Beside, conflicts, recipient_of
from vsdocs.generate.plain import one_line
from vsdocs.generate.written import Recipient, Written
from vsdocs.judgement import Judgement
from vsdocs.record import Extraction
from vsdocs.settings import Settings


@dataclass(frozen=True)
class Row:
    """One PEP and what became of its letter: `written`, or why it was `refused` or cannot be written yet (`waits`), or why it
    needs none (`passed`)."""

    case: Case
    written: Written | None = None
    refused: str = ""
    waits: str = ""
    passed: str = ""

    @property
    def school(self) -> str:
        return one_line(self.case.pep.record.school.name or "") or "?"

    @property
    def recipient(self) -> Recipient | None:
        return self.written.recipient if self.written else recipient_of(self.case)


def letters(
    name: str,
    cases: Iterable[Case],
    beside: Beside,
    roll: OnRoll,
    others: gate.Others,
    *,
    level: str = "",
    asked_for: bool,
) -> Iterator[Row]:
    """A letter of this kind for each case, read again before it is kept.

    Those not `asked_for` by their ids are passed over where they need none.
    """
    for case in cases:
        if not asked_for and name != feedback.KIND and (why := _needs_none(name, case, level)):
            yield Row(case, passed=why)
        elif found := conflicts(case, beside, roll):
            yield Row(case, refused=" ".join(found))
        else:
            try:
                written = _one(name, case, level)
                gate.check(written, others)
                yield Row(case, written)
            except NotYetError as error:
                yield Row(case, waits=f"{error.message} {error.advice}".strip())
            except RefusedError as error:
                yield Row(case, refused=f"{error.message} {error.advice}".strip())


def covers(rows: Iterable[Row], settings: Settings) -> Iterator[Written]:
    """A note on top of the letters to one teacher at one school, where there is more than one."""
    groups: dict[tuple[str, str], list[Row]] = {}
    known = list(rows)
    others = gate.Others((row.case.pep for row in known), settings)
    for row in known:
        if row.written and row.written.recipient and (key := _teacher(row)):
            groups.setdefault(key, []).append(row)
    for together in groups.values():
        if len(together) > 1 and (recipient := together[0].recipient):
            note = short.cover(together[0].case, recipient, _peps(together))
            gate.check(note, others, listing=True)
            yield note


def with_others(case: Case, known: Beside, standing: Mapping[str, Judgement | None]) -> Case:
    """The case with what a person gave the child's last plan."""
    own = case.pep.record.meeting.date or ""
    others = known.of_child(case.pep) if own else []
    before = [other for other in others if (other.record.meeting.date or "") < own]
    earlier = standing.get(before[-1].sha256) if before else None
    return replace(case, earlier=earlier)


def _one(name: str, case: Case, level: str) -> Written:
    if name == feedback.KIND:
        return feedback.render(case, final=True)
    return short.render(name, case, level=level)


def _needs_none(name: str, case: Case, level: str) -> str:
    missing = short.why_not(kinds.load(name, case.settings, level), case, asked_for=False)
    return missing[0] if missing else ""


def _teacher(row: Row) -> tuple[str, str] | None:
    """The school and the teacher by address or name, also where the letter itself goes to nobody for practice."""
    teacher = recipient_of(replace(row.case, practice=False))
    who = (teacher.email or teacher.name or "") if teacher else ""
    return (row.school.casefold(), who.casefold()) if who else None


def _peps(rows: list[Row]) -> list[Extraction]:
    return [row.case.pep for row in rows]
