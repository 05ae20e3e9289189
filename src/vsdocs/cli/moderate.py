"""`vsdocs moderate`: a person's grades beside the suggested ones, second readings, and how far readers agree."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from vsdocs.cli import sheet
from vsdocs.cli.day import Day
from vsdocs.cli.desk import Desk, judgement_of
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError
from vsdocs.judgement import Grade, Met
from vsdocs.moderation import Given, Moderation, agreement, sample, suggested
from vsdocs.outcome import Outcome

#: What a second reader may give a criterion; the other states are the machine's.
_STATES = {state.value.replace("_", " "): state for state in (Met.MET, Met.PARTLY, Met.NOT_MET, Met.NOT_APPLICABLE)}
_ALSO = {
    "partly met": Met.PARTLY,
    "does not apply": Met.NOT_APPLICABLE,
    "n/a": Met.NOT_APPLICABLE,
}  # as the workbook says it
_GRADES = click.Choice([grade.value for grade in reversed(Grade)], case_sensitive=False)

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_by = click.option("--by", "reader", required=True, help="Your name, as colleagues know you.")
_today = click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
_reason = click.option("--reason", default="", help="Why; needed where you differ from the suggestion.")


@click.group("moderate")
def command() -> None:
    """Give your own grade beside a suggested one. Letters and figures are made from grades that a person has given.

    PEPs are those of the last sweep, named by the id that their letters have.

    \b
    Example:
      vsdocs moderate list
    """


@command.command("list")
@store_options
@_json
def list_(store: ChosenStore, as_json: bool) -> ExitCode:
    """List the PEPs of the last sweep that nobody has moderated yet, the weakest first.

    \b
    Example:
      vsdocs moderate list
    """
    desk = Desk(store)
    waiting = [pep for sha256, pep in desk.peps.items() if sha256 not in desk.given]
    waiting.sort(key=lambda pep: (_rank(pep), pep.source))
    if as_json:
        click.echo(json.dumps([_listed(pep) for pep in waiting], ensure_ascii=False, indent=1))
        return ExitCode.DONE
    for pep in waiting:
        told = _listed(pep)
        click.echo(f"{told['id']}  {(told['suggested'] or 'no grade'):8}  {told['child']}  {told['source']}")
    click.echo(f"{len(waiting)} of {len(desk.peps)} PEPs are not moderated yet.", err=True)
    return ExitCode.DONE


@command.command("accept")
@click.argument("pep_id", metavar="ID")
@_by
@_reason
@_today
@store_options
def accept(pep_id: str, reader: str, reason: str, today: date | None, store: ChosenStore) -> ExitCode:
    """Accept the suggested grade of one PEP, once you have read why it was suggested. There is no accepting of all.

    \b
    Example:
      vsdocs moderate accept 3f2a9c --by "A Whitcombe"
    """
    desk = Desk(store)
    pep = desk.pep(pep_id)
    judgement = judgement_of(pep)
    if judgement.grade is None:
        raise UsageError("This PEP has no suggested grade to accept.", "Give one with `vsdocs moderate set`.")
    click.echo("\n".join(_reasons(pep)))
    desk.warn_of_others(pep)
    if not click.confirm(f"Have you read the PEP beside this, and is {judgement.grade.value.title()} right?"):
        click.echo("Nothing was kept.", err=True)
        return ExitCode.DONE
    offered = suggested(judgement)
    desk.keep([desk.moderation(pep, reader, today, Given(grade=offered.grade, areas=offered.areas), reason)])
    _say_what_next()
    return ExitCode.DONE


@command.command("set")
@click.argument("pep_id", metavar="[ID]", required=False)
@click.argument("grade", type=_GRADES, required=False)
@click.option("--area", "areas", multiple=True, metavar="AREA=GRADE", help="An area's grade; may be given again.")
@click.option(
    "--criterion", "criteria", multiple=True, metavar="ID=STATE", help="met, partly, not met, not applicable."
)
@click.option("--second", is_flag=True, help="A blind second reading: for agreement, not for the letter.")
@click.option(
    "--file", "filled_sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A filled sample."
)
@_by
@_reason
@_today
@store_options
def set_(
    pep_id: str | None,
    grade: str | None,
    areas: tuple[str, ...],
    criteria: tuple[str, ...],
    second: bool,
    filled_sheet: Path | None,
    reader: str,
    reason: str,
    today: date | None,
    store: ChosenStore,
) -> ExitCode:
    """Give one PEP your own grade, or take in the sheet of a second reader (--file).

    \b
    Examples:
      vsdocs moderate set 3f2a9c green --by "A Whitcombe" --reason "The move is planned in the EHCP"
      vsdocs moderate set --file second-reader.csv --by "B Sarkis"
    """
    desk = Desk(store)
    if filled_sheet is not None:
        found = list(_sheet(filled_sheet, desk, reader, today))
        if not found:
            raise UsageError(
                "No row of this sheet has an overall grade.", "Fill in some, save it as CSV UTF-8, try again."
            )
        desk.keep(found)
        click.echo(f"{len(found)} second reading{'' if len(found) == 1 else 's'} kept.", err=True)
        return ExitCode.DONE
    if pep_id is None or grade is None:
        raise UsageError("Which PEP, and which grade?", "Give an ID and a grade, or a filled sheet with --file.")
    pep = desk.pep(pep_id)
    given = Given(
        grade=desk.graded(grade),
        areas={name: desk.graded(word) for name, word in _pairs(areas, desk.areas)},
        criteria={name: _state(word) for name, word in _pairs(criteria, desk.criteria)},
    )
    if given.grade is not judgement_of(pep).grade and not reason.strip() and not second:
        raise UsageError("This differs from the suggestion, so it needs a reason.", 'Add --reason "…" and say why.')
    desk.warn_of_others(pep)
    desk.keep([desk.moderation(pep, reader, today, given, reason, second=second)])
    if not second:
        _say_what_next()
    return ExitCode.DONE


@command.command("sample")
@click.option(
    "--share", default=10.0, show_default=True, type=click.FloatRange(0, 100, min_open=True), help="Per cent."
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The sheet to fill (.csv).")
@store_options
def sample_(share: float, out: Path, store: ChosenStore) -> ExitCode:
    """Draw a random sample for a second reader: a sheet for Excel without any grade in it. The same sweep gives the same one.

    \b
    Example:
      vsdocs moderate sample --out second-reader.csv
    """
    from vsdocs import deliver

    desk = Desk(store)
    drawn = sample(desk.peps, share / 100, f"{desk.run.id}-{desk.run.today}")
    peps = [(desk.peps[sha256].id, desk.peps[sha256].source) for sha256 in drawn]
    text = sheet.blank([*desk.areas, *desk.criteria], peps)
    deliver.write_new({out: text.encode("utf-8-sig")})
    click.echo(
        f"{len(drawn)} of {len(desk.peps)} PEPs drawn. The reader fills in gold, green, amber or red, and for criteria "
        f"{', '.join(_STATES)}; blanks are left out. Then: vsdocs moderate set --file …",
        err=True,
    )
    return ExitCode.DONE


@command.command("agreement")
@store_options
@_json
def agreement_(store: ChosenStore, as_json: bool) -> ExitCode:
    """Show how far moderator, second reader and suggestion agree, overall, by area and by criterion.

    Kappa is quadratic-weighted: 1 is full agreement, 0 what chance would give. A moderator has seen the suggestion,
    so only a second reading tells how far the suggestion stands by itself.

    \b
    Example:
      vsdocs moderate agreement
    """
    desk = Desk(store)
    found = agreement(desk.moderations)
    if as_json:
        click.echo(json.dumps([one.model_dump(mode="json") for one in found], ensure_ascii=False, indent=1))
        return ExitCode.DONE
    between = ""
    for one in found:
        if one.between != between:
            between = one.between
            click.echo(f"{between[:1].upper()}{between[1:]}")
        weighted = "kappa –" if one.kappa is None else f"kappa {one.kappa:.2f}"
        click.echo(f"  {one.of:28} PEPs {one.peps:4}  exact {one.exact:4.0%}  {weighted}")
    if not found:
        click.echo("Nobody has moderated anything yet.", err=True)
    return ExitCode.DONE


def _rank(pep: Outcome) -> int:
    grade = judgement_of(pep).grade
    return -1 if grade is None else grade.rank


def _listed(pep: Outcome) -> dict[str, Any]:
    judgement = judgement_of(pep)
    child = f"{judgement.child.initials}, year {judgement.child.year_group or '?'}"
    grade = judgement.grade.value if judgement.grade else None
    return {"id": pep.id, "suggested": grade, "child": child, "source": pep.source}


def _reasons(pep: Outcome) -> list[str]:
    """What a moderator reads before accepting: the rule, the areas, what is weak with the PEP's words, the flags."""
    judgement = judgement_of(pep)
    lines = [f"{pep.source}: {judgement.rule}."]
    lines += [f"  {area.title}: {area.grade.value.title() if area.grade else 'no grade'}" for area in judgement.areas]
    for finding in judgement.criteria:
        if finding.state in (Met.NOT_MET, Met.PARTLY):
            lines.append(f"  {finding.state.value.replace('_', ' ')}: {finding.title}. {' '.join(finding.reasons)}")
    return lines + [f"  {flag.severity}: {flag.message}" for flag in judgement.flags]


