"""A whole sweep at a glance: a line for each file, and what is weak across them. Gathered in one pass, and small to keep."""

from dataclasses import dataclass

from vsdocs.generate import listing
from vsdocs.generate.listing import Entry
from vsdocs.generate.themes import Theme, Themes
from vsdocs.judgement import Grade
from vsdocs.outcome import OutcomeKind, Problem, Sweep
from vsdocs.record import Role


@dataclass(frozen=True, slots=True)
class Line:
    """What the lists show of one entry."""

    id: str
    sources: tuple[str, ...]
    surname: str
    forename: str
    child: str
    school: str
    year_group: str
    lead: str
    outcome: OutcomeKind
    is_pep: bool
    is_judged: bool
    is_moderated: bool
    grade: Grade | None
    areas: dict[str, Grade | None]
    trouble: OutcomeKind | None
    problem: Problem | None
    ungraded: dict[str, list[str]]

    @classmethod
    def of(cls, entry: Entry) -> "Line":
        judgement = entry.judgement
        return cls(
            id=entry.id,
            sources=entry.sources,
            surname=entry.surname,
            forename=entry.forename,
            child=entry.child,
            school=entry.school,
            year_group=entry.year_group,
            lead=entry.contact(Role.VIRTUAL_SCHOOL_LEAD),
            outcome=entry.outcome.outcome,
            is_pep=entry.pep is not None,
            is_judged=judgement is not None,
            is_moderated=entry.moderation is not None,
            grade=entry.grade,
            areas={area.id: area.grade for area in judgement.areas} if judgement else {},
            trouble=entry.trouble,
            problem=entry.problem,
            ungraded=entry.ungraded,
        )


@dataclass(frozen=True)
class Overview:
    """`lines` are in the order of the children's surnames; `areas` are titles by id, in the order of the rubric."""

    lines: tuple[Line, ...]
    areas: dict[str, str]
    themes: tuple[Theme, ...]

    @property
    def peps(self) -> tuple[Line, ...]:
        """The lines that hold a PEP's record."""
        return tuple(line for line in self.lines if line.is_pep)

    @property
    def for_a_person(self) -> tuple[Line, ...]:
        """The lines that a person must look at before the sweep is done, those of one kind of trouble together."""
        return tuple(sorted((line for line in self.lines if line.problem), key=_trouble))


def overview(sweep: Sweep) -> Overview:
    lines: list[Line] = []
    areas: dict[str, str] = {}
    themes = Themes()
    for entry in listing.entries(sweep):
        lines.append(Line.of(entry))
        areas |= {a.id: a.title for a in (entry.judgement.areas if entry.judgement else ())}
        themes.add(entry)
    lines.sort(key=lambda line: (line.surname.casefold(), line.forename.casefold(), line.sources))
    return Overview(tuple(lines), areas, themes.found())


def _trouble(line: Line) -> tuple[int, str]:
    kinds = list(OutcomeKind)
    return kinds.index(line.trouble or line.outcome), line.problem.code if line.problem else ""
