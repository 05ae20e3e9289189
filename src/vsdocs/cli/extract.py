"""`vsdocs extract`: what a PEP says, and where it says it."""

import json
from pathlib import Path

import click

from vsdocs.cli.reading import exit_code, files_argument, form_option, in_words, problem_object, read
from vsdocs.errors import ExitCode
from vsdocs.evidence import State
from vsdocs.record import Extraction, value_at


@click.command("extract")
@files_argument
@form_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one object a file.")
def command(files: tuple[Path, ...], form: str, as_json: bool) -> ExitCode:
    """Read PEPs and print each field with its words and the place where they stand.

    \b
    Example:
      vsdocs extract "pep.docx" --json
    """
    problems: set[str] = set()
    for path, found in read(files, form):
        if found.extraction is None:
            code = found.problem or "crashed"
            problems.add(code)
            told = problem_object(path, code, found.sha256)
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else in_words(told))
        elif as_json:
            click.echo(found.extraction.model_dump_json())
        else:
            click.echo("\n".join(_lines(found.extraction)))
    return exit_code(problems)


def _lines(extraction: Extraction) -> list[str]:
    lines = [f"{extraction.source}  ({extraction.format.value}, id {extraction.id})"]
    for field, evidence in extraction.evidence.items():
        value = value_at(extraction.record, field)
        if evidence.state is State.FOUND and not isinstance(value, tuple):
            place = f"page {evidence.page}, {evidence.location}" if evidence.page else evidence.location
            lines.append(f"  {field}: {value}  [{place}]")
        elif evidence.state is not State.FOUND:
            lines.append(f"  {field}: ({evidence.state.value.replace('_', ' ')})")
    lines += [f"  note: {warning.message}" for warning in extraction.warnings]
    return lines
