"""`vsdocs runs`: the sweeps that were done, how long they took and how they ended."""

import json

import click

from vsdocs.cli.progress import in_words
from vsdocs.errors import ExitCode
from vsdocs.settings import default_store


@click.command("runs")
@click.option("--store", "store_at", help="Path or URL of the store. Default: a file in your own data folder.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(store_at: str | None, as_json: bool) -> ExitCode:
    """List the sweeps that were finished with this store, the last first: rubric, files, outcomes, time, slowest files.

    \b
    Example:
      vsdocs runs
    """
    from vsdocs.store import Store, url_of

    store = Store(url_of(store_at) if store_at else default_store())
    try:
        done = store.reports()
    finally:
        store.close()
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
