"""The files of a sweep as people list them: one entry a PEP, however many copies of its file lay in the folder.

The words for grades, states and outcomes stand here once, so that the workbook and the page cannot differ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vsdocs.errors import FILE_PROBLEMS
from vsdocs.evidence import State
from vsdocs.generate.plain import one_line, plain
from vsdocs.judgement import Finding, Grade, Judgement, Met, Quote
from vsdocs.moderation import Moderation
from vsdocs.outcome import Outcome, OutcomeKind, Problem, Settled, Sweep
from vsdocs.record import Extraction, Role

NO_GRADE = "No grade"
GRADE_WORDS: dict[Grade | None, str] = {
    Grade.GOLD: "Gold",
    Grade.GREEN: "Green",
    Grade.AMBER: "Amber",
    Grade.RED: "Red",
    None: NO_GRADE,
}
GRADE_MEANINGS: dict[Grade | None, str] = {
    Grade.GOLD: "high quality throughout",
    Grade.GREEN: "good",
    Grade.AMBER: "incomplete: some parts need work before the next review",
    Grade.RED: "poor: needs to be put right now",
    None: "not enough could be read for a grade; a person looks at it",
}
MET_WORDS = {
    Met.NOT_MET: "Not met",
    Met.PARTLY: "Partly met",
    Met.CANNOT_TELL: "Cannot tell",
    Met.MET: "Met",
    Met.NOT_APPLICABLE: "Does not apply",
}
WEAK = (Met.NOT_MET, Met.PARTLY)
OUTCOME_WORDS = {
    OutcomeKind.GRADED: "Graded",
    OutcomeKind.NEEDS_PERSON: "Needs a person",
    OutcomeKind.UNREADABLE: "Could not be read",
    OutcomeKind.NOT_A_PEP: "Not a PEP",
    OutcomeKind.KNOWN: "Already read, or a second copy",
    OutcomeKind.IGNORED: "Left alone",
}
OUTCOME_MEANINGS = {
    OutcomeKind.GRADED: "read and graded in this sweep",
    OutcomeKind.NEEDS_PERSON: "read, but without a sure grade or child; see the list for a person",
    OutcomeKind.UNREADABLE: "damaged, locked or of a kind that is not read; see the list for a person",
    OutcomeKind.NOT_A_PEP: "a document, but not a Personal Education Plan; see the list for a person",
    OutcomeKind.KNOWN: "the same file as before or as another in the folder; its grade is listed once",
    OutcomeKind.IGNORED: "lock files and kinds of file that nobody submits",
}
SEVERITY_WORDS = {"urgent": "Urgent", "check": "To check", "note": "Note"}
FACET_WORDS = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}
LINK_WORDS = {
    "need": "need",
    "voice": "child's views",
    "provision": "provision",
    "pp_plus": "Pupil Premium Plus",
    "impact": "its effect",
}
_FIELD_NAMES = {
    "sdq": "SDQ",
    "send": "SEND",
    "upn": "UPN",
    "pp_plu": "PP+",
    "pp_plus": "PP+",
    "dfe_number": "DfE number",
}
_NO_WORDS = {
    State.BLANK: "Left empty on the form",
    State.NOT_LOCATED: "No such box was found",
    State.UNREADABLE: "Could not be read",
    State.FOUND: "Nothing written",
}
_KINDS_FOR_A_PERSON = (OutcomeKind.NEEDS_PERSON, OutcomeKind.UNREADABLE, OutcomeKind.NOT_A_PEP)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file's worth of a sweep: the outcome that says most about it, and every place where the file lay."""

    outcome: Outcome
    sources: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.outcome.id

    @property
    def pep(self) -> Extraction | None:
        return self.outcome.extraction

    @property
    def judgement(self) -> Judgement | None:
        """What counts: as a person graded it, or as it was suggested."""
        return self.outcome.standing

    @property
    def suggested(self) -> Grade | None:
        return self.outcome.judgement.grade if self.outcome.judgement else None

    @property
    def moderation(self) -> Moderation | None:
        return self.outcome.moderation

    @property
    def grade(self) -> Grade | None:
        return self.judgement.grade if self.judgement else None

    @property
    def forename(self) -> str:
        return _shown(self.pep.record.child.forename if self.pep else None)

    @property
    def surname(self) -> str:
        return _shown(self.pep.record.child.surname if self.pep else None)

    @property
    def child(self) -> str:
        return f"{self.forename} {self.surname}".strip() or "Name not read"

    @property
    def year_group(self) -> str:
        """'Nursery', 'Reception', 'Year 7', or '' where it was not read."""
        year = _shown(self.pep.record.child.year_group if self.pep else None)
        return {"": "", "N": "Nursery", "R": "Reception"}.get(year, f"Year {year}")

    @property
    def school(self) -> str:
        return _shown(self.pep.record.school.name if self.pep else None) or "School not read"

    def contact(self, role: Role) -> str:
        """The name of the first contact of a role, or ''."""
        found = self.pep.record.contact(role) if self.pep else None
        return _shown(found.name if found else None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, area by area as the rubric has them, the weakest first in each."""
        if self.judgement is None:
            return ()
        areas = [area.id for area in self.judgement.areas]
        order = list(MET_WORDS)
        return tuple(
            sorted(
                self.judgement.criteria,
                key=lambda f: (areas.index(f.area) if f.area in areas else len(areas), order.index(f.state)),
            )
        )

    @property
    def weaknesses(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.state in WEAK)

    @property
    def problem(self) -> Problem | None:
        """Why a person must look at this file and what they can do; None where nobody need."""
        if self.outcome.error:
            return self.outcome.error
        if self.outcome.outcome not in _KINDS_FOR_A_PERSON and not (self.judgement and self.grade is None):
            return None
        return Problem(
            code="no_grade",
            message="This PEP was read, but no grade could be given: the parts that decide could not be told.",
            advice="Open the PEP, read the parts named here and grade them yourself.",
        )

    @property
    def trouble(self) -> OutcomeKind | None:
        """The kind of its problem, also where the file was known from before; None where it has none."""
        if self.problem is None or self.outcome.outcome is not OutcomeKind.KNOWN:
            return self.outcome.outcome if self.problem else None
        known = FILE_PROBLEMS.get(self.problem.code)
        return OutcomeKind(known[2]) if known else OutcomeKind.NEEDS_PERSON

    @property
    def untold(self) -> tuple[Finding, ...]:
        """The criteria of which nothing could be told; they never lowered a grade."""
        return tuple(f for f in self.findings if f.state is Met.CANNOT_TELL)

    @property
    def ungraded(self) -> dict[str, list[str]]:
        """The areas without a grade, each with the criteria that could not be told: where a person begins to read."""
        areas = self.judgement.areas if self.judgement else ()
        return {a.title: [f.title for f in self.untold if f.area == a.id] for a in areas if a.grade is None}


def entries(sweep: Sweep) -> Iterator[Entry]:
    """Every file that was not left alone, one entry for all copies of it. One is in memory at a time."""
    copies: dict[str, list[Settled]] = {}
    for file in sweep.files:
        if file.outcome is not OutcomeKind.IGNORED:
            copies.setdefault(file.id or file.source, []).append(file)
    shown = {
        min(same, key=lambda file: file.outcome is OutcomeKind.KNOWN).source: tuple(file.source for file in same)
        for same in copies.values()
    }
    for outcome in sweep.outcomes:
        if sources := shown.get(outcome.source):
            yield Entry(outcome, sources)


def unseen(entry: Entry, area: str) -> bool:
    """Whether nothing of this area was found on the form."""
    return any(a.unseen for a in entry.judgement.areas if a.id == area) if entry.judgement else False


def area_grade(entry: Entry, area: str) -> Grade | None:
    found = (a.grade for a in entry.judgement.areas if a.id == area) if entry.judgement else iter(())
    return next(found, None)


def field_words(path: str) -> str:
    """A field's path for people: `sdq.emotional` is 'SDQ emotional', `targets[0].due` 'Target 1 due'."""
    numbered = re.sub(r"s?\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", re.sub(r"\.(text|answer)$", "", path))
    words = " ".join(_FIELD_NAMES.get(part, part.replace("_", " ")) for part in re.split(r"[. ]", numbered))
    return words[:1].upper() + words[1:]


def quotation(pep: Extraction | None, quote: Quote) -> tuple[str, bool]:
    """The words to show for a quotation, and whether they are the PEP's own (else they say why there are none)."""
    if quote.text:
        return plain(quote.text), True
    return _NO_WORDS[pep.state(quote.field) if pep else State.NOT_LOCATED], False


def _shown(text: str | None) -> str:
    return one_line(text or "")
