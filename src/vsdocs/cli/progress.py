"""How a sweep's progress is shown: a bar on a terminal, a line every half minute elsewhere, or JSON lines for a program.

Files go by their ids, and no child's data is in any of it.
"""

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import click

from vsdocs.outcome import OutcomeKind, RunReport

SECONDS_BETWEEN_LINES = 30
SLOWEST = 10


class Progress:
    """What is known of a sweep while it goes on. Shows nothing itself."""

    def __init__(self) -> None:
        self.files = 0
        self.file_id = ""
        self.started = time.monotonic()
        self.counts: Counter[OutcomeKind] = Counter()
        self.slowest: list[tuple[str, float]] = []

    def clock(self) -> float:
        return time.time()

    def begin(self, files: int) -> None:
        self.files = files
        self.started = time.monotonic()

    def in_hand(self, file_id: str) -> None:
        self.file_id = file_id

    def done(self, file_id: str, outcome: OutcomeKind, seconds: float) -> None:
        self.counts[outcome] += 1
        if seconds and (len(self.slowest) < SLOWEST or seconds > self.slowest[-1][1]):
            self.slowest = sorted([*self.slowest, (file_id, round(seconds, 2))], key=lambda s: -s[1])[:SLOWEST]

    def beat(self) -> None:
        """Called now and then while the sweep is at work."""

    def end(self, how: str) -> None:
        """Called when all files are done, or none will be any more: 'done' or 'stopped'."""

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Files a second."""
        return self.counts.total() / max(self.seconds, 0.001)

    @property
    def seconds_left(self) -> int | None:
        return round((self.files - self.counts.total()) / self.rate) if self.rate else None

    def report(self) -> RunReport:
        counts = {kind.value: self.counts[kind] for kind in OutcomeKind}
        return RunReport(files=self.files, seconds=round(self.seconds, 1), counts=counts, slowest=tuple(self.slowest))


@contextmanager
def watch(as_json: bool) -> Iterator[Progress]:
    """Watches a sweep on stderr for as long as the block lasts."""
    shown = _JsonLines() if as_json else _Bar() if sys.stderr.isatty() else _Lines()
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(SECONDS_BETWEEN_LINES):
            shown.beat()

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield shown
        shown.end("done")
    except BaseException:
        shown.end("stopped")
        raise
    finally:
        ended.set()
        if isinstance(shown, _Bar):
            shown.close()


class _Lines(Progress):
    def begin(self, files: int) -> None:
        super().begin(files)
        click.echo(f"{files} file{'' if files == 1 else 's'} found.", err=True)

    def beat(self) -> None:
        words = [f"{self.counts.total()} of {self.files} files after {in_words(self.seconds)}"]
        if self.seconds_left is not None:
            words.append(f"{self.rate:.1f} a second, about {in_words(self.seconds_left)} left")
        if self.slowest:
            words.append(f"slowest so far: {self.slowest[0][0]} ({in_words(self.slowest[0][1])})")
        click.echo("; ".join([*words, f"in hand: {self.file_id}"]), err=True)


class _JsonLines(Progress):
    """One JSON object a line: `begin`, `done` for each file, `working` now and then, `end`."""

    def begin(self, files: int) -> None:
        super().begin(files)
        self._say("begin", files=files)

    def done(self, file_id: str, outcome: OutcomeKind, seconds: float) -> None:
        super().done(file_id, outcome, seconds)
        self._say("done", id=file_id, outcome=outcome.value, took=round(seconds, 3))

    def beat(self) -> None:
        slowest = self.slowest[0] if self.slowest else None
        told = {"done": self.counts.total(), "files": self.files, "rate": round(self.rate, 2)}
        self._say("working", **told, seconds_left=self.seconds_left, slowest=slowest, in_hand=self.file_id)

    def end(self, how: str) -> None:
        self._say("end", how=how, counts={kind.value: self.counts[kind] for kind in OutcomeKind})

    def _say(self, event: str, **told: object) -> None:
        click.echo(json.dumps({"event": event, "seconds": round(self.seconds, 2), **told}), err=True)


class _Bar(Progress):
    """A bar by rich, which honours NO_COLOR and TERM=dumb."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        super().__init__()
        columns = (
            TextColumn("Sweeping"),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()

    def close(self) -> None:
        self._bar.stop()

    def begin(self, files: int) -> None:
        super().begin(files)
        self._task = self._bar.add_task("", total=files)

    def in_hand(self, file_id: str) -> None:
        super().in_hand(file_id)
        slowest = f", slowest {self.slowest[0][0]} ({in_words(self.slowest[0][1])})" if self.slowest else ""
        self._bar.update(self._task, description=f"{self.rate:.1f} a second{slowest}")

    def done(self, file_id: str, outcome: OutcomeKind, seconds: float) -> None:
        super().done(file_id, outcome, seconds)
        self._bar.advance(self._task)


def in_words(seconds: float) -> str:
    """'0.4 s', '38 s', '3 min 20 s', '2 h 5 min'."""
    whole = round(seconds)
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
