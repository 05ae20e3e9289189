"""What a worker is asked and what it says, as lines of JSON; the words of a document travel packed."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from pydantic import ConfigDict

from vsdocs.extract import COMMON, Explanation
from vsdocs.outcome import OutcomeKind
from vsdocs.record import Frozen


class Task(Frozen):
    """What a worker is asked: to read a file (or take a reading from the store), and grade it if a rubric is given.

    A file comes as its `path`, or as its bytes (`data`) where the worker may be on another machine.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    source: str
    path: str | None = None  # percent-encoded: a name need not be valid Unicode
    data: bytes | None = None
    extraction: bytes | None = None  # packed
    form: str = COMMON  # the form vocabulary: an id, or the path of a file
    explain: bool = False  # tell how the form was read, and grade nothing
    rubric: bytes | None = None  # packed, as its maker checked it: no worker reads a rubric's file
    today: str | None = None

    @property
    def size(self) -> int:
        """Bytes of the file; 0 where there is none."""
        if self.data is not None:
            return len(self.data)
        try:
            return unquoted(self.path).stat().st_size if self.path else 0
        except OSError:
            return 0


class Reply(Frozen):
    """What a worker says: what became of the file, and what it was read and judged to be, packed.

    `pages` alone says that the reader has seen how many pages there are, and is at work; another line follows.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    pages: int | None = None
    sha256: str = ""
    outcome: OutcomeKind = OutcomeKind.UNREADABLE
    problem: str | None = None  # a code of errors.FILE_PROBLEMS
    extraction: bytes | None = None  # packed
    judgement: bytes | None = None  # packed
    explanation: Explanation | None = None
    memory: int = 0  # bytes: the most that the worker has held so far
    seconds: float = 0  # that the task took


def quoted(path: Path) -> str:
    """A path as `Task.path` holds it."""
    return quote_from_bytes(os.fsencode(path))


def unquoted(path: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(path)))
