"""What a whole sweep costs: by one worker and by two, for a hundred files and for ten thousand, and grading again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import corpus

ROUNDS = 5


def once(folder: Path, home: Path, jobs: int, *again: str) -> dict[str, Any]:
    """What one sweep says of itself. A home that is there is gone on with only where it grades again."""
    if not again:
        shutil.rmtree(home, ignore_errors=True)
    command = [sys.executable, str(Path(__file__).with_name("once.py")), str(folder), str(home), str(jobs), *again]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return told


def lines(folder: Path) -> list[str]:
    home = folder / "home"
    for count in (100, 1000, 10_000):
        corpus.make(folder / str(count), count)
    one, two = [], []
    for _ in range(ROUNDS):
        one.append(once(folder / "100", home, 1))
        two.append(once(folder / "100", home, 2))
    one_thousand = [once(folder / "1000", home, 1) for _ in range(2)]
    thousand = [once(folder / "1000", home, 2) for _ in range(2)]
    many = once(folder / "10000", home, 2)
    again = once(folder / "10000", home, 2, "st-helens")
    shutil.rmtree(home)
    alone, pair, long_alone, long_pair = (
        median(told["wall"] for told in each) for each in (one, two, one_thousand, thousand)
    )

    def row(name: str, told: list[dict[str, Any]]) -> str:
        wall, cpu = (median(t[key] / t["files"] * 1000 for t in told) for key in ("wall", "cpu"))
        parent, worker = (max(t[key] for t in told) for key in ("parent_mb", "worker_mb"))
        return f"| {name} | {wall:.0f} | {cpu:.0f} | {parent:.0f} | {worker:.0f} |"

    return [
        "| sweep, without letters, page and workbook | ms of time a file | ms of CPU a file | parent, MB | a worker, MB |",
        "|---|---|---|---|---|",
        row("100 PEPs, one worker", one),
        row("100 PEPs, two workers", two),
        row("1,000 PEPs, one worker", one_thousand),
        row("1,000 PEPs, two workers", thousand),
        row("10,000 PEPs, two workers", [many]),
        row("10,000 PEPs graded again by another rubric", [again]),
        "",
        f"Two workers were {alone / pair:.2f} times as fast as one on 100 PEPs and {long_alone / long_pair:.2f} times on 1,000, start included; beside",
        "one worker, the parent has a core of its own. Ten thousand PEPs took",
        f"{many['wall'] / 60:.1f} minutes; grading them again took {again['scored']:.0f} s until every grade was in the store, and",
        f"{again['wall']:.0f} s with a JSON file for each written.",
    ]
