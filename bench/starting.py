"""How long a command takes to begin: wall time, median of five."""

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import corpus

ROUNDS = 5


def seconds(*arguments: str) -> float:
    command = [sys.executable, "-m", "vsdocs", *arguments]
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    return median(times)


def lines(folder: Path) -> list[str]:
    (word,) = (path for path in corpus.make(folder / "one", 1))
    return [
        "| command | s |",
        "|---|---|",
        f"| `vsdocs --help` | {seconds('--help'):.2f} |",
        f"| `vsdocs score` of one Word file, nothing warm | {seconds('score', str(word)):.2f} |",
    ]
