"""`vsdocs notes`: the form for the notes of a meeting, and its actions read back for the next agenda."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vsdocs import errors
from vsdocs.cli.meeting import Asked, meeting_of, meeting_options, write
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from vsdocs.meeting_notes import Notes, Whose
    from vsdocs.settings import Settings
    from vsdocs.store import Store


@click.group("notes")
def command() -> None:
    """Write the form for the notes of a meeting, and read its actions back. They stand on the child's next agenda.

    \b
    Example:
      vsdocs notes form pep-review 3f2a9c --date 2026-12-03 --out meetings
    """


@command.command("form")
@meeting_options
def form(asked: Asked) -> ExitCode:
    """Write the form: who was there, room for each item, and a table of actions with those still open.

    KIND and IDs are as for `vsdocs agenda`.

    \b
    Example:
      vsdocs notes form pep-review 3f2a9c --date 2026-12-03 --out meetings
    """
    from vsdocs.generate.meetings.agenda import notes_form

    meeting, desk = meeting_of(asked, held=True)
    write(notes_form(meeting), asked, meeting, desk)
    return ExitCode.DONE


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_options
def import_(files: tuple[Path, ...], store: ChosenStore) -> ExitCode:
    """Read the actions of filled notes into the store: all of them, or none where a row is not understood.

    Importing notes again puts their actions in the place of those that were read before.

    \b
    Example:
      vsdocs notes import meetings/*-notes.docx
    """
    from vsdocs import settings

    known, opened = settings.load(), store.open()
    try:
        found, slips = [], []
        for number, path in enumerate(files, 1):
            try:
                found.append(_notes(path, opened, known))
            except UsageError as error:
                slips += [f"File {number}: {line}" for line in error.message.splitlines()]
                advice = error.advice
        if slips:
            raise UsageError("\n".join(slips), f"Nothing was kept. {advice}")
        if len({notes.reference for notes in found}) < len(found):
            raise UsageError("Two of these files are notes of the same meeting.", "Nothing was kept. Give one of them.")
        before = {notes.reference: notes for notes in opened.notes()}
        for notes in found:
            earlier = before.get(notes.reference)
            if earlier is not None and len(notes.agreed) < len(earlier.agreed):
                click.echo(
                    f"{notes.reference}: {len(earlier.agreed)} actions were read before, and these notes hold {len(notes.agreed)}."
                )
                if not click.confirm("Put these in their place?"):
                    click.echo("Nothing was kept.", err=True)
                    return ExitCode.DONE
        opened.keep_notes(found)
    finally:
        opened.close()
    for notes in found:
        still = sum(action.progress.is_open for action in notes.agreed)
        click.echo(f"{notes.reference}: {len(notes.agreed)} actions kept, {still} of them open.")
    return ExitCode.DONE


def _notes(path: Path, store: "Store", known: "Settings") -> "Notes":
    from vsdocs.generate.meetings import kinds, reading

    with errors.reading():
        data = path.read_bytes()
    document, reference = reading.reference_of(data)
    if reference.kind not in kinds.names(known):
        raise UsageError("Their reference names no kind of meeting.", "Use the form of `vsdocs notes form`.")
    return reading.notes_of(
        document, reference, kinds.load(reference.kind, known), lambda pep_id: _whose(pep_id, store)
    )


def _whose(pep_id: str, store: "Store") -> "Whose":
    """The child of the one PEP whose id begins so."""
    from vsdocs.meeting_notes import whose

    peps = store.called(pep_id)
    if len(peps) != 1:
        told = "no PEP that was read" if not peps else f"{len(peps)} PEPs that were read"
        raise UsageError(f"the reference is the beginning of {told}.", "Check it against `vsdocs moderate list`.")
    return whose(peps[0])
