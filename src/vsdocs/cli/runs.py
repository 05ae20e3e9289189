"""`vsdocs runs`: the sweeps that were done, how long they took and how they ended."""

import json

import click

from vsdocs.cli.progress import in_words
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode


@click.command("runs")
@store_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(store: ChosenStore, as_json: bool) -> ExitCode:
    """List the sweeps that were finished with this store, the last first: rubric, files, outcomes, time, slowest files.

    \b
    Example:
      vsdocs runs
    """
    opened = store.open()
    try:
        done = opened.reports()
    finally:
        opened.close()
    if as_json:
        told = [run.model_dump(mode="json") | report.model_dump(mode="json") for run, report in done]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return ExitCode.DONE
    for run, report in done:
        tally = ", ".join(f"{n} {kind.replace('_', ' ')}" for kind, n in report.counts.items() if n)
        click.echo(f"{run.id}  {run.today}  {run.term or 'no term'}, {run.rubric}, {in_words(report.seconds)}")
        click.echo(f"      {report.files} files: {tally or 'none'}")
        if report.slowest:
            click.echo("      slowest: " + ", ".join(f"{i} {in_words(seconds)}" for i, seconds in report.slowest[:3]))
    if not done:
        click.echo("No sweep has been finished with this store.", err=True)
    return ExitCode.DONE