def _say_what_next() -> None:
    click.echo(
        "Kept. `vsdocs letter` writes the letter with your grade; the same sweep command again brings it into page and workbook.",
        err=True,
    )


def _pairs(given: tuple[str, ...], known: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for one in given:
        name, sign, word = one.partition("=")
        if not sign:
            raise UsageError(f"{name!r} says no grade or state.", "Write it as NAME=GRADE.")
        if name not in known:
            from vsdocs.packs import did_you_mean

            some = ", ".join(known[:8]) + (", …" if len(known) > 8 else "")
            raise UsageError(f"There is no {name!r} in this rubric{did_you_mean(name, known)}.", f"There are: {some}.")
        pairs.append((name, word))
    return pairs


def _state(word: str) -> Met:
    try:
        return (_STATES | _ALSO)[word.strip().lower().replace("_", " ")]
    except KeyError:
        raise UsageError(f"{word!r} is not a state.", f"States are {', '.join(_STATES)}.") from None


def _sheet(path: Path, desk: Desk, reader: str, today: date | None) -> Iterable[Moderation]:
    """The second readings of a filled sheet; a row without an overall grade was not read."""
    for number, filled in sheet.filled(path):
        if "overall" not in filled or "id" not in filled:
            continue
        try:
            given = Given(
                grade=desk.graded(filled["overall"]),
                areas={name: desk.graded(filled[name]) for name in desk.areas if name in filled},
                criteria={name: _state(filled[name]) for name in desk.criteria if name in filled},
            )
            yield desk.moderation(desk.pep(filled["id"]), reader, today, given, second=True)
        except UsageError as error:
            raise UsageError(f"Row {number}: {error.message}", error.advice) from None
