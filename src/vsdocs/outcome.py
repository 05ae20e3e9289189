"""What became of each file of a sweep. Every file has exactly one outcome, and the outcomes add up to the files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from pydantic import Field

from vsdocs.errors import FILE_PROBLEMS
from vsdocs.judgement import Judgement
from vsdocs.moderation import Moderation, moderated
from vsdocs.record import Extraction, Frozen

ID_LENGTH = 12  # hex digits of the SHA-256 that stand for a file in names and logs


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


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one file, without what it says. `source` is its path below the folder, with `/`.

    `sha256` is empty where the file could not be opened; `problem` is a code of `errors.FILE_PROBLEMS`.
    """

    source: str
    sha256: str
    outcome: OutcomeKind
    problem: str | None = None

    @property
    def id(self) -> str:
        """Stands for the file in logs and names."""
        return self.sha256[:ID_LENGTH]

    @property
    def is_read(self) -> bool:
        """Whether there is a record of it, graded or not."""
        return bool(self.sha256) and (
            self.problem is None or FILE_PROBLEMS[self.problem][2] == OutcomeKind.NEEDS_PERSON
        )

    def moderated_by(self, moderation: Moderation | None) -> "Settled":
        """A PEP that only lacked a grade needs nobody any more once a person has given one."""
        if moderation is None or self.problem != "cannot_grade":
            return self
        kind = OutcomeKind.GRADED if self.outcome is OutcomeKind.NEEDS_PERSON else self.outcome
        return replace(self, outcome=kind, problem=None)

    def again(self, source: str) -> "Settled":
        """The same file found a second time, or in an earlier sweep: one record, two sources."""
        kind = self.outcome if self.outcome is OutcomeKind.IGNORED else OutcomeKind.KNOWN
        return replace(self, source=source, outcome=kind)


class Outcome(Frozen):
    """One file of a sweep with what it says. `source` is its path below the folder; `id` stands for it in logs and names.

    `judgement` is what was suggested, `standing` what counts: a person's grades where one has given them.
    """

    source: str
    id: str
    outcome: OutcomeKind
    extraction: Extraction | None = None
    judgement: Judgement | None = None
    moderation: Moderation | None = None
    error: Problem | None = None

    @classmethod
    def of(
        cls, file: Settled, extraction: Extraction | None, judgement: Judgement | None, moderation: Moderation | None
    ) -> "Outcome":
        source = {"source": file.source}
        return cls(
            source=file.source,
            id=file.id,
            outcome=file.outcome,
            extraction=extraction.model_copy(update=source) if extraction else None,
            judgement=judgement.model_copy(update=source) if judgement else None,
            moderation=moderation if judgement else None,
            error=Problem.of_file(file.problem) if file.problem and file.outcome is not OutcomeKind.IGNORED else None,
        )

    @property
    def standing(self) -> Judgement | None:
        return moderated(self.judgement, self.moderation) if self.judgement else None


class Run(Frozen):
    """One sweep: which day it counts from, under which rubric, and the term that names it (it filters nothing)."""

    id: str
    today: str  # ISO date
    rubric: str
    rubric_version: str
    term: str | None = None
    reader: str = Field(default="", exclude=True)  # the reader and the form vocabulary that it reads by


class RunReport(Frozen):
    """How a run went, without any child's data. A run that was stopped is told of from where it went on."""

    files: int
    seconds: float
    counts: dict[str, int]
    slowest: tuple[tuple[str, float], ...] = ()  # ids of files and their seconds, the slowest first


class Outcomes(Protocol):
    """The outcomes of a sweep by source. They can be gone through again and again, and need not all be in memory."""

    def __iter__(self) -> Iterator[Outcome]: ...


@dataclass(frozen=True)
class Sweep:
    """A finished sweep: what the workbook, the page, the JSON and the letters are made from. Both are in order of source."""

    run: Run
    files: tuple[Settled, ...]
    outcomes: Outcomes

    @property
    def counts(self) -> dict[str, int]:
        """How many files had each outcome; every outcome is named, and they add up to the number of files."""
        return {kind.value: sum(file.outcome is kind for file in self.files) for kind in OutcomeKind}
