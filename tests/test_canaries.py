"""Never the wrong child: 300 invented children, a canary in every field, and nothing that is written sings another one's song.

Zero is the only pass. A new kind of document is one more line in MAKERS.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from canaries import Aviary, tokens_in, tokens_of
from vsdocs.errors import RefusedError
from vsdocs.generate import gate
from vsdocs.generate.post import calendar, mail, text
from vsdocs.generate.written import Recipient, Written
from vsdocs.record import Extraction, Role
from vsdocs.settings import Settings

pytestmark = pytest.mark.xdist_group("canaries")  # one worker does the sweeps, once

TODAY = date(2026, 11, 22)
CHILDREN = 300
KILLED = range(40)  # the children of the sweep that is killed and goes on
SETTINGS = Settings()


@dataclass(frozen=True)
class Nest:
    """A finished sweep of invented children: its folder, and the number and the record of each child by the PEP's id."""

    out: Path
    numbers: dict[str, int]
    peps: dict[str, Extraction]

    def __iter__(self) -> Iterator[tuple[int, Written]]:
        """Each child with its letter."""
        for path in sorted((self.out / "letters").glob("*.docx")):
            pep = self.peps[path.stem]
            teacher = pep.record.contact(Role.DESIGNATED_TEACHER)
            assert teacher is not None
            to = Recipient(teacher.name, teacher.email, pep.record.school.name)
            subject = f"PEP feedback, reference {pep.id}"
            yield self.numbers[pep.id], Written(pep.id, path.read_bytes(), subject, (pep,), to)


@pytest.fixture(scope="module")
def aviary() -> Aviary:
    return Aviary(CHILDREN)


def command(folder: Path, home: Path) -> list[str]:
    places = ("--out", str(home / "out"), "--store", str(home / "store.sqlite"), "--today", TODAY.isoformat())
    return ["sweep", str(folder), *places, "--jobs", "2"]


def nest(out: Path) -> Nest:
    told = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((out / "peps").glob("*.json"))]
    peps = {}
    for pep in told:
        peps[pep["id"]] = Extraction.model_validate(
            {k: v for k, v in pep.items() if k not in ("judgement", "moderation")}
        )
    return Nest(out, {pep["id"]: int(pep["source"][:3]) for pep in told}, peps)


