"""The main job from end to end: 24 invented PEPs in six layouts become grades that readers would give, and letters."""

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PEPS, ROOT, Swept

sys.path.insert(0, str(ROOT / "accuracy"))
from score_judgements import quadratic_kappa

README = (ROOT / "README.md").read_text(encoding="utf-8")
GRADES = ("red", "amber", "green", "gold")


def files(swept: Swept) -> list[dict[str, object]]:
    told: list[dict[str, object]] = json.loads((swept.out / "sweep.json").read_text(encoding="utf-8"))["files"]
    return told


def test_what_make_sweep_printed_is_what_it_prints(swept: Swept) -> None:
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    printed = [line for line in swept.printed.splitlines() if not line.startswith("Results are in")]
    assert [line for line in shown[1].splitlines() if not line.startswith("Results are in")] == printed


def test_every_pep_has_an_outcome_and_other_files_are_ignored(swept: Swept) -> None:
    outcomes = {str(entry["source"]): entry["outcome"] for entry in files(swept)}
    peps = {str(path.relative_to(PEPS).as_posix()) for path in PEPS.rglob("*") if path.suffix in (".docx", ".pdf")}
    assert len(peps) >= 24
    assert {source for source, outcome in outcomes.items() if outcome == "ignored"} == set(outcomes) - peps
    assert sum(outcomes[pep] == "graded" for pep in peps) >= 20


def test_grades_go_with_those_of_three_readers(swept: Swept) -> None:
    readings = map(json.loads, (PEPS / "grades.jsonl").read_text(encoding="utf-8").splitlines())
    given = {Path(str(entry["source"])).stem: entry["grade"] for entry in files(swept)}
    pairs = []
    for reading in readings:
        furthest = "gold" if GRADES.index(reading["overall"]) < 2 else "red"
        pairs.append((reading["overall"], given[reading["stem"]] or furthest))
    assert len({grade for _, grade in pairs}) >= 3
    assert quadratic_kappa([(GRADES.index(a), GRADES.index(b)) for a, b in pairs]) >= 0.5


def test_a_letter_holds_its_own_child_and_no_other(swept: Swept) -> None:
    truths = [json.loads(path.read_text(encoding="utf-8"))["record"] for path in PEPS.rglob("*.truth.json")]
    surnames = {truth["child"]["surname"]: truth for truth in truths}
    by_id = {entry["id"]: entry for entry in files(swept)}
    letters = sorted((swept.out / "letters").glob("*.docx"))
    assert len(letters) >= 20
    for path in letters:
        with zipfile.ZipFile(path) as archive:
            text = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
        stem = Path(str(by_id[path.stem]["source"])).stem
        others = [name for name in surnames if name.casefold().replace("-", "") not in stem]
        assert not [name for name in others if name in text and not staff(surnames, stem, name)], stem


def staff(surnames: dict[str, dict[str, object]], stem: str, name: str) -> bool:
    """Whether a surname is also that of an adult in this PEP."""
    own = next(t for s, t in surnames.items() if s.casefold().replace("-", "") in stem)
    return name in json.dumps({key: own[key] for key in ("contacts", "meeting", "school")}, ensure_ascii=False)


def test_the_workbook_opens_in_libreoffice(swept: Swept, program: Callable[[str], str], tmp_path: Path) -> None:
    office = [program("soffice"), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    convert = [*office, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"]
    subprocess.run(
        [*convert, "--outdir", str(tmp_path), str(swept.out / "sweep.xlsx")], check=True, capture_output=True
    )
    sheets = {path.stem.split("-", 1)[1] for path in tmp_path.glob("*.csv")}
    assert sheets == {"Read me", "Summary", "PEPs", "Findings", "Needs a person", "Themes"}
    peps = next(tmp_path.glob("*-PEPs.csv")).read_text(encoding="utf-8")
    assert peps.count("Whitlock-Amos") == 1


@pytest.mark.parametrize("kind", ["docx", "pdf", "pdf-scan"])
def test_reading_agrees_with_the_truth(swept: Swept, kind: str) -> None:
    from score_extraction import load_truth, score

    told = [json.loads(path.read_text(encoding="utf-8")) for path in (swept.out / "peps").glob("*.json")]
    predictions = {Path(pep["source"]).name.casefold(): pep for pep in told}
    truths = [truth for truth in load_truth(str(PEPS)) if truth["format"] == kind]
    assert score(truths, predictions)["overall"]["f1"] >= {"docx": 0.9, "pdf": 0.9, "pdf-scan": 0.8}[kind]
