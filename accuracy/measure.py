"""Measures how well vsdocs reads and judges the invented PEPs and texts of this repository, and writes docs/accuracy.md.

Run it with `make accuracy`. The scorers beside it say what is counted and how.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import mean

import score_extraction
import score_judgements

import vsdocs
from vsdocs.dates import in_words

HERE = Path(__file__).parent
PEPS = HERE.parent / "fixtures" / "peps"
GRADES = ("red", "amber", "green", "gold")
AREAS = ("overall", "targets", "voice", "pp_plus", "sdq", "rest")


def run(*arguments: str) -> str:
    command = [sys.executable, "-m", "vsdocs", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def reading(files: list[str], scratch: Path) -> list[str]:
    predictions = scratch / "readings.jsonl"
    predictions.write_text(run("extract", *files, "--json"), encoding="utf-8")
    scored = score_extraction.score(score_extraction.load_truth(str(PEPS)), *score_extraction.load_pred(str(predictions)))
    lines = ["| format | precision | recall | F1 |", "|---|---|---|---|"]
    for name, row in [*scored["by_format"].items(), ("all", scored["overall"])]:
        lines.append(f"| {name} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |")
    return lines


def kappa(pairs: list[tuple[str, str]]) -> float:
    return score_judgements.quadratic_kappa([(GRADES.index(a), GRADES.index(b)) for a, b in pairs])


def grading(files: list[str]) -> list[str]:
    readings = {row["stem"]: row for row in map(json.loads, (PEPS / "grades.jsonl").read_text(encoding="utf-8").splitlines())}
    given = {}
    for line in run("score", *files, "--today", "2026-11-22", "--json").splitlines():
        told = json.loads(line)
        areas = {area["id"]: area["grade"] for area in told.get("areas", [])}
        given[Path(told["source"]).stem] = {"overall": told.get("grade")} | areas
    lines = ["| area | kappa with the median reading | exact | kappa between readings |", "|---|---|---|---|"]
    for area in AREAS:
        pairs = []
        for stem, row in readings.items():
            median = row[area]
            suggested = given.get(stem, {}).get(area)
            furthest = "gold" if GRADES.index(median) < 2 else "red"  # no grade counts as the one furthest away
            pairs.append((median, suggested or furthest))
        between = mean(
            kappa([(row[f"{area}_readers"][one], row[f"{area}_readers"][other]) for row in readings.values()])
            for one, other in ((0, 1), (0, 2), (1, 2))
        )
        exact = sum(a == b for a, b in pairs)
        lines.append(f"| {area} | {kappa(pairs):.2f} | {exact} of {len(pairs)} | {between:.2f} |")
    return lines


def judging(scratch: Path) -> list[str]:
    paths = []
    for kind, name in (("target", "targets"), ("voice", "voice"), ("pp-plus", "pp_plus")):
        paths.append(scratch / f"{name}.jsonl")
        paths[-1].write_text(run("judge", kind, "--file", str(HERE / "judgements" / f"{name}.jsonl"), "--json"), "utf-8")
    told = subprocess.run(
        [sys.executable, str(HERE / "score_judgements.py"), str(HERE / "judgements"), *map(str, paths)],
        capture_output=True, text=True, check=True,
    )
    return ["```", *told.stdout.rstrip().splitlines(), "```"]


def main() -> None:
    files = sorted(str(path) for path in PEPS.rglob("*") if path.suffix in (".docx", ".pdf"))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        page = [
            "# How accurate vsdocs is",
            "",
            f"Measured on {in_words(date.today())} with vsdocs {vsdocs.__version__}; repeat it with `make accuracy`. All PEPs, children",
            "and texts are invented, and we developed against them: expect less on forms and writers not seen here.",
            "",
            "## Reading: 24 PEPs in 6 layouts",
            "",
            *reading(files, scratch),
            "",
            "## Grading: the same 24 PEPs against three independent readings",
            "",
            "Quadratic weighted kappa: 1 is full agreement, 0 is chance. A PEP without a grade counts as furthest from the median.",
            "",
            *grading(files),
            "",
            "## Judging text by itself: 120 targets, 40 voice sections, 40 PP+ sections",
            "",
            *judging(scratch),
        ]
    (HERE.parent / "docs" / "accuracy.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(page) + "\n")


if __name__ == "__main__":
    main()
