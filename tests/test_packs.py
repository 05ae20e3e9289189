"""Packs: YAML that extends YAML, with every slip told by file, line and the nearest right spelling."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from vsdocs import packs
from vsdocs.errors import ExitCode, PackError


class Line(BaseModel):
    model_config = ConfigDict(extra="forbid")
    caps: str
    words: int = 3


class Rules(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    criteria: dict[str, Line]


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_pack_lies_over_the_one_it_extends(tmp_path: Path) -> None:
    write(tmp_path, "base", "title: Base\ncriteria:\n  a: {caps: red, words: 5}\n  b: {caps: amber}\n")
    write(tmp_path, "ours", "extends: base\ntitle: Ours\ncriteria:\n  a: {words: 9}\n  b: null\n  c: {caps: green}\n")
    rules = packs.load(tmp_path, "ours").parse(Rules)
    assert rules.title == "Ours"
    assert rules.criteria["a"] == Line(caps="red", words=9)
    assert sorted(rules.criteria) == ["a", "c"]


def test_the_word_no_stays_a_word(tmp_path: Path) -> None:
    write(tmp_path, "base", "answers: [No, Yes, on, off, true]\nday: 2026-05-12\n")
    assert packs.load(tmp_path, "base").data == {"answers": ["No", "Yes", "on", "off", True], "day": "2026-05-12"}


def test_every_slip_is_told_with_its_line_and_the_nearest_word(tmp_path: Path) -> None:
    write(tmp_path, "base", "title: Base\ncriteria:\n  a: {caps: red}\n")
    write(tmp_path, "ours", "extends: base\ntitel: Ours\ncriteria:\n  a:\n    wrods: 9\n  b:\n    words: many\n")
    with pytest.raises(PackError) as caught:
        packs.load(tmp_path, "ours").parse(Rules)
    told = caught.value.message.splitlines()
    assert any(line.startswith("ours.yaml:2:1: 'titel'") and "'title'" in line for line in told)
    assert any(line.startswith("ours.yaml:5:5: 'wrods'") and "'words'" in line for line in told)
    assert any(line.startswith("ours.yaml:7:5:") for line in told)
    assert any("'caps' is missing" in line for line in told)
    assert caught.value.exit_code is ExitCode.BAD_PACK


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: [unclosed\n", "ours.yaml:"),
        ("title: a\ntitle: b\n", "ours.yaml:2:1"),
        ("- a list\n", "ours.yaml:1:1"),
        ("extends: ours\n", "ours.yaml:1:1"),
        ("", "ours.yaml:"),
    ],
)
def test_a_broken_file_is_told_by_place(tmp_path: Path, text: str, place: str) -> None:
    write(tmp_path, "ours", text)
    with pytest.raises(PackError, match=place):
        packs.load(tmp_path, "ours").parse(Rules)


def test_an_unknown_id_is_told_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "dorset-2025-26", "title: x\n")
    with pytest.raises(PackError, match=r"did you mean 'dorset-2025-26'"):
        packs.load(tmp_path, "dorset-2025-2026")


def test_a_yml_file_is_not_silently_left_out(tmp_path: Path) -> None:
    (tmp_path / "ours.yml").write_text("title: x\n")
    with pytest.raises(PackError, match=r"ours\.yml:1:1"):
        packs.ids(tmp_path)


def test_taking_away_what_is_not_there_is_a_slip(tmp_path: Path) -> None:
    write(tmp_path, "base", "title: Base\ncriteria:\n  targets_owned: {caps: red}\n")
    write(tmp_path, "ours", "extends: base\ncriteria:\n  targets_ownd: null\n")
    with pytest.raises(PackError) as caught:
        packs.load(tmp_path, "ours")
    assert caught.value.message.startswith("ours.yaml:3:")
    assert "did you mean 'targets_owned'" in caught.value.message
