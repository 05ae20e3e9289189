"""The folder of data tables that a command was given, with a word on what of it was left alone."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vsdocs.cohort.folder import Tables


def tables_of(data: Path, references: Iterable[str], day: date) -> "Tables":
    """The tables; says which columns, sheets and files nothing was made of."""
    from vsdocs.cohort import folder

    found = folder.read(data, references, day)
    for note in found.notes:
        click.echo(note, err=True)
    return found
