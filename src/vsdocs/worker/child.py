"""The child's life: a task a line in, a reply a line out, until its input ends. `python -m vsdocs.worker.child` is one.

The heavy libraries are loaded here and in no other process, before the first task comes.
"""

import gc
import hashlib
import os
import sys
from datetime import date
from typing import BinaryIO

from vsdocs import pipeline, readers
from vsdocs.errors import FileProblem
from vsdocs.outcome import OutcomeKind
from vsdocs.record import Extraction
from vsdocs.rubric import Rubric
from vsdocs.worker import limits
from vsdocs.worker.task import Reply, Task, unquoted


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    rubrics: dict[bytes, Rubric] = {}

    def say(reply: Reply) -> None:
        answers.write(reply.model_dump_json().encode() + b"\n")
        answers.flush()

    for line in questions:
        try:
            reply = _answer(Task.model_validate_json(line), rubrics, lambda pages: say(Reply(pages=pages)))
        except MemoryError:
            reply = Reply(problem="too_big")
        except Exception:  # whatever a document does to a library, the sweep goes on
            reply = Reply(problem="crashed")
        say(reply.model_copy(update={"memory": limits.most_memory()}))


def _answer(task: Task, rubrics: dict[bytes, Rubric], seen: readers.PagesSeen) -> Reply:
    sha256 = ""
    try:
        if task.extraction is not None:
            extraction = Extraction.unpacked(task.extraction)
        else:
            data = task.data if task.data is not None else _bytes_of(task.path or "")
            sha256 = hashlib.sha256(data).hexdigest()
            if task.explain:
                return Reply(sha256=sha256, explanation=pipeline.explain(data, task.form))
            extraction = pipeline.read(data, task.source, task.form, seen)
    except FileProblem as problem:
        return Reply(sha256=sha256, outcome=OutcomeKind(problem.outcome), problem=problem.code)
    judgement = None
    if task.rubric is not None and task.today is not None:
        if task.rubric not in rubrics:
            rubrics[task.rubric] = Rubric.unpacked(task.rubric)
        judgement = pipeline.grade(extraction, rubrics[task.rubric], date.fromisoformat(task.today))
    outcome, code = pipeline.settled(extraction, judgement)
    return Reply(
        sha256=extraction.sha256,
        outcome=outcome,
        problem=code,
        extraction=None if task.extraction is not None else extraction.packed(),
        judgement=judgement.packed() if judgement else None,
    )


def _bytes_of(path: str) -> bytes:
    try:
        return unquoted(path).read_bytes()
    except OSError:
        raise FileProblem("no_access") from None


def main() -> None:
    gc.disable()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not garble the answers
    limits.hold_memory()
    readers.load()
    gc.freeze()  # what was loaded stays: no search for garbage need look at it
    gc.set_threshold(50_000, 20, 20)  # a search after every 700 things made would take a twentieth of the time
    gc.enable()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
