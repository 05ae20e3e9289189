"""`vsdocs due`: what is due for each child, by when and why; and which PEPs never came."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.cli.day import Day
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import CannotWriteError, ExitCode, UsageError
from vsdocs.settings import DEFAULT_RUBRIC

if TYPE_CHECKING:
    from vsdocs.cohort.deadlines import Due, Found, Rules
    from vsdocs.settings import Settings, Term

_WITHIN = 30  # days
_MOST_TOLD = 20  # children of whom one thing could not be told
_WITHOUT_ROLL = (
    "There is no roll yet, so this is of the PEPs that were read alone. With a roll (`vsdocs roll import`) it also says whose "
    "first PEP or term's PEP never came, who has met nobody in person, and what a change of school asks for."
)


@click.command("due")
@click.option("--vsl", metavar="NAME", help="Only the children of this virtual school lead.")
@click.option(
    "--term", metavar="NAME", help="Only whose PEP of this term came and whose never did, such as 'Autumn 2026'."
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with data tables: PEPs, schools, suspensions (docs/figures.md).",
)
@click.option(
    "--within",
    type=click.IntRange(0, 1000),
    default=_WITHIN,
    show_default=True,
    metavar="DAYS",
    help="How far to look ahead.",
)
@click.option("--rubric", "rubric_id", help="Whose figures to count by. Default: the rubric of the last sweep.")
@click.option(
    "--ics", type=click.Path(dir_okay=False, path_type=Path), help="Write the days to a calendar file as well."
)
@click.option("--names", is_flag=True, help="Print the children's names beside their references.")
@click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
@store_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with what is done already.")
def command(
    vsl: str | None,
    term: str | None,
    data: Path | None,
    within: int,
    rubric_id: str | None,
    ics: Path | None,
    names: bool,
    today: date | None,
    store: ChosenStore,
    as_json: bool,
) -> ExitCode:
    """List what is due for each child, what is overdue first, each with why and who asks for it.

    Counted from the roll, from every PEP that was ever read and from the data tables, by the figures of the rubric
    (`deadlines:`) and the terms in vsdocs.toml. No name is printed without --names.

    \b
    Example:
      vsdocs due --vsl "Denise Pugh" --within 14
      vsdocs due --term "Autumn 2026"
      vsdocs due --ics deadlines.ics
    """
    from vsdocs import rubric, settings
    from vsdocs.cli.known_plans import known_plans, rules_of
    from vsdocs.cohort import folder
    from vsdocs.cohort.deadlines import deadlines

    day, known = today or date.today(), settings.load()
    opened = store.open()
    click.get_current_context().call_on_close(opened.close)
    last = opened.latest()
    asked = rubric.load(rubric_id or (last.rubric if last else DEFAULT_RUBRIC))
    rules = rules_of(asked, known, day)
    only = _term(term, rules, known) if term else None
    children = opened.roll.children()
    tables = folder.read(data, children, day) if data else folder.Tables({})
    notes: list[str] = [] if children else [_WITHOUT_ROLL]
    plans = list(known_plans(opened, day, notes))
    if not children and not plans:
        click.echo(
            "Nothing is known yet: import the roll (`vsdocs roll import`) or sweep a folder of PEPs (`vsdocs sweep`).",
            err=True,
        )
        return ExitCode.DONE
    if only and not children:
        raise UsageError("Which PEPs never came can only be told with a roll.", "Run `vsdocs roll import` first.")
    found = deadlines(children.values(), plans, rules, tables, only)
    wanted = _of_lead(found, vsl) if vsl else set(found.known)
    until = day + timedelta(days=within)
    dues = [due for due in found.dues if due.child in wanted]
    open_ = [due for due in dues if due.state != "done" and (only or due.state == "overdue" or due.day <= until)]
    untold = [one for one in found.untold if one.child in wanted or (not vsl and one.child not in found.known)]
    notes += found.notes
    if as_json:
        shown = [_object(due, found, names) for due in (*open_, *(due for due in dues if due.state == "done"))]
        told = {
            "today": day.isoformat(), "rubric": asked.id, "due": shown,
            "not_told": [{"child": one.child, "why": one.why} for one in untold], "notes": notes,
        }  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(open_, found, names)), nl=bool(open_))
        _say_the_rest(dues, open_, untold, notes, within)
    if ics:
        _write(ics, open_, known, day)
    return ExitCode.DONE


def _term(name: str, rules: "Rules", known: "Settings") -> "Term":
    """The term of this name: this year's, last year's or next year's."""
    from vsdocs.packs import did_you_mean

    terms = {term.name.casefold(): term for term in (*rules.calendar.around(rules.today), *known.term)}
    found = terms.get(" ".join(name.split()).casefold())
    if found is None:
        near = did_you_mean(name, [term.name for term in terms.values()])
        told = ", ".join(term.name for term in sorted(terms.values(), key=lambda term: term.begins))
        raise UsageError(f"There is no term called {name!r}{near}.", f"There are: {told}.")
    if found.begins > rules.today:
        raise UsageError("This term has not begun yet.", "Nobody can have missed its PEP.")
    return found


