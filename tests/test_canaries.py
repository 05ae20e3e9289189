"""Never the wrong child: 300 invented children, a canary in every field, and nothing that is written sings another one's song.

Zero is the only pass.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from canaries import FIELDS, ON_ROLL, ROLL_FIELDS, Aviary, texts_in, tokens_in, tokens_of
from made_letters import accepted
from vsdocs import rubric
from vsdocs.cli import vsdocs
from vsdocs.errors import RefusedError
from vsdocs.generate import gate
from vsdocs.generate.case import Case
from vsdocs.generate.meetings import agenda, kinds
from vsdocs.generate.meetings.meeting import Meeting
from vsdocs.generate.post import calendar
from vsdocs.generate.written import Recipient, Written
from vsdocs.record import Extraction, Role
from vsdocs.settings import Settings
from vsdocs.store import Store

TODAY = date(2026, 11, 22)
CHILDREN = 300
KILLED = range(24)  # the children of the sweep that is killed and goes on
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


@pytest.fixture(scope="module")
def sent(swept: Nest) -> Path:
    """What `vsdocs letter` writes in every way about all children, each graded by a person."""
    home = swept.out.parent
    (home / "vsdocs.toml").write_text(
        '[authority]\nname = "Brightwater"\naddress = ["1 High Street"]\ntelephone = "01632 960001"\nemail = "vs@brightwater.example"\n',
        encoding="utf-8",
    )
    store = Store(str(home / "store.sqlite"))
    run = store.latest()
    assert run is not None
    store.moderate(
        accepted(pep.extraction, pep.judgement) for pep in store.graded(run) if pep.extraction and pep.judgement
    )
    store.close()
    asked = ["letter", "--sweep", "latest", "--out", "sent", "--pdf", "--text", "--mail", "--store", "store.sqlite"]
    done = subprocess.run(
        [sys.executable, "-m", "vsdocs", *asked, "--today", TODAY.isoformat()], cwd=home, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert f"{CHILDREN} letters and" in done.stderr
    return home / "sent"


def about(path: Path, swept: Nest) -> set[int]:
    """Whom a file was asked for: the child of its name; of a covering note, and of the e-mail that it goes out with, those whose
    references it lists."""
    stem, _, kind = path.stem.partition("-")
    if kind != "cover":
        return {swept.numbers[stem]}
    listed = "\n".join(texts_in(".docx", path.with_suffix(".docx").read_bytes()))
    return {number for pep_id, number in swept.numbers.items() if pep_id in listed}


@pytest.mark.parametrize("ending", ["docx", "pdf", "txt", "eml"])
def test_what_is_about_one_child_holds_no_canary_of_another(
    ending: str, sent: Path, swept: Nest, aviary: Aviary
) -> None:
    paths = list(sent.glob(f"*.{ending}"))
    for path in paths:
        if path.name == "check-first.txt":
            continue
        found, children = tokens_in(path), about(path, swept)
        assert aviary.strangers(found, children) == set(), f"{path.name} of {children}"
        assert found & aviary.private == set(), f"{path.name} of {children}"
        if "-cover" in path.name and ending != "eml":
            assert found <= {
                token
                for number in children
                for token in tokens_of(f"{teacher_of(aviary, number)} {lead_of(aviary, number)}")
            }
    told = [path for path in paths if "-cover" not in path.name]
    covers = [about(path, swept) for path in sent.glob("*-cover.docx")]
    assert covers
    assert all(len({teacher_of(aviary, number) for number in together}) == 1 for together in covers)
    under_a_note = sum(map(len, covers))
    assert len(told) == CHILDREN - (under_a_note if ending == "eml" else 0) + (ending == "txt")


def teacher_of(aviary: Aviary, number: int) -> str:
    values = aviary.children[number].values
    return f"{values['teacher']} {values['school']}"


def lead_of(aviary: Aviary, number: int) -> str:
    return aviary.children[number].values["lead"]


def test_what_to_check_first_is_told_by_reference(sent: Path, swept: Nest) -> None:
    told = (sent / "check-first.txt").read_text(encoding="utf-8-sig")
    assert tokens_of(told) == set()
    assert {line[:-1] for line in told.splitlines() if line.endswith(":") and " " not in line} == set(swept.numbers)


def cases(swept: Nest) -> dict[str, Case]:
    rules = rubric.load("dorset-2025-26")
    return {pep_id: Case(pep, TODAY, SETTINGS, rubric.score(pep, rules, TODAY)) for pep_id, pep in swept.peps.items()}


def test_agendas_notes_and_calendar_hold_no_canary_of_another(swept: Nest, aviary: Aviary, tmp_path: Path) -> None:
    """Each kind of meeting, about every thirtieth child, brothers and sisters and namesakes among them, or lists of them."""
    known = cases(swept)
    everybody = list(known)
    invited = {t for child in aviary.children for name in ("carer", "worker") for t in tokens_of(child.values[name])}
    made = 0
    for at, name in enumerate(kinds.names(SETTINGS)):
        kind = kinds.load(name, SETTINGS)
        if kind.about == "school":
            schools: dict[str, list[str]] = {}
            for pep_id, one in known.items():
                schools.setdefault(one.pep.record.school.name or "", []).append(pep_id)
            groups = [ids for ids in schools.values() if len(ids) > 1][:8]
        elif kind.about == "list":
            groups = [everybody[:7], everybody[50:62]]
        else:
            groups = [[pep_id] for pep_id in everybody[at::30]]
        for ids in groups:
            meeting = Meeting(
                kind=kind,
                cases=tuple(known[i] for i in ids),
                today=TODAY,
                settings=SETTINGS,
                day=date(2026, 12, 3),
                run="1",
            )
            numbers = {swept.numbers[i] for i in ids}
            for written in (agenda.agenda(meeting), agenda.notes_form(meeting)):
                path = tmp_path / f"{written.name}.docx"
                path.write_bytes(written.docx)
                found = tokens_in(path)
                assert aviary.strangers(found, numbers) == set(), f"{path.name} of {numbers}"
                assert found & aviary.private - invited == set(), f"{path.name} of {numbers}"
                made += 1
            starts = datetime(2026, 12, 3, 14)
            entry = calendar.event(written.name, kind.title, starts, 60, "Room 3", SETTINGS, TODAY, about=written.about)
            assert tokens_of(entry.decode().replace("\r\n ", "")) == set()
    assert made > 120


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


# The roll, what is due and the reports, of the same children


@dataclass(frozen=True)
class Rolled:
    """The sweep's store with the roll of the same children, and their data tables."""

    home: Path
    store: Path

    def run(self, *arguments: str) -> Result:
        """A command of vsdocs in this folder, with this store."""
        before = Path.cwd()
        os.chdir(self.home)
        try:
            places = ("--store", str(self.store), "--today", TODAY.isoformat())
            return CliRunner().invoke(vsdocs, [*arguments, *places], standalone_mode=False)
        finally:
            os.chdir(before)

    def report(self, name: str, *arguments: str) -> Result:
        tables = () if name == "sweep" else ("--data", "figures")
        done = self.run("report", name, *arguments, *tables)
        assert done.exception is None, (done.output, done.exception)
        return done


