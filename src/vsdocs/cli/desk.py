"""A sweep of a store, the last one if none is named, as a moderator has it before them."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import click

from vsdocs.cli.store_key import ChosenStore
from vsdocs.errors import UsageError
from vsdocs.judgement import Grade, Judgement
from vsdocs.moderation import Given, Moderation, standing, suggested
from vsdocs.outcome import Outcome, Run
from vsdocs.timing import Deadlines

if TYPE_CHECKING:
    from vsdocs.rubric import Rubric


class Desk:
    """The PEPs of a sweep, and what people have given them so far."""

    def __init__(self, store: ChosenStore, run_id: str | None = None) -> None:
        self.store = store.open()
        click.get_current_context().call_on_close(self.store.close)
        run = self.store.latest() if run_id is None else self.store.run(run_id)
        if run is None and run_id is not None:
            raise UsageError("No finished sweep has this id.", "`vsdocs runs` lists them.")
        if run is None:
            raise UsageError("No sweep has been finished with this store.", "Run `vsdocs sweep` first.")
        self.run: Run = run
        self.peps = {pep.extraction.sha256: pep for pep in self.store.graded(run) if pep.extraction}
        self.moderations = self.store.moderations(run.rubric)
        self.given = standing(self.moderations)

    @cached_property
    def rubric(self) -> "Rubric":
        """The rubric of the sweep."""
        from vsdocs import rubric

        return rubric.load(self.run.rubric)

    @property
    def rules(self) -> Deadlines:
        """When things are due, by the rubric of the sweep."""
        return self.rubric.deadlines

    @property
    def areas(self) -> list[str]:
        return list(dict.fromkeys(area.id for pep in self.peps.values() for area in judgement_of(pep).areas))

    @property
    def criteria(self) -> list[str]:
        return list(dict.fromkeys(finding.id for pep in self.peps.values() for finding in judgement_of(pep).criteria))

    def pep(self, pep_id: str) -> Outcome:
        """The one PEP whose id begins so."""
        found = [pep for pep in self.peps.values() if pep.id.startswith(pep_id.lower())]
        if len(found) != 1:
            told = "No PEP of the last sweep has" if not found else f"{len(found)} PEPs of the last sweep have"
            raise UsageError(f"{told} an id that begins so.", "`vsdocs moderate list` shows the ids.")
        return found[0]

    def graded(self, word: str) -> Grade:
        """A grade as a person writes it, if this sweep's rubric gives such a grade at all."""
        grade, best = grade_of(word), self.rubric.best
        if grade.rank > best.rank:
            raise UsageError(f"The best grade of this rubric is {best.value.title()}.", "Give that or a lower one.")
        return grade

    def moderation(
        self, pep: Outcome, reader: str, today: date | None, given: Given, reason: str = "", *, second: bool = False
    ) -> Moderation:
        assert pep.extraction is not None
        name, stands = " ".join(reader.split()), self.given.get(pep.extraction.sha256)
        if not name:
            raise UsageError("Who gives this grade?", 'Add --by "your name".')
        if second and stands is not None and stands.reader.casefold() == name.casefold():
            raise UsageError("You have graded this PEP already, so this is no second reading.", "Ask a colleague.")
        return Moderation(
            sha256=pep.extraction.sha256,
            rubric=self.run.rubric,
            reader=name,
            day=(today or date.today()).isoformat(),
            second=second,
            given=given,
            suggested=suggested(judgement_of(pep)),
            reason=" ".join(reason.split()),
        )

    def warn_of_others(self, pep: Outcome) -> None:
        """Say whose grade a new one takes the place of; both are kept."""
        stands = self.given.get(pep.extraction.sha256) if pep.extraction else None
        if stands is not None and stands.given.grade is not None:
            grade, reason = stands.given.grade.value.title(), f": {stands.reason}" if stands.reason else ""
            click.echo(
                f"{stands.reader} gave this PEP {grade} on {stands.day}{reason}. It is kept; yours counts now.",
                err=True,
            )

    def keep(self, moderations: Iterable[Moderation]) -> None:
        self.store.moderate(moderations)


def judgement_of(pep: Outcome) -> Judgement:
    assert pep.judgement is not None
    return pep.judgement


def grade_of(word: str) -> Grade:
    try:
        return Grade(word.strip().lower())
    except ValueError:
        raise UsageError(f"{word!r} is not a grade.", f"Grades are {', '.join(reversed(Grade))}.") from None
