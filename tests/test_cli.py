"""The commands as people type them: what they print, where, and how they end."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import FIXTURES, PEPS
from vsdocs.cli import COMMANDS, vsdocs

PEP = sorted(PEPS.rglob("*.docx"))[0]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "vsdocs", *arguments], capture_output=True, text=True)


def help_of(*command: str) -> str:
    return CliRunner().invoke(vsdocs, [*command, "--help"]).output


@pytest.mark.parametrize(
    "command", [*COMMANDS, "rubric list", "rubric show", "rubric check", "forms explain", "forms list", "forms check"]
)
def test_every_command_has_help_with_an_example(command: str) -> None:
    told = help_of(*command.split())
    assert "Example:" in told
    assert f"vsdocs {command}" in told


@pytest.mark.parametrize(
    "command",
    [
        "sweep",
        "extract",
        "score",
        "judge",
        "criteria",
        "doctor",
        "rubric list",
        "rubric show",
        "rubric check",
        "forms explain",
        "forms list",
        "forms check",
    ],
)
def test_every_reading_command_prints_json(command: str) -> None:
    assert "--json" in help_of(*command.split())


def test_a_mistyped_command_is_told_the_nearest() -> None:
    done = run("swep")
    assert done.returncode == 2
    assert "did you mean 'sweep'" in done.stderr


def test_extract_prints_the_contracts_object() -> None:
    done = run("extract", str(PEP), "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told["source"] == PEP.name
    assert set(told) >= {"source", "format", "pages", "sha256", "id", "record", "evidence", "warnings"}
    truth = json.loads(PEP.with_suffix(".truth.json").read_text(encoding="utf-8"))["record"]
    assert told["record"]["child"]["surname"] == truth["child"]["surname"]
    assert told["evidence"]["child.surname"]["state"] == "found"
    assert set(told["evidence"]["child.surname"]) == {"state", "text", "page", "location", "confidence"}


def test_score_prints_the_contracts_object() -> None:
    done = run("score", str(PEP), "--json", "--today", "2026-11-20")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    expected = {"source", "child", "rubric", "grade", "areas", "rule", "score", "criteria", "targets", "flags"}
    assert set(told) == expected
    assert [area["id"] for area in told["areas"]] == ["targets", "voice", "pp_plus", "sdq", "rest"]
    for finding in told["criteria"]:
        assert set(finding) == {"id", "area", "title", "grade", "state", "evidence", "reasons", "advice", "authority"}
    for target in told["targets"]:
        assert set(target["facets"]) == {"specific", "measurable", "achievable", "relevant", "time_bound"}


@pytest.mark.parametrize(
    ("file", "code", "outcome"),
    [("hostile/empty.docx", 3, "unreadable"), ("not_peps", 4, "not_a_pep")],
)
def test_a_file_without_a_record_says_why_and_what_to_do(file: str, code: int, outcome: str) -> None:
    path = FIXTURES / file
    if path.is_dir():
        path = sorted(path.glob("*.docx"))[0]
    for command in ("extract", "score"):
        done = run(command, str(path), "--json")
        assert done.returncode == code, done.stderr
        told = json.loads(done.stdout)
        assert told["outcome"] == outcome
        assert told["error"]["message"]
        assert told["error"]["advice"]


def test_judging_a_target_keeps_the_lines_id(tmp_path: Path) -> None:
    lines = [
        {
            "id": "x1",
            "text": "Sam will read 90 words a minute by 20 March 2027, up from 70.",
            "meeting_date": "2026-11-20",
        },
        {"id": "x2", "text": "Try harder"},
    ]
    path = tmp_path / "targets.jsonl"
    path.write_text("\n".join([*map(json.dumps, lines), "not json", '"To be kinder"']), encoding="utf-8")
    done = run("judge", "target", "--file", str(path), "--json")
    assert done.returncode == 3
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("id") for line in told] == ["x1", "x2", None, None]
    assert told[0]["smart"] is True
    assert told[1]["smart"] is False
    assert told[0]["score"] > told[1]["score"]
    assert "error" in told[2]
    assert told[3]["smart"] is False


def test_voice_and_pp_plus_are_judged_as_in_a_whole_pep(tmp_path: Path) -> None:
    scored = json.loads(run("score", str(PEP), "--json").stdout)
    record = json.loads(run("extract", str(PEP), "--json").stdout)["record"]
    given = {"targets": [target["text"] for target in record["targets"]], "lines": record["pp_plus"]}
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(given), encoding="utf-8")
    told = json.loads(run("judge", "pp-plus", "--file", str(path), "--json").stdout)
    areas = {area["id"]: area["grade"] for area in scored["areas"]}
    # by itself a line can only serve the targets; in the plan it may serve a need or a wish too
    order = ["red", "amber", "green", "gold"]
    assert order.index(told["grade"]) <= order.index(areas["pp_plus"])
    assert told["reasons"]


def test_doctor_finds_all_that_is_needed() -> None:
    done = run("doctor", "--json")
    assert done.returncode == 0
    checks = {check["what"]: check["ok"] for check in json.loads(done.stdout)["checks"]}
    assert checks["Word, PDF, letters"]
    assert checks["Scans"]


def test_a_fault_of_ours_ends_with_one_line_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import vsdocs.cli as door

    def broken(*_: object, **__: object) -> None:
        raise KeyError("Jayden")

    monkeypatch.setattr(door, "vsdocs", broken)
    with pytest.raises(SystemExit) as ended:
        door.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "Jayden" not in said
    assert "Traceback" not in said
    assert "KeyError" in said


def test_who_stops_before_anything_is_done_is_not_told_that_something_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import click

    import vsdocs.cli as door

    def stopped(*_: object, **__: object) -> None:
        raise click.exceptions.Abort

    monkeypatch.setattr(door, "vsdocs", stopped)
    with pytest.raises(SystemExit) as ended:
        door.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize(
    ("day", "says"), [("22/11/2026", "Write the day as 2026-11-22"), ("1900-01-01", "this century")]
)
def test_a_day_that_is_none_is_told_how_to_write_it(day: str, says: str) -> None:
    done = run("score", str(PEP), "--today", day)
    assert done.returncode == 2
    assert says in done.stderr


def test_nothing_to_judge_is_a_slip_of_the_command() -> None:
    assert run("judge", "target", "").returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells only")
def test_a_closed_or_full_stdout_ends_without_a_traceback() -> None:
    for end, code in ((">&-", 0), (">/dev/full", 10)):
        done = subprocess.run(f"{sys.executable} -m vsdocs criteria {end}", shell=True, capture_output=True, text=True)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
