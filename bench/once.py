"""One sweep in a process of its own, measured: `once.py FOLDER HOME JOBS [RUBRIC]`. Prints a line of JSON.

It reads, extracts, grades, stores and writes the JSON of each PEP; no letters, page or workbook. With a rubric it grades
again what the store in HOME holds. Times are seconds, memory is the most that was resident, in MB.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from vsdocs import deliver, engine, pipeline, rubric, sweep, worker
from vsdocs.outcome import OutcomeKind, Run, RunReport
from vsdocs.store import Store, url_of


class Silent:
    def clock(self) -> float:
        return time.time()

    def begin(self, files: int) -> None: ...
    def in_hand(self, file_id: str) -> None: ...
    def done(self, file_id: str, outcome: OutcomeKind, seconds: float) -> None: ...


def _most_memory(process: int) -> float:
    """The most that a process has held so far, in MB (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))


def main() -> None:
    folder, home, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    again = sys.argv[4] if len(sys.argv) > 4 else None
    home.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    store = Store(url_of(str(home / "store.sqlite")))
    rules = rubric.load(again or "dorset-2025-26")
    last = store.latest(str(folder))
    wanted = Run(
        id="", today="2026-11-22", rubric=rules.id, rubric_version=rules.digest, reader=pipeline.reader_version()
    )
    this = store.begin(str(folder), str(home), wanted, any_day=True)
    with engine.local(jobs) as local:
        if again:
            assert last is not None
            swept = sweep.regrade(last, store, this, rules, Silent(), local)
        else:
            swept = sweep.run(folder, home / "out", store, this, rules, Silent(), local)
        scored = time.perf_counter() - started
        held = max(_most_memory(child._process.pid) for child in worker._all if child._process)
    deliver.write_records(swept, home / "out")
    wall = time.perf_counter() - started
    store.finish(this, RunReport(files=len(swept.files), seconds=wall, counts=swept.counts))
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "files": len(swept.files),
        "read": sum(file.is_read for file in swept.files),
        "wall": wall,
        "scored": scored,
        "cpu": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "parent_cpu": own.ru_utime + own.ru_stime,
        "parent_mb": _most_memory(os.getpid()),
        "worker_mb": held,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