def _of_lead(found: "Found", name: str) -> set[str]:
    """The references of a lead's children. Raises UsageError where nobody has such a lead."""
    from vsdocs.cohort.match import plain
    from vsdocs.packs import did_you_mean

    wanted = set(plain(name).split())
    own = {
        reference
        for reference, one in found.known.items()
        if wanted and one.lead and wanted <= set(plain(one.lead).split())
    }
    if not own:
        leads = sorted({one.lead for one in found.known.values() if one.lead})
        told = (
            f"Leads are: {', '.join(leads[:20])}."
            if leads
            else "No lead is known of any child: the roll has a column for it."
        )
        raise UsageError(f"No child has a lead called {name!r}{did_you_mean(name, leads)}.", told)
    return own


def _lines(dues: list["Due"], found: "Found", names: bool) -> Iterator[str]:
    from vsdocs.dates import in_words

    heading = ""
    for due in dues:
        if heading != (heading := "Overdue" if due.state == "overdue" else "Due"):
            yield f"{heading} ({sum(one.state == due.state for one in dues)})"
        late = f" ({due.late} working {'day' if due.late == 1 else 'days'} ago)" if due.late else ""
        yield f"  {in_words(due.day)}{late}  {_whose(due, found, names)}  {due.what}"
        yield f"      {due.why}. Source: {due.authority}."
        if due.step:
            yield f"      Step to take: {due.step}."


def _whose(due: "Due", found: "Found", names: bool) -> str:
    one = found.known[due.child]
    name = f"{one.initials}{f' ({one.name})' if names and one.name else ''}"
    return ", ".join(filter(None, (f"{due.child} {name}", one.school)))


def _say_the_rest(dues: list["Due"], shown: list["Due"], untold: Any, notes: list[str], within: int) -> None:
    done, later = (
        sum(due.state == "done" for due in dues),
        sum(due.state == "due" for due in dues) - sum(due.state == "due" for due in shown),
    )
    overdue = sum(due.state == "overdue" for due in shown)
    rest = f"; {later} more later than {within} days from now (--within)" if later else ""
    click.echo(f"{overdue} overdue, {len(shown) - overdue} due, {done} done{rest}.", err=True)
    why: dict[str, list[str]] = {}
    for one in untold:
        why.setdefault(one.why, []).append(one.child)
    for words, who in why.items():
        more = f" and {len(who) - _MOST_TOLD} more (--json has them all)" if len(who) > _MOST_TOLD else ""
        click.echo(f"{words[:1].upper()}{words[1:]}: {', '.join(who[:_MOST_TOLD])}{more}.", err=True)
    for note in notes:
        click.echo(f"{note.rstrip('.')}.", err=True)


def _object(due: "Due", found: "Found", names: bool) -> dict[str, Any]:
    one = found.known[due.child]
    told: dict[str, Any] = {
        "kind": due.kind.value, "what": due.what, "child": due.child, "initials": one.initials, "school": one.school,
        "lead": one.lead, "due": due.day.isoformat(), "state": due.state.value, "working_days_overdue": due.late,
        "since": due.since.isoformat() if due.since else None, "done": due.done.isoformat() if due.done else None,
        "why": due.why, "authority": due.authority, "step_to_take": due.step or None, "pep": due.pep or None,
    }  # fmt: skip
    return told | ({"name": one.name} if names else {})


def _write(path: Path, dues: list["Due"], known: "Settings", today: date) -> None:
    from vsdocs.dates import in_words
    from vsdocs.generate.post import calendar

    entries = []
    for due in dues:
        late = due.state == "overdue"  # nobody looks at last month: it stands today, and says since when
        title = f"{due.what}: {due.child}{f', overdue since {in_words(due.day)}' if late else ''}"
        uid_of = f"due {due.kind} {due.child} {due.since}"
        told = f"{due.why}. {due.authority}.{f' Step to take: {due.step}.' if due.step else ''}"
        entries.append(calendar.Day(uid_of, title, today if late else due.day, told))
    try:
        path.write_bytes(calendar.days(entries, known, today))
    except OSError as error:
        raise CannotWriteError(
            f"The calendar file could not be written ({error.strerror}).", "Check the path given with --ics."
        ) from None
    click.echo(f"{len(entries)} days are in the calendar file.", err=True)
