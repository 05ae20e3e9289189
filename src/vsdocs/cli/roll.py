"""`vsdocs roll`: who is on the virtual school's roll, and which PEP is whose."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli.day import Day
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from vsdocs.cohort.roll import Change, Changes
    from vsdocs.store import Store

_MOST = 30  # children told one by one; --json has them all
_NAMES = ("forename", "surname", "used_name", "alias")

_today = click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group("roll")
def command() -> None:
    """Keep the roll: every child in care, where they learn and who looks after their education.

    Children are named by the reference that the social care database has for them. Who leaves stays on record.

    \b
    Example:
      vsdocs roll import "Roll November 2026.xlsx"
    """


@command.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--ssda903",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the CSVs of an SSDA903 return, instead of FILE.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and keep nothing.")
@click.option("--columns", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your own column names.")
@_today
@store_options
@_json
def import_(
    file: Path | None,
    folder: Path | None,
    dry_run: bool,
    columns: Path | None,
    today: date | None,
    store: ChosenStore,
    as_json: bool,
) -> ExitCode:
    """Lay the whole list of children in FILE (.csv or .xlsx) over the roll. Whoever is not in it any more has left.

    What an SSDA903 return tells is laid over the roll as well; nobody leaves it by not being in a return. Every slip is told
    by row and column, and nothing is kept until there is none.

    \b
    Example:
      vsdocs roll import "Roll November 2026.xlsx" --dry-run
    """
    from vsdocs.cohort import columns as tables
    from vsdocs.cohort import roll, sheet, ssda903
    from vsdocs.cohort.child import Child

    if (file is None) == (folder is None):
        raise UsageError("Which list is to be imported?", "Give a file, or --ssda903 and a folder.")
    day = today or date.today()
    unused: tuple[str, ...] = ()
    if file is not None:
        table = tables.understood(sheet.read(file), Child, tables.load("roll", Child, columns), day)
        opened, unused = _opened(store, new=True), table.unused
        changes = roll.compared(opened.roll.children(), table.rows, day)
    else:
        assert folder is not None
        listed = ssda903.children(ssda903.read(folder, day))
        opened = _opened(store, new=True)
        changes = roll.supplemented(opened.roll.children(), listed, day)
    told = _told(changes, unused)
    if as_json:
        click.echo(json.dumps(told, indent=1))
    else:
        click.echo("\n".join(_lines(told, dry_run)))
    if dry_run:
        click.echo("Nothing was kept.", err=True)
        return ExitCode.DONE
    questions = []
    if changes.doubts:
        questions.append(
            "These rows seem to be of other children than until now. Did you look at each, and is it right?"
        )
    if changes.many_gone:
        questions.append(f"{len(changes.removed)} children would leave the roll at once. Is this the whole list?")
    if not all(click.confirm(question, err=True) for question in questions):
        click.echo("Nothing was kept.", err=True)
        return ExitCode.DONE
    touched = {*changes.added, *changes.changed, *changes.removed}
    opened.roll.save((child for child in changes.rows if child.reference in touched), day.isoformat())
    return ExitCode.DONE


@command.command("list")
@click.option("--all", "everybody", is_flag=True, help="Those who have left as well.")
@store_options
@_json
def list_(everybody: bool, store: ChosenStore, as_json: bool) -> ExitCode:
    """List the children on the roll.

    \b
    Example:
      vsdocs roll list
    """
    children = [child for child in _opened(store).roll.children().values() if everybody or not child.left_care]
    if as_json:
        click.echo(json.dumps([child.model_dump() for child in children], ensure_ascii=False, indent=1))
        return ExitCode.DONE
    for child in children:
        left = f"  left {child.left_care}" if child.left_care else ""
        name = ", ".join(filter(None, (child.surname, child.used_name or child.forename))) or "no name known"
        click.echo(f"{child.reference:12} {name:32} {child.school or 'no school known'}{left}")
    click.echo(f"{len(children)} children.", err=True)
    return ExitCode.DONE


@command.command("match")
@click.argument("pep_id", metavar="[ID]", required=False)
@click.argument("reference", metavar="[REFERENCE]", required=False)
@click.option("--nobody", is_flag=True, help="Settle that this PEP belongs to nobody on the roll.")
@_today
@store_options
@_json
def match_(
    pep_id: str | None, reference: str | None, nobody: bool, today: date | None, store: ChosenStore, as_json: bool
) -> ExitCode:
    """Show the PEPs of the last sweep that are not surely somebody's, or settle whose one is.

    A PEP is a child's by UPN, else by name and date of birth. Where that leaves a doubt, a person says.

    \b
    Example:
      vsdocs roll match
      vsdocs roll match 3f2a9c M104233
    """
    from vsdocs.cli.desk import Desk

    desk = Desk(store)
    if pep_id is not None:
        pep = desk.pep(pep_id)
        assert pep.extraction is not None
        if (reference is None) == (not nobody):
            raise UsageError("Whose PEP is it?", "Give the child's reference, or --nobody.")
        children = {child.lstrip("0"): child for child in desk.store.roll.children()}
        if reference is not None and reference.lstrip("0") not in children:
            raise UsageError("No child on the roll has this reference.", "`vsdocs roll list` shows them.")
        known = children[reference.lstrip("0")] if reference is not None else ""
        if not _agreed(desk, pep.extraction, known):
            click.echo("Nothing was kept.", err=True)
            return ExitCode.DONE
        desk.store.roll.settle(pep.extraction.sha256, known, (today or date.today()).isoformat())
        click.echo("Kept.", err=True)
        return ExitCode.DONE
    unsure = [one for one in _matched(desk) if one["by"] in ("unsure", "nobody") or one["settled"]]
    if as_json:
        click.echo(json.dumps(unsure, ensure_ascii=False, indent=1))
        return ExitCode.DONE
    for one in unsure:
        near = f" Near: {', '.join(one['near'])}." if one["near"] else ""
        click.echo(f"{one['id']}  {one['child']:24} {one['why']}.{near}")
    open_ = sum(not one["settled"] for one in unsure)
    click.echo(f"Not surely a child's on the roll: {open_} of {len(desk.peps)} PEPs.", err=True)
    return ExitCode.DONE


def _agreed(desk: Any, pep: Any, reference: str) -> bool:
    """Whether a person means it, with the plan's child and the roll's side by side."""
    told, child = pep.record.child, desk.store.roll.children().get(reference)
    click.echo(f"The PEP:  {told.surname or '?'}, {told.forename or '?'}, born {told.date_of_birth or '?'}")
    if child is None:
        return click.confirm("Is this nobody's on the roll?")
    click.echo(f"The roll: {child.surname or '?'}, {child.forename or '?'}, born {child.date_of_birth}")
    return click.confirm("Are these one child?")


def _matched(desk: Any) -> list[dict[str, Any]]:
    """Each PEP of the sweep with whose it is."""
    from vsdocs.cohort.match import Roll

    roll, settled = Roll(desk.store.roll.children().values()), desk.store.roll.settled()
    found = []
    for sha256, pep in desk.peps.items():
        match = roll.whose(pep.extraction.record)
        by, why, near = str(match.by), match.why, list(match.near)
        reference = match.child.reference if match.child else None
        if sha256 in settled:
            reference = settled[sha256] or None
            whom = f"it is {reference}'s" if reference else "it is nobody's on the roll"
            by, why, near = "a person", f"a person has settled that {whom}; give the command again to change it", []
        child = pep.extraction.record.child
        name = f"{child.surname or '?'}, {child.forename or '?'}"
        found.append(
            {
                "id": pep.id,
                "child": name,
                "by": by,
                "reference": reference,
                "why": why,
                "near": near,
                "settled": sha256 in settled,
            }
        )
    return found


def _opened(store: ChosenStore, new: bool = False) -> "Store":
    opened = store.open(new=new)
    click.get_current_context().call_on_close(opened.close)
    return opened


def _told(changes: "Changes", unused: tuple[str, ...]) -> dict[str, Any]:
    on_roll = [child for child in changes.rows if not child.left_care]
    return {
        "children": len(on_roll),
        "added": list(changes.added),
        "removed": list(changes.removed),
        "changed": list(changes.changed),
        "fields": {reference: _fields(of) for reference, of in changes.fields.items()},
        "doubts": [{"reference": doubt.reference, "why": doubt.why} for doubt in changes.doubts],
        "late": [{"reference": late.reference, "working_days": late.working_days} for late in changes.late],
        "columns_left_alone": list(unused),
    }


def _fields(changes: Iterable["Change"]) -> dict[str, Any]:
    """field -> what it was and is. A child's own name is not shown, only that it is another."""
    return {one.field: "another" if one.field in _NAMES else [one.was, one.now] for one in changes}


def _lines(told: dict[str, Any], dry_run: bool) -> list[str]:
    lines = [f"{told['children']} children {'would be' if dry_run else 'are'} on the roll."]
    for what in ("added", "removed", "changed"):
        if told[what]:
            more = " …" if len(told[what]) > _MOST else ""
            lines.append(f"{len(told[what])} {what}: {', '.join(told[what][:_MOST])}{more}")
        if what == "changed":
            lines += [f"  {reference}: {_changed(told['fields'][reference])}" for reference in told[what][:_MOST]]
    lines += [f"CHECK: {doubt['reference']} {doubt['why']}." for doubt in told["doubts"]]
    if told["late"]:
        late = ", ".join(f"{one['reference']} after {one['working_days']} working days" for one in told["late"][:30])
        lines.append(f"Later than three working days: {late}")
    if told["columns_left_alone"]:
        lines.append(f"Columns that were left alone: {', '.join(told['columns_left_alone'])}")
    return lines


def _changed(fields: dict[str, Any]) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')} {'is another' if pair == 'another' else f'{_value(pair[0])} → {_value(pair[1])}'}"
        for name, pair in fields.items()
    )


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
