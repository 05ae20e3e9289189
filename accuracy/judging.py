"""Targets, voice sections and PP+ lines judged by themselves, with `vsdocs judge`, against their labels."""

import subprocess
import sys
import tempfile
from pathlib import Path

KINDS = (("target", "targets"), ("voice", "voice"), ("pp-plus", "pp_plus"))


def report(labelled: Path) -> list[str]:
    """The scorer's report for a folder of labelled texts."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for kind, stem in KINDS:
            paths.append(Path(scratch) / f"{stem}.jsonl")
            judge = [sys.executable, "-m", "vsdocs", "judge", kind, "--file", str(labelled / f"{stem}.jsonl"), "--json"]
            judged = subprocess.run(judge, capture_output=True, text=True, check=False).stdout
            paths[-1].write_text(judged, encoding="utf-8")
        scorer = [sys.executable, str(Path(__file__).with_name("score_judgements.py")), str(labelled)]
        told = subprocess.run([*scorer, *map(str, paths)], capture_output=True, text=True, check=True).stdout
    return ["```", *(line for line in told.rstrip().splitlines() if "input:" not in line), "```"]
