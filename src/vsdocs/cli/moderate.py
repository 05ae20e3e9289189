"""`vsdocs moderate`: a person's grades beside the suggested ones, second readings, and how far readers agree."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from vsdocs.cli.day import Day
from vsdocs.errors import ExitCode, UsageError
from vsdocs.judgement import Grade, Judgement, Met
from vsdocs.moderation import Given, Moderation, agreement, sample, standing, suggested
from vsdocs.outcome import Outcome, Run
from vsdocs.settings import default_store
from vsdocs.store import Store, url_of

#: What a second reader may give a criterion; the other states are the machine's.
_STATES = {state.value.replace("_", " "): state for state in (Met.MET, Met.PARTLY, Met.NOT_MET, Met.NOT_APPLICABLE)}
_GRADES = click.Choice([grade.value for grade in reversed(Grade)], case_sensitive=False)

_store = click.option("--store", "store_at", help="Path or URL of the store. Default: a file in your own data folder.")
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
@_store
@_json
def list_(store_at: str | None, as_json: bool) -> ExitCode:
    """List the PEPs of the last sweep that nobody has moderated yet, the weakest first.

    \b
    Example:
      vsdocs moderate list
    """
    desk = _Desk(store_at)
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
@_store
def accept(pep_id: str, reader: str, reason: str, today: date | None, store_at: str | None) -> ExitCode:
    """Accept the suggested grade of one PEP, once you have read why it was suggested. There is no accepting of all.

    \b
    Example:
      vsdocs moderate accept 3f2a9c --by "A Whitcombe"
    """
    desk = _Desk(store_at)
    pep = desk.pep(pep_id)
    judgement = _judgement(pep)
    if judgement.grade is None:
        raise UsageError("This PEP has no suggested grade to accept.", "Give one with `vsdocs moderate set`.")
    click.echo("\n".join(_reasons(pep)))
    click.confirm(f"Have you read the PEP beside this, and is {judgement.grade.value.title()} right?", abort=True)
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
@click.option("--file", "sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A filled sample.")
@_by
@_reason
@_today
@_store
def set_(
    pep_id: str | None,
    grade: str | None,
    areas: tuple[str, ...],
    criteria: tuple[str, ...],
    second: bool,
    sheet: Path | None,
    reader: str,
    reason: str,
    today: date | None,
    store_at: str | None,
) -> ExitCode:
    """Give one PEP your own grade, or take in the sheet of a second reader (--file).

    \b
    Examples:
      vsdocs moderate set 3f2a9c green --by "A Whitcombe" --reason "The move is planned in the EHCP"
      vsdocs moderate set --file second-reader.csv --by "B Sarkis"
    """
    desk = _Desk(store_at)
    if sheet is not None:
        found = list(_sheet(sheet, desk, reader, today))
        desk.keep(found)
        click.echo(f"{len(found)} second reading{'' if len(found) == 1 else 's'} kept.", err=True)
        return ExitCode.DONE
    if pep_id is None or grade is None:
        raise UsageError("Which PEP, and which grade?", "Give an ID and a grade, or a filled sheet with --file.")
    pep = desk.pep(pep_id)
    given = Given(
        grade=Grade(grade),
        areas={name: _grade(word) for name, word in _pairs(areas, desk.areas)},
        criteria={name: _state(word) for name, word in _pairs(criteria, desk.criteria)},
    )
    if given.grade is not _judgement(pep).grade and not reason.strip() and not second:
        raise UsageError("This differs from the suggestion, so it needs a reason.", 'Add --reason "…" and say why.')
    desk.keep([desk.moderation(pep, reader, today, given, reason, second=second)])
    if not second:
        _say_what_next()
    return ExitCode.DONE


@command.command("sample")
@click.option(
    "--share", default=10.0, show_default=True, type=click.FloatRange(0, 100, min_open=True), help="Per cent."
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The sheet to fill (.csv).")
@_store
def sample_(share: float, out: Path, store_at: str | None) -> ExitCode:
    """Draw a random sample for a second reader: a sheet for Excel without any grade in it. The same sweep gives the same one.

    \b
    Example:
      vsdocs moderate sample --out second-reader.csv
    """
    desk = _Desk(store_at)
    drawn = sample(desk.peps, share / 100, f"{desk.run.id}-{desk.run.today}")
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["id", "file", "overall", *desk.areas, *desk.criteria])
    writer.writerows([desk.peps[sha256].id, _cell(desk.peps[sha256].source)] for sha256 in drawn)
    try:
        with out.open("x", encoding="utf-8-sig", newline="") as file:
            file.write(text.getvalue())
    except FileExistsError:
        raise UsageError(
            "There is a file of this name already, perhaps one that is filled.", "Choose another --out."
        ) from None
    click.echo(
        f"{len(drawn)} of {len(desk.peps)} PEPs drawn. The reader fills in gold, green, amber or red, and for criteria "
        f"{', '.join(_STATES)}; blanks are left out. Then: vsdocs moderate set --file …",
        err=True,
    )
    return ExitCode.DONE


@command.command("agreement")
@_store
@_json
def agreement_(store_at: str | None, as_json: bool) -> ExitCode:
    """Show how far moderator, second reader and suggestion agree, overall, by area and by criterion.

    Kappa is quadratic-weighted: 1 is full agreement, 0 what chance would give. A moderator has seen the suggestion,
    so only a second reading tells how far the suggestion stands by itself.

    \b
    Example:
      vsdocs moderate agreement
    """
    desk = _Desk(store_at)
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


class _Desk:
    """The last sweep of a store, as a moderator has it before them."""

    def __init__(self, store_at: str | None) -> None:
        self.store = Store(url_of(store_at) if store_at else default_store(), reader="")
        click.get_current_context().call_on_close(self.store.close)
        run = self.store.latest()
        if run is None:
            raise UsageError("No sweep has been finished with this store.", "Run `vsdocs sweep` first.")
        self.run: Run = run
        self.peps = {pep.extraction.sha256: pep for pep in self.store.graded(run) if pep.extraction}
        self.moderations = self.store.moderations(run.rubric)
        self.given = standing(self.moderations)

    @property
    def areas(self) -> list[str]:
        return list(dict.fromkeys(area.id for pep in self.peps.values() for area in _judgement(pep).areas))

    @property
    def criteria(self) -> list[str]:
        return list(dict.fromkeys(finding.id for pep in self.peps.values() for finding in _judgement(pep).criteria))

    def pep(self, pep_id: str) -> Outcome:
        """The one PEP whose id begins so."""
        found = [pep for pep in self.peps.values() if pep.id.startswith(pep_id.lower())]
        if len(found) != 1:
            told = "No PEP of the last sweep has" if not found else f"{len(found)} PEPs of the last sweep have"
            raise UsageError(f"{told} an id that begins so.", "`vsdocs moderate list` shows the ids.")
        return found[0]

    def moderation(
        self, pep: Outcome, reader: str, today: date | None, given: Given, reason: str = "", *, second: bool = False
    ) -> Moderation:
        assert pep.extraction is not None
        return Moderation(
            sha256=pep.extraction.sha256,
            rubric=self.run.rubric,
            reader=" ".join(reader.split()),
            day=(today or date.today()).isoformat(),
            second=second,
            given=given,
            suggested=suggested(_judgement(pep)),
            reason=" ".join(reason.split()),
        )

    def keep(self, moderations: Iterable[Moderation]) -> None:
        self.store.moderate(moderations)


def _judgement(pep: Outcome) -> Judgement:
    assert pep.judgement is not None
    return pep.judgement


def _rank(pep: Outcome) -> int:
    grade = _judgement(pep).grade
    return -1 if grade is None else grade.rank


def _listed(pep: Outcome) -> dict[str, Any]:
    judgement = _judgement(pep)
    child = f"{judgement.child.initials}, year {judgement.child.year_group or '?'}"
    grade = judgement.grade.value if judgement.grade else None
    return {"id": pep.id, "suggested": grade, "child": child, "source": pep.source}


def _reasons(pep: Outcome) -> list[str]:
    """What a moderator reads before accepting: the rule, the areas, what is weak with the PEP's words, the flags."""
    judgement = _judgement(pep)
    lines = [f"{pep.source}: {judgement.rule}."]
    lines += [f"  {area.title}: {area.grade.value.title() if area.grade else 'no grade'}" for area in judgement.areas]
    for finding in judgement.criteria:
        if finding.state in (Met.NOT_MET, Met.PARTLY):
            lines.append(f"  {finding.state.value.replace('_', ' ')}: {finding.title}. {' '.join(finding.reasons)}")
    return lines + [f"  {flag.severity}: {flag.message}" for flag in judgement.flags]


