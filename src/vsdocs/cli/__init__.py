"""The command line. Data goes to stdout, words for people to stderr; here alone exceptions become exit codes.

Each command is a module of this folder and is imported when it is called, so that `vsdocs --help` is quick.
"""

import importlib
import sys
from typing import Any

import click

from vsdocs import __version__
from vsdocs.errors import ExitCode, VsdocsError

#: command -> what it is for; the order is the order of the work
COMMANDS = {
    "sweep": "Read, grade and report on every PEP in a folder.",
    "extract": "Show what a PEP says, field by field, and where it says it.",
    "score": "Grade a PEP under a rubric, with reasons and quotations.",
    "moderate": "Give your own grade beside a suggested one; sample, agreement.",
    "letter": "Write letters to schools: feedback, SDQ request, reminder, suspension, circular.",
    "agenda": "Write the agenda of a meeting, filled from the PEP and the last actions.",
    "notes": "Write the form for a meeting's notes, and read its actions back.",
    "judge": "Judge a target, pupil voice or PP+ lines by themselves.",
    "criteria": "List the criteria, or explain one of them.",
    "rubric": "List, show or check the rubrics.",
    "templates": "List, check or copy the Word templates and their sentences.",
    "forms": "Explain how a form was read; list or check the form vocabularies.",
    "roll": "Keep the roll of children in care; see which PEP is whose.",
    "due": "List what is due for each child and what is overdue; which PEPs never came.",
    "report": "Write the annual report; show the figures of each audience and who stands behind one.",
    "runs": "List the sweeps that were done, how long they took and how they ended.",
    "doctor": "Say what is installed, what is missing and what still works.",
}


class Commands(click.Group):
    """Commands that are imported when they are called; a mistyped one is told the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"vsdocs.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from vsdocs.packs import did_you_mean

            ctx.fail(f"There is no command {args[0]!r}{did_you_mean(args[0], COMMANDS)}.")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="vsdocs")
def vsdocs() -> None:
    """Reads Personal Education Plans (PEPs), grades them with reasons, and drafts the letters that follow.

    \b
    Example:
      vsdocs sweep "PEPs Autumn 2026" --out results --term "Autumn 2026"
    """


def main() -> None:
    """Run a command and end with its exit code. No traceback reaches a user, and no name an error message."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(errors="replace")  # a Windows console cannot show every letter
    try:
        sys.exit(vsdocs(prog_name="vsdocs", standalone_mode=False) or ExitCode.DONE)
    except click.exceptions.Abort as stopped:
        click.echo(f"Stopped. {stopped}".rstrip(), err=True)
        sys.exit(ExitCode.STOPPED)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except VsdocsError as error:
        click.echo(f"{error.message}\n{error.advice}".rstrip(), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(ExitCode.DONE)
    except OSError as error:
        click.echo(f"A file or folder could not be read or written ({error.strerror}).", err=True)
        sys.exit(ExitCode.CANNOT_WRITE)
    except Exception as error:
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        place = f"{at.tb_frame.f_globals.get('__name__')}:{at.tb_lineno}" if at else "?"
        click.echo(
            f"vsdocs has a fault: {type(error).__name__} at {place}. Please report this line; it names no child.",
            err=True,
        )
        sys.exit(ExitCode.OUR_FAULT)
