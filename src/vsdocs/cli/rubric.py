"""`vsdocs rubric`: the rubrics, as a list, as a rule book for teachers, and checked for slips."""

import json

import click

from vsdocs.errors import ExitCode
from vsdocs.settings import DEFAULT_RUBRIC


@click.group("rubric")
def command() -> None:
    """List, show or check the rubrics.

    \b
    Example:
      vsdocs rubric show dorset-2025-26
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(as_json: bool) -> ExitCode:
    """List the rubrics by id.

    \b
    Example:
      vsdocs rubric list
    """
    from vsdocs import rubric

    listed = [rubric.load(rubric_id) for rubric_id in rubric.ids()]
    if as_json:
        told = [{"id": r.id, "version": r.version, "title": r.title, "authority": r.authority} for r in listed]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for rules in listed:
            default = "  (the default)" if rules.id == DEFAULT_RUBRIC else ""
            click.echo(f"{rules.id}  version {rules.version}  {rules.title}{default}")
    return ExitCode.DONE


@command.command("show")
@click.argument("rubric_id", default=DEFAULT_RUBRIC)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(rubric_id: str, as_json: bool) -> ExitCode:
    """Print a rubric as a rule book: what is looked at, what good looks like, and what an omission costs.

    \b
    Example:
      vsdocs rubric show dorset-2025-26
    """
    from vsdocs import rubric

    rules = rubric.load(rubric_id)
    told = json.dumps(rubric.book_object(rules), ensure_ascii=False, indent=1) if as_json else rubric.book(rules)
    click.echo(told)
    return ExitCode.DONE


@command.command("check")
@click.argument("rubric_id", metavar="ID|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(rubric_id: str, as_json: bool) -> ExitCode:
    """Check a rubric: every slip by file, line and column, and proof that each PEP gets exactly one grade.

    \b
    Example:
      vsdocs rubric check dorset-2025-26
    """
    from vsdocs import rubric
    from vsdocs.errors import PackError

    try:
        rules = rubric.check(rubric_id)
    except PackError as error:
        if as_json:
            click.echo(json.dumps({"ok": False, "slips": error.message.splitlines()}, ensure_ascii=False, indent=1))
            return error.exit_code
        raise
    criteria = sum(len(area.criteria) for area in rules.areas.values())
    if as_json:
        click.echo(json.dumps({"ok": True, "id": rules.id, "version": rules.version, "slips": []}, indent=1))
    else:
        click.echo(
            f"{rules.id} is sound: {len(rules.areas)} areas, {criteria} criteria, one grade for every combination."
        )
    return ExitCode.DONE