def _say_what_next() -> None:
    click.echo(
        "Kept. Give the same sweep command again: nothing is read anew, and the letter speaks of your grade.", err=True
    )


def _pairs(given: tuple[str, ...], known: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for one in given:
        name, sign, word = one.partition("=")
        if not sign or name not in known:
            from vsdocs.packs import did_you_mean

            raise UsageError(
                f"{name!r} is none of this rubric's{did_you_mean(name, known)}.", "Write it as NAME=GRADE."
            )
        pairs.append((name, word))
    return pairs


def _grade(word: str) -> Grade:
    try:
        return Grade(word.strip().lower())
    except ValueError:
        raise UsageError(f"{word!r} is not a grade.", f"Grades are {', '.join(reversed(Grade))}.") from None


def _state(word: str) -> Met:
    try:
        return _STATES[word.strip().lower().replace("_", " ")]
    except KeyError:
        raise UsageError(f"{word!r} is not a state.", f"States are {', '.join(_STATES)}.") from None


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _sheet(path: Path, desk: _Desk, reader: str, today: date | None) -> Iterable[Moderation]:
    """The rows of a filled sample; a row without an overall grade was not read."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        raise UsageError("The sheet is not saved as UTF-8.", "In Excel, save it as 'CSV UTF-8'.") from None
    for number, row in enumerate(rows, 2):
        filled = {str(name): str(word).strip() for name, word in row.items() if word and str(word).strip()}
        if "overall" not in filled or "id" not in filled:
            continue
        try:
            given = Given(
                grade=_grade(filled["overall"]),
                areas={name: _grade(filled[name]) for name in desk.areas if name in filled},
                criteria={name: _state(filled[name]) for name in desk.criteria if name in filled},
            )
            yield desk.moderation(desk.pep(filled["id"]), reader, today, given, second=True)
        except UsageError as error:
            raise UsageError(f"Row {number}: {error.message}", error.advice) from None