@pytest.fixture(scope="module")
def rolled(swept: Nest, aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> Rolled:
    home = tmp_path_factory.mktemp("rolled")
    shutil.copy(swept.out.parent / "store.sqlite", home / "store.sqlite")
    (home / "figures").mkdir()
    aviary.write_roll(home / "roll.csv")
    aviary.write_tables(home / "figures")
    one = Rolled(home, home / "store.sqlite")
    done = one.run("roll", "import", "roll.csv")
    assert f"{ON_ROLL} children are" in done.stdout, (done.output, done.exception)
    assert tokens_of(done.output) == set()
    return one


def of_fields(found: set[str], *names: str) -> set[str]:
    """Of the tokens that were found, those of other fields than these."""
    endings = tuple((FIELDS | ROLL_FIELDS)[name] for name in names)
    return {token for token in found if not token.startswith("qx") or not token.endswith(endings)}


def references(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"VS(\d{5})", text)}


def test_what_is_due_names_nobody_unless_asked_and_a_calendar_never(rolled: Rolled, aviary: Aviary) -> None:
    data = ("--data", "figures", "--within", "200")
    done = rolled.run("due", *data, "--ics", "due.ics")
    assert done.exception is None, done.output
    told = references(done.stdout)
    assert told
    assert told <= set(range(ON_ROLL))
    assert of_fields(tokens_of(done.output), "school") == set()
    assert tokens_in(rolled.home / "due.ics") == set()
    assert references((rolled.home / "due.ics").read_text(encoding="utf-8")) == told
    named = rolled.run("due", *data, "--names", "--ics", "named.ics")
    assert of_fields(tokens_of(named.output), "school", "forename", "surname", "used") == set()
    assert tokens_of(named.output) & aviary.private
    assert aviary.strangers(tokens_of(named.output), set(range(ON_ROLL))) == set()
    assert (rolled.home / "named.ics").read_bytes() == (rolled.home / "due.ics").read_bytes()


