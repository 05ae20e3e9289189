"""`vsdocs score`: what a PEP is worth under a rubric, and why."""

import json
from datetime import date
from pathlib import Path

import click

from vsdocs.cli.day import Day
from vsdocs.cli.reading import exit_code, files_argument, form_option, in_words, problem_object, read
from vsdocs.errors import ExitCode
from vsdocs.judgement import Judgement, Met
from vsdocs.settings import DEFAULT_RUBRIC


@click.command("score")
@files_argument
@click.option("--rubric", "rubric_id", default=DEFAULT_RUBRIC, show_default=True, help="The rubric to grade by.")
@form_option
@click.option("--today", type=Day(), help="Count from this day instead of today (YYYY-MM-DD).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one object a file.")
def command(files: tuple[Path, ...], rubric_id: str, form: str, today: date | None, as_json: bool) -> ExitCode:
    """Grade PEPs as Gold, Green, Amber or Red. Each grade is a suggestion for a person to check.

    \b
    Example:
      vsdocs score "pep.docx" --rubric dorset-2025-26
    """
    day = (today or date.today()).isoformat()
    problems: set[str] = set()
    for path, found in read(files, form, rubric_id=rubric_id, today=day):
        if found.judgement is None:
            code = found.problem or "two_children"
            problems.add(code)
            told = problem_object(path, code, found.sha256)
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else in_words(told))
        elif as_json:
            click.echo(found.judgement.model_dump_json())
        else:
            click.echo("\n".join(_lines(found.judgement)))
    return exit_code(problems)


def _lines(judgement: Judgement) -> list[str]:
    grade = judgement.grade.value.title() if judgement.grade else "cannot tell"
    year = judgement.child.year_group or "?"
    named = {"N": "Nursery", "R": "Reception"}.get(year, f"Year {year}")
    child = f"{judgement.child.initials}, {named}"
    lines = [f"{judgement.source}  ({child}): {grade}", f"  {judgement.rule}."]
    for area in judgement.areas:
        lines.append(f"  {area.title}: {area.grade.value.title() if area.grade else 'cannot tell'}")
        for finding in judgement.criteria:
            if finding.area == area.id and finding.state in (Met.PARTLY, Met.NOT_MET, Met.CANNOT_TELL):
                lines.append(
                    f"    {finding.state.value.replace('_', ' ')}: {finding.title}. {' '.join(finding.reasons)}"
                )
    lines += [f"  {flag.severity}: {flag.message}" for flag in judgement.flags]
    return lines
