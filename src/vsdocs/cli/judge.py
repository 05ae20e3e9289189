"""`vsdocs judge`: a target, a voice section or PP+ lines, judged outside any PEP."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click
from pydantic import BaseModel, BeforeValidator, ValidationError

from vsdocs.dates import parse_iso
from vsdocs.errors import ExitCode
from vsdocs.judgement import Met
from vsdocs.record import PepRecord, Target
from vsdocs.settings import DEFAULT_RUBRIC

if TYPE_CHECKING:
    from vsdocs.rubric import Rubric


@click.command("judge")
@click.argument("kind", type=click.Choice(("target", "voice", "pp-plus")))
@click.argument("text", nargs=-1)
@click.option(
    "--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="JSON Lines to judge."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one object a judgement.")
def command(kind: str, text: tuple[str, ...], path: Path | None, as_json: bool) -> ExitCode:
    """Judge text by itself: each TEXT is a target, a child's answer, or a line of PP+ spending.

    Lines of --file are objects: a target has the fields of a PEP's target and "meeting_date"; voice has "entries", each with
    "question" and "answer"; pp-plus has "targets" and "lines", each with "purpose", "amount" and "impact".

    \b
    Example:
      vsdocs judge target "Sam will read 20 words a minute faster by the end of June."
    """
    if path is None and not any(part.strip() for part in text):
        raise click.UsageError("Give a TEXT to judge, or --file with JSON Lines.")
    show = (lambda told: json.dumps(told, ensure_ascii=False)) if as_json else _in_words
    malformed = False
    for number, given in enumerate([*_from_text(kind, text), *_from_file(path)], start=1):
        told = _judged(kind, given)
        if told is None:
            malformed = True
            told = {"id": None, "error": f"line {number} is not what `judge {kind}` reads; see `vsdocs judge --help`"}
        click.echo(show(told))
    return ExitCode.UNREADABLE if malformed else ExitCode.DONE


def _from_text(kind: str, text: tuple[str, ...]) -> Iterator[Any]:
    if kind == "target":
        yield from text
    elif text and kind == "voice":
        yield {"entries": [{"question": None, "answer": answer} for answer in text]}
    elif text:
        yield {"targets": [], "lines": [{"purpose": purpose} for purpose in text]}


def _from_file(path: Path | None) -> Iterator[Any]:
    if path is None:
        return
    for line in path.read_text(encoding="utf-8-sig", errors="replace").split("\n"):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _iso(value: Any) -> str | None:
    """An ISO date as it is; anything else is no date."""
    return value if isinstance(value, str) and parse_iso(value) else None


_Day = Annotated[str | None, BeforeValidator(_iso)]


class _Line(BaseModel):
    """What a line of the input gives; whatever else stands in it is left alone."""

    id: Any = None


class _Target(_Line):
    """A target with the fields that it has in a PEP. A day that is no day is as none."""

    text: str | None = None
    area: str | None = None
    success_criteria: str | None = None
    provision: str | None = None
    responsible: str | None = None
    due: _Day = None
    cost: float | None = None
    baseline: str | None = None
    frequency: str | None = None
    meeting_date: _Day = None

    def judged(self) -> dict[str, Any]:
        from vsdocs.language import smart

        target = Target.model_validate(self.model_dump(exclude={"id", "meeting_date"}))
        judgement = smart.judge(target, self.meeting_date)
        return judgement.model_dump(mode="json", include={"score", "smart", "facets", "advice"})


class _Answer(BaseModel):
    question: str | None = None
    answer: str | None = None


class _Voice(_Line):
    entries: list[_Answer] | None

    def judged(self) -> dict[str, Any]:
        return _area("voice", {"voice": [one.model_dump() for one in self.entries or ()]})


class _Spending(BaseModel):
    purpose: str | None = None
    amount: float | None = None
    impact: str | None = None


class _PPPlus(_Line):
    targets: list[str | None] | None = None
    lines: list[_Spending] | None

    def judged(self) -> dict[str, Any]:
        targets = [{"text": text} for text in self.targets or ()]
        return _area("pp_plus", {"targets": targets, "pp_plus": [one.model_dump() for one in self.lines or ()]})


def _area(area: str, record: dict[str, Any]) -> dict[str, Any]:
    """One area's grade by the default rubric: the same code that grades the area of a whole PEP."""
    from vsdocs import rubric

    pep = rubric.part_of_a_pep(PepRecord.model_validate(record))
    grade, findings = rubric.score_area(_rules(), area, pep, date.today())
    told = [finding for finding in findings if finding.state in (Met.MET, Met.PARTLY, Met.NOT_MET)]
    return {
        "grade": grade.grade,
        "reasons": [reason for finding in told for reason in finding.reasons],
        "advice": [advice for finding in told for advice in finding.advice],
    }


@cache
def _rules() -> "Rubric":
    from vsdocs import rubric

    return rubric.load(DEFAULT_RUBRIC)


def _in_words(told: dict[str, Any]) -> str:
    if "error" in told:
        return str(told["error"])
    if "grade" in told:
        head = f"Grade: {str(told['grade'] or 'cannot tell').title()}"
        return "\n".join([head, *(f"  {line}" for line in (*told["reasons"], *told["advice"]))])
    lines = [f"{'SMART' if told['smart'] else 'Not yet SMART'} (score {told['score']:.2f})"]
    for name, facet in told["facets"].items():
        word = {True: "yes", False: "no", None: "cannot tell"}[facet["met"]]
        lines.append(f"  {name.replace('_', '-')}: {word}. {facet['because']}")
    return "\n".join([*lines, *(f"  {advice}" for advice in told["advice"])])


_LINES: dict[str, type[_Target | _Voice | _PPPlus]] = {"target": _Target, "voice": _Voice, "pp-plus": _PPPlus}


def _judged(kind: str, given: Any) -> dict[str, Any] | None:
    """The judgement with the line's own id in front; None where the line is not of the kind."""
    try:
        line = _LINES[kind].model_validate({"text": given} if isinstance(given, str) else given)
    except ValidationError:
        return None
    return {"id": line.id} | line.judged()
