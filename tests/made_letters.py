"""Letters for tests, and what they are made from: settings of a council, what a person gave, a store with a sweep."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from vsdocs import rubric
from vsdocs.cohort.deadlines import Due, Plan, Rules, State, deadlines, is_plan_of_arranged
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.judgement import Grade, Judgement
from vsdocs.moderation import Given, Moderation, suggested
from vsdocs.outcome import OutcomeKind, Run, RunReport, Settled
from vsdocs.record import Extraction
from vsdocs.settings import Settings
from vsdocs.store import Made, Store

TODAY = date(2026, 11, 22)


def render(
    pep: Extraction,
    judgement: Judgement,
    today: date,
    template: Path | None = None,
    moderation: Moderation | None = None,
) -> bytes:
    return feedback.render(Case(pep, today, Settings(), judgement, moderation), template).docx


def accepted(pep: Extraction, judgement: Judgement, grade: Grade | None = None, **given: Any) -> Moderation:
    """What a person gave: the suggestion, or another grade."""
    offered = suggested(judgement)
    chosen = Given(grade=grade or offered.grade, areas=given.pop("areas", offered.areas), **given.pop("also", {}))
    fixed = {"sha256": pep.sha256, "rubric": judgement.rubric.id, "reader": "A Whitcombe", "day": "2026-11-20"}
    return Moderation(**fixed, given=chosen, suggested=offered, **given)


def late_of(pep: Extraction, today: date = TODAY) -> Due | None:
    """The plan of an arranged meeting that has not come, by what this PEP alone says."""
    plan = Plan.of_record(pep.id, pep.record, None, today, today)
    found = deadlines([], [plan], Rules(today, deadlines=rubric.load("dorset-2025-26").deadlines))
    return next(filter(is_plan_of_arranged, found.in_state(State.OVERDUE)), None)


OURS = Settings.model_validate(
    {
        "authority": {
            "name": "Brightwater Council",
            "number": "838",
            "address": ["County Hall", "Brightwater BR1 1AA"],
            "telephone": "01632 960000",
            "email": "virtualschool@brightwater.example",
        },
        "post": {"practice": "me@brightwater.example"},
    }
)


def kept(path: Path, *peps: Extraction, moderated: Iterable[Extraction] = (), folder: str = "/peps") -> str:
    """A store at `path` with one finished sweep of these PEPs, of which a person has accepted some; its run's id."""
    store = Store(f"sqlite:///{path}")
    rules = rubric.load("dorset-2025-26")
    wanted = Run(id="", today=TODAY.isoformat(), rubric="dorset-2025-26", rubric_version="1", reader="r")
    run = store.begin(folder, "/out", wanted, any_day=False)
    judged = {pep.sha256: rubric.score(pep, rules, TODAY) for pep in peps}
    kind = OutcomeKind.GRADED
    for pep in peps:
        bare, judgement = pep.model_copy(update={"source": ""}), judged[pep.sha256].model_copy(update={"source": ""})
        store.save(run, Made(Settled(pep.source, pep.sha256, kind), bare.packed(), judgement.packed(), kind))
    store.finish(run, RunReport(files=len(peps), seconds=1.0, counts={}))
    if given := [accepted(pep, judged[pep.sha256]) for pep in moderated]:
        store.moderate(given)
    store.close()
    return run.id
