"""The plans that were swept, beside those of the data tables: what the reports count PEPs from."""

from collections.abc import Mapping
from datetime import date

import click

from vsdocs.cohort import swept
from vsdocs.cohort.child import Child
from vsdocs.cohort.folder import Tables
from vsdocs.cohort.match import Roll
from vsdocs.cohort.rows import Pep
from vsdocs.dates import parse_iso
from vsdocs.moderation import standing
from vsdocs.store import Store


def with_swept(tables: Tables, store: Store, children: Mapping[str, Child], day: date) -> Tables:
    """The tables with every plan that was ever swept among their PEPs; says how many are not surely anybody's."""
    plans, unsure = _swept(store, children, day)
    if unsure:
        click.echo(
            f"{unsure} graded PEPs are left out: it is not sure whose they are. See `vsdocs roll match`.", err=True
        )
    return Tables({**tables.rows, "peps": swept.together(tables.of(Pep), plans)}) if plans else tables


def _swept(store: Store, children: Mapping[str, Child], day: date) -> tuple[list[Pep], int]:
    """Every plan that was ever swept and is surely a child's, with the grade that a person gave it; how many are not sure."""
    roll, settled = Roll(children.values()), store.roll.settled()
    seen: set[str] = set()
    plans: list[Pep] = []
    unsure = 0
    for run, _ in store.reports():
        given = standing(store.moderations(run.rubric))
        files = [file for file in store.files(run).values() if file.is_read and file.sha256 not in seen]
        seen |= {file.sha256 for file in files}
        for file, pep, _judged in store.loaded(run, tuple(files)):
            if pep is None:
                continue
            match = roll.whose(pep.record)
            known = settled.get(file.sha256, match.child.reference if match.child else None)
            met = parse_iso(pep.record.meeting.date)
            if not known or known not in children:
                unsure += known is None
            elif met is not None and len(pep.record.meeting.date or "") == 10 and met <= day:
                moderation = given.get(file.sha256)
                grade = moderation.given.grade if moderation else None
                plans.append(Pep(reference=known, met=met.isoformat(), grade=grade.value if grade else None))
    return plans, unsure
