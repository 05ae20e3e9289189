"""What became of each file of a sweep. Every file has exactly one outcome, and the outcomes add up to the files."""

from enum import StrEnum

from vsdocs.errors import FILE_PROBLEMS
from vsdocs.judgement import Judgement
from vsdocs.moderation import Moderation, moderated
from vsdocs.record import Extraction, Frozen


class OutcomeKind(StrEnum):
    GRADED = "graded"
    NEEDS_PERSON = "needs_person"  # grade null, identity unsure, two children
    UNREADABLE = "unreadable"
    NOT_A_PEP = "not_a_pep"
    KNOWN = "known"  # already read in an earlier sweep, or the same file under another name
    IGNORED = "ignored"  # lock files, and kinds that nobody submits


class Problem(Frozen):
    """Why a file gave no record or needs a person, in words for the person at the desk: no names, no file names."""

    code: str
    message: str
    advice: str

    @classmethod
    def of_file(cls, code: str) -> "Problem":
        message, advice, _ = FILE_PROBLEMS[code]
        return cls(code=code, message=message, advice=advice)


class Outcome(Frozen):
    """One file of a sweep. `source` is its path below the folder, with `/`; `id` stands for it in logs and names.

    `judgement` is what was suggested, `standing` what counts: a person's grades where one has given them.
    """

    source: str
    id: str
    outcome: OutcomeKind
    extraction: Extraction | None = None
    judgement: Judgement | None = None
    moderation: Moderation | None = None
    error: Problem | None = None

    @property
    def standing(self) -> Judgement | None:
        return moderated(self.judgement, self.moderation) if self.judgement else None

    def moderated_by(self, moderation: Moderation | None) -> "Outcome":
        """The outcome beside what a person gave: a PEP that only lacked a grade needs nobody any more."""
        if moderation is None or self.judgement is None:
            return self
        ungraded = self.error is not None and self.error.code == "cannot_grade"
        settled = {"outcome": OutcomeKind.GRADED, "error": None} if ungraded else {}
        return self.model_copy(update={"moderation": moderation, **settled})


class Run(Frozen):
    """One sweep: which day it counts from, under which rubric, and the term that names it (it filters nothing)."""

    id: str
    today: str  # ISO date
    rubric: str
    rubric_version: str
    term: str | None = None


class Sweep(Frozen):
    """A finished sweep: what the workbook, the page, the JSON and the letters are made from."""

    run: Run
    outcomes: tuple[Outcome, ...]  # sorted by source

    @property
    def counts(self) -> dict[str, int]:
        """How many files had each outcome; every outcome is named, and they add up to the number of files."""
        return {kind.value: sum(o.outcome is kind for o in self.outcomes) for kind in OutcomeKind}