@pytest.fixture(scope="module")
def swept(aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> Nest:
    home = tmp_path_factory.mktemp("aviary")
    (home / "peps").mkdir()
    aviary.write(home / "peps")
    done = subprocess.run(
        [sys.executable, "-m", "vsdocs", *command(home / "peps", home)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert f"{CHILDREN} graded" in done.stdout
    return nest(home / "out")


@pytest.fixture(scope="module")
def resumed(aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> Nest:
    """A sweep with two workers, killed while it reads and again while it writes letters, and gone on with."""
    home = tmp_path_factory.mktemp("killed")
    (home / "peps").mkdir()
    aviary.write(home / "peps", KILLED)
    kill_at = str(Path(__file__).with_name("kill_at.py"))
    for write in (len(KILLED) // 2, len(KILLED) * 3):
        killed = subprocess.run(
            [sys.executable, kill_at, "kill", str(write), *command(home / "peps", home)], capture_output=True
        )
        assert killed.returncode == -signal.SIGKILL
    done = subprocess.run(
        [sys.executable, "-m", "vsdocs", *command(home / "peps", home)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return nest(home / "out")


def posted(written: Written) -> tuple[tuple[str, bytes], ...]:
    return ((f"{written.name}.docx", written.docx), *((f"{written.name}.ics", meeting(written)),))


def meeting(written: Written) -> bytes:
    title, starts = f"PEP review, reference {written.name}", datetime(2027, 1, 7, 14)
    return calendar.event(written.name, title, starts, 60, "Room 3", SETTINGS, TODAY, about=written.about)


def drafted(written: Written) -> bytes:
    files = posted(written)
    lead = written.about[0].record.contact(Role.VIRTUAL_SCHOOL_LEAD)
    return mail.draft(written, SETTINGS, files, mail.body(written, SETTINGS, files, lead, "by 18 December 2026"))


#: What is made of one child's letter: the ending of its file, and its maker.
MAKERS: dict[str, Callable[[Written], bytes]] = {
    "docx": lambda written: written.docx,
    "eml": drafted,
    "ics": meeting,
    "txt": lambda written: text.plain(written.docx).encode(),
}


@pytest.mark.parametrize("ending", MAKERS)
def test_what_is_about_one_child_holds_no_canary_of_another(
    ending: str, swept: Nest, aviary: Aviary, tmp_path: Path
) -> None:
    made = 0
    for number, written in swept:
        path = tmp_path / f"{written.name}.{ending}"
        path.write_bytes(MAKERS[ending](written))
        found = tokens_in(path)
        assert aviary.strangers(found, {number}) == set(), f"{path.name} of {number}"
        assert found & aviary.private == set(), f"{path.name} of {number}"
        made += 1
        path.unlink()
    assert made == CHILDREN


def test_letters_sing_at_all(swept: Nest) -> None:
    """The canaries come through: a letter that holds none would prove nothing."""
    for path in (swept.out / "letters").glob("*.docx"):
        assert len(tokens_in(path)) >= 4


def records_of(one: Nest, aviary: Aviary) -> None:
    """Each record holds what its own file said, brothers and sisters included, and nothing else."""
    paths = list((one.out / "peps").glob("*.json"))
    assert len(paths) == len(one.numbers)
    for path in paths:
        child = aviary.children[one.numbers[path.stem]]
        assert tokens_in(path) <= child.wrote
        assert {value.casefold() for value in (child.values["forename"], child.values["likes"])} <= tokens_in(path)


def test_each_record_holds_its_own_file_only(swept: Nest, aviary: Aviary) -> None:
    records_of(swept, aviary)


def rows(found: Iterable[Any]) -> Iterator[str]:
    for row in found:
        yield json.dumps(row, ensure_ascii=False, default=str)


def test_each_row_of_workbook_page_and_json_is_one_childs(swept: Nest, aviary: Aviary) -> None:
    everybody = set(aviary.owners)
    for name in ("sweep.xlsx", "sweep.html", "sweep.json"):
        assert tokens_in(swept.out / name) <= everybody
    told = json.loads((swept.out / "sweep.json").read_text(encoding="utf-8"))
    lines = list(rows(told["files"]))
    workbook = load_workbook(swept.out / "sweep.xlsx", read_only=True)
    for name in ("PEPs", "Needs a person"):
        lines += rows(workbook[name].iter_rows(values_only=True))
    lines += list(rows(workbook["Findings"].iter_rows(values_only=True, max_row=2000)))
    owner = {token: child for child in aviary.children for token in child.wrote}
    for line in lines:
        found = tokens_of(line)
        near = {owner[token].number for token in found}  # a shared token names the last of those who share it
        assert not found or any(found <= aviary.children[number].wrote for number in near), line[:200]


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_after_kills_and_going_on_it_is_the_same(resumed: Nest, aviary: Aviary) -> None:
    records_of(resumed, aviary)
    letters = list((resumed.out / "letters").glob("*.docx"))
    assert len(letters) == len(KILLED)
    for path in letters:
        assert aviary.strangers(tokens_in(path), {resumed.numbers[path.stem]}) == set()


def test_the_gate_lets_every_letter_through_and_turns_back_what_is_mixed_up(swept: Nest) -> None:
    others = gate.Others(swept.peps.values(), SETTINGS)
    letters = list(swept)
    for _, written in letters:
        gate.check(written, others)
        assert gate.blocked(written.about[0]) is None
    (_, one), (_, other) = letters[:2]
    with pytest.raises(RefusedError):
        gate.check(Written(one.name, one.docx, one.subject, other.about, one.recipient), others)
    with pytest.raises(RefusedError):
        gate.check(Written(one.name, one.docx, one.subject, one.about + other.about), others)


def test_no_canary_is_left_beside_the_results(swept: Nest) -> None:
    """Nothing half-written, and no file is called after a child."""
    known = {"letters", "peps", "sweep.html", "sweep.xlsx", "sweep.json", ".sweep.lock"}
    assert {path.name for path in swept.out.iterdir()} == known
    assert not any(tokens_of(str(path.relative_to(swept.out))) for path in swept.out.rglob("*"))
    shutil.rmtree(swept.out.parent / "peps")


def test_a_canary_is_heard_in_every_kind_of_file(aviary: Aviary, swept: Nest, tmp_path: Path) -> None:
    """Else silence would prove nothing: each kind of file with a token where it is hardest to find."""
    from reportlab.pdfgen.canvas import Canvas

    _, written = next(iter(swept))
    own = tokens_of(written.about[0].record.child.forename or "")
    assert len(own) == 1
    (tmp_path / "mail.eml").write_bytes(drafted(written))  # in its attachment
    named = written.about[0].record.child.forename or ""
    page = Canvas(str(tmp_path / "page.pdf"))
    page.drawString(72, 700, "Dear")
    page.setSubject(named)
    page.save()
    place = calendar.event("m", "PEP", datetime(2027, 1, 7, 14), 60, f"{'x' * 60}{named}", SETTINGS, TODAY)
    (tmp_path / "folded.ics").write_bytes(place)
    (tmp_path / f"{named}.txt").write_text("Dear")
    for name in ("mail.eml", "page.pdf", "folded.ics", f"{named}.txt"):
        assert own <= tokens_in(tmp_path / name), name