@pytest.mark.parametrize("first", [0, 24, 288])
def test_a_leads_list_is_of_that_leads_children_only(first: int, rolled: Rolled, aviary: Aviary) -> None:
    own, lead = aviary.caseload(first), aviary.children[first].values["lead"]
    done = rolled.run(
        "due", "--vsl", lead, "--within", "200", "--names", "--json", "--ics", "own.ics", "--data", "figures"
    )
    assert done.exception is None, done.output
    told = json.loads(done.stdout)
    assert {int(due["child"][2:]) for due in told["due"]} == own
    for text in (done.output, (rolled.home / "own.ics").read_text(encoding="utf-8")):
        assert references(text) <= own
    assert aviary.strangers(tokens_of(done.output), own) == set()
    assert of_fields(tokens_in(rolled.home / "own.ics")) == set()


GROUPED = ("ethnicity", "legal")  # groups are called what stands on the roll, in the internal edition
#: paper -> what of children it is meant to show; a publishable one nothing at all
REPORTS: dict[str, tuple[list[str], tuple[str, ...]]] = {
    "annual-report-2025-26-internal.docx": (["annual", "--year", "2025-26", "--out", "."], GROUPED),
    "annual-report-2025-26-publishable.pdf": (["annual", "--year", "2025-26", "--out", ".", "--edition", "publishable", "--pdf"], ()),
    "annual-report-2026-27-publishable.docx": (["annual", "--year", "2026-27", "--out", ".", "--edition", "publishable"], ()),
    "young-people-2025-26.pdf": (["annual", "--year", "2025-26", "--out", ".", "--young", "--pdf"], ()),
    "kpi.xlsx": (["kpi", "--for", "slt", "--year", "2025-26", "--group", "gender", "--xlsx", "kpi.xlsx"], ()),
    "groups.xlsx": (["kpi", "--for", "cpb", "--year", "2025-26", "--group", "ethnicity", "--xlsx", "groups.xlsx"], GROUPED),
    "sweep.docx": (["sweep", "--compare", "--out", "sweep.docx"], ("school", "lead")),
    "sef.docx": (["sef", "--out", "sef.docx"], ()),
    "plan.docx": (["plan", "--out", "plan.docx"], ()),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_holds_no_canary_but_what_it_is_meant_to_show(name: str, rolled: Rolled, aviary: Aviary) -> None:
    arguments, fields = REPORTS[name]
    done = rolled.report(*arguments)
    for path in {rolled.home / name, rolled.home / name.replace(".pdf", ".docx")}:
        found = tokens_in(path) & set(aviary.owners)
        assert of_fields(found, *fields) == set(), path.name
        assert bool(found) is bool(fields), path.name  # what it is meant to show comes through
        assert references("\n".join(texts_in(path.suffix, path.read_bytes()))) == set(), path.name
    assert tokens_of(done.output) == set()


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
    mail = EmailMessage()
    mail.add_attachment(written.docx, maintype="application", subtype="octet-stream", filename="a.docx")
    (tmp_path / "mail.eml").write_bytes(mail.as_bytes())  # in its attachment
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
