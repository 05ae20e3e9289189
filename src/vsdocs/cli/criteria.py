"""`vsdocs criteria`: what is looked at, with an example of each answer."""

import json

import click

from vsdocs.errors import ExitCode, UsageError
from vsdocs.packs import did_you_mean


@click.command("criteria")
@click.argument("criterion_id", required=False, metavar="[ID]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list, or one object for an ID.")
def command(criterion_id: str | None, as_json: bool) -> ExitCode:
    """List the criteria, or explain the one called ID.

    \b
    Example:
      vsdocs criteria voice_present
    """
    from vsdocs.criteria import all_criteria

    known = all_criteria()
    if criterion_id is None:
        listed = [{"id": criterion.id, "title": criterion.title} for criterion in known.values()]
        if as_json:
            click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        else:
            width = max(len(name) for name in known)
            click.echo("\n".join(f"{c.id:<{width}}  {c.title}" for c in known.values()))
        return ExitCode.DONE
    criterion = known.get(criterion_id)
    if criterion is None:
        near = did_you_mean(criterion_id, known)
        raise UsageError(f"There is no criterion called {criterion_id!r}{near}.", "`vsdocs criteria` lists them.")
    params = {name: field.default for name, field in criterion.params.model_fields.items()}
    about = {
        "id": criterion.id,
        "title": criterion.title,
        "about": criterion.about,
        "params": params,
        "examples": [{"state": e.state, "record": e.record, "why": e.why} for e in criterion.examples],
    }
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False, indent=1, default=list))
    else:
        click.echo(f"{criterion.title}\n\n{criterion.about}\n")
        for name, value in params.items():
            click.echo(f"  {name}: {value} (a rubric may set this)")
        for example in criterion.examples:
            click.echo(
                f"  example, {example.state.value.replace('_', ' ')}: {example.why or json.dumps(example.record, ensure_ascii=False)}"
            )
    return ExitCode.DONE
