"""How a sweep's progress is shown: a bar on a terminal, a line every half minute elsewhere. Files go by their ids."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from vsdocs.outcome import OutcomeKind
from vsdocs.sweep import Watch

SECONDS_BETWEEN_LINES = 30


@contextmanager
def watch() -> Iterator[Watch]:
    """Watches a sweep on stderr for as long as the block lasts."""
    if sys.stderr.isatty():
        with _Bar() as bar:
            yield bar
    else:
        lines = _Lines()
        beat = threading.Thread(target=lines.beat, daemon=True)
        beat.start()
        try:
            yield lines
        finally:
            lines.ended.set()


class _Lines:
    def __init__(self) -> None:
        self.files = self.finished = 0
        self.file_id = ""
        self.ended = threading.Event()
        self.started = time.monotonic()

    def begin(self, files: int) -> None:
        self.files = files
        click.echo(f"{files} files found.", err=True)

    def in_hand(self, file_id: str) -> None:
        self.file_id = file_id

    def done(self, outcome: OutcomeKind) -> None:
        self.finished += 1

    def beat(self) -> None:
        while not self.ended.wait(SECONDS_BETWEEN_LINES):
            seconds = int(time.monotonic() - self.started)
            click.echo(f"{self.finished} of {self.files} files after {seconds} s; in hand: {self.file_id}", err=True)


class _Bar:
    """A bar by rich, which honours NO_COLOR and TERM=dumb."""

    def __enter__(self) -> "_Bar":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("Sweeping"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("in hand: {task.description}"),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def begin(self, files: int) -> None:
        self._task = self._progress.add_task("", total=files)

    def in_hand(self, file_id: str) -> None:
        self._progress.update(self._task, description=file_id)

    def done(self, outcome: OutcomeKind) -> None:
        self._progress.advance(self._task)
