"""`vsdocs judge`: a target, a voice section or PP+ lines, judged outside any PEP."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from vsdocs.dates import parse_iso
from vsdocs.errors import ExitCode, reading
from vsdocs.judgement import Met
from vsdocs.record import PepRecord, Target
from vsdocs.settings import DEFAULT_RUBRIC

if TYPE_CHECKING:
    from vsdocs.rubric import Rubric

KINDS = ("target", "voice", "pp-plus")


@click.command("judge")
@click.argument("kind", type=click.Choice(KINDS))
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
    judge = {"target": _target, "voice": _voice, "pp-plus": _pp_plus}[kind]
    show = (lambda told: json.dumps(told, ensure_ascii=False)) if as_json else _in_words
    malformed = False
    for number, given in enumerate([*_from_text(kind, text), *_from_file(path)], start=1):
        told = _judged(judge, given)
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
    with reading():
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    for line in text.split("\n"):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _judged(judge: Callable[[dict[str, Any]], dict[str, Any]], given: Any) -> dict[str, Any] | None:
    """The judgement with the line's own id in front; None where the line is not of the kind."""
    if isinstance(given, str):
        given = {"text": given}
    if not isinstance(given, dict):
        return None
    try:
        return {"id": given.get("id")} | judge(given)
    except (ValidationError, TypeError, AttributeError, KeyError):
        return None


def _target(given: dict[str, Any]) -> dict[str, Any]:
    from vsdocs.language import smart

    fields = {name: given.get(name) for name in Target.model_fields}
    fields["due"] = _iso(fields["due"])
    judgement = smart.judge(Target.model_validate(fields), _iso(given.get("meeting_date")))
    return judgement.model_dump(mode="json", include={"score", "smart", "facets", "advice"})


def _voice(given: dict[str, Any]) -> dict[str, Any]:
    return _area("voice", {"voice": _parts(given["entries"], ("question", "answer"))})


def _pp_plus(given: dict[str, Any]) -> dict[str, Any]:
    targets = [{"text": text} for text in given.get("targets") or []]
    return _area("pp_plus", {"targets": targets, "pp_plus": _parts(given["lines"], ("purpose", "amount", "impact"))})


def _parts(lines: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: line.get(name) for name in names} for line in lines or []]


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


def _iso(value: Any) -> str | None:
    """An ISO date as it is; anything else is no date."""
    return value if isinstance(value, str) and parse_iso(value) else None


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
