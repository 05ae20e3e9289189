"""`vsdocs agenda`: the agenda of a meeting, filled from the PEP, the last judgement and the notes of earlier meetings."""

import click

from vsdocs.cli.meeting import Asked, meeting_of, meeting_options, write
from vsdocs.errors import ExitCode


def _list(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    print_kinds()
    ctx.exit()


def print_kinds() -> None:
    """Each kind of meeting with its title and whom it is about."""
    from vsdocs import settings
    from vsdocs.generate.meetings import kinds

    known = settings.load()
    about = {"child": "one ID", "list": "IDs or --sweep latest", "school": "IDs of one school's children"}
    for name in kinds.names(known):
        kind = kinds.load(name, known)
        click.echo(f"{name:16} {kind.title}: {about[kind.about]}")


@click.command("agenda")
@meeting_options
@click.option("--ics", is_flag=True, help="Write a calendar file as well (needs --date and --time).")
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="List the kinds and stop."
)
def command(asked: Asked) -> ExitCode:
    """Write the agenda of a meeting as a Word file, ready to be checked and sent.

    KIND is one of: initial-pep, pep-review, interim-pep, tac, pre-exclusion, reintegration (about one child); pupil-progress,
    pp-plus-panel (about a list); dt-visit (about one school's children). IDs are those of `vsdocs moderate list`.
    What is not given stands as a blank in square brackets.

    \b
    Example:
      vsdocs agenda pep-review 3f2a9c --date 2026-12-03 --time 14:00 --out meetings
      vsdocs agenda pupil-progress --sweep latest --out meetings
      vsdocs agenda --list
    """
    from vsdocs.generate.meetings.agenda import agenda

    meeting, desk = meeting_of(asked)
    write(agenda(meeting), asked, meeting, desk)
    return ExitCode.DONE
