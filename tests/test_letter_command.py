"""`vsdocs letter`: the right letters to the right people, and none where that is not sure."""

import io
import json
from datetime import date
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from conftest import FIXTURES
from made_letters import kept
from made_sweeps import pep
from vsdocs.cli import vsdocs
from vsdocs.cohort import columns, sheet
from vsdocs.cohort.child import Child
from vsdocs.errors import ExitCode, VsdocsError
from vsdocs.record import Extraction, Role
from vsdocs.store import Store

STEMS = ("d1_controls_1_whitlockamos", "d2_fourcol_1_drysdale", "d3_labels_1_greenacre", "d4_ehcp_pdf_1_ashdown")
TODAY = "2026-11-22"
DAY = date.fromisoformat(TODAY)


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(vsdocs, arguments, input=typed, standalone_mode=False)


class Place:
    """A store with a sweep of some PEPs, all but the last moderated, and a folder for letters."""

    def __init__(self, folder: Path, *peps: Extraction, moderated: int | None = None) -> None:
        self.store, self.out, self.peps = folder / "s.sqlite", folder / "letters", peps
        self.run = kept(self.store, *peps, moderated=peps[: len(peps) - 1 if moderated is None else moderated])

    def letter(self, *arguments: str, out: bool = True) -> Result:
        where = ["--out", str(self.out)] if out else []
        return run("letter", *arguments, "--store", str(self.store), "--today", TODAY, *where)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.out.iterdir()) if self.out.exists() else []


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("four"), *(pep(stem) for stem in STEMS))


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's own vsdocs.toml."""
    monkeypatch.chdir(tmp_path)


def text_of(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))
    edges = [p.text for s in document.sections for p in (*s.header.paragraphs, *s.footer.paragraphs)]
    return "\n".join([*(p.text for p in document.paragraphs), *edges])


def changed(of: Extraction, **parts: Any) -> Extraction:
    return of.model_copy(update={"record": of.record.model_copy(update=parts)})


def teachers(of: Extraction, *names: tuple[str, str | None]) -> Extraction:
    rest = tuple(c for c in of.record.contacts if c.role != "designated_teacher")
    first = next(c for c in of.record.contacts if c.role == "designated_teacher")
    own = tuple(first.model_copy(update={"name": name, "email": email}) for name, email in names)
    return changed(of, contacts=(*own, *rest))


# The main path


def test_a_sweeps_letters_are_written_and_those_that_nobody_graded_are_named(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    done = four.letter("--sweep", "latest")
    assert done.return_value == ExitCode.REFUSED
    assert (
        f"1 refused ({four.peps[3].id}): Nobody has graded this PEP yet. Grade it with `vsdocs moderate`."
        in done.stderr
    )
    assert four.names() == sorted(
        [*(f"{one.id}-feedback.docx" for one in four.peps[:3]), "check-first.txt", "drafts.json"]
    )
    for one in four.peps[:3]:
        text = text_of(four.out / f"{one.id}-feedback.docx")
        assert "DRAFT" not in text
        assert f"{one.record.child.forename}'s Personal Education Plan" in text
        for other in four.peps:
            if other.id != one.id:
                child = other.record.child
                assert not any(word and word in text for word in (child.surname, child.upn, f"{child.forename}'s"))
    told = (four.out / "check-first.txt").read_text(encoding="utf-8-sig")
    assert "A Whitcombe graded this plan" in told
    four.letter(four.peps[0].id)
    four.letter(four.peps[0].id, "--kind", "overdue", "--level", "1")
    assert (four.out / "check-first.txt").read_text(encoding="utf-8-sig") == told


def test_one_by_its_id_and_the_run_by_its_own(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    assert four.letter(four.peps[0].id[:6]).return_value == ExitCode.DONE
    assert f"{four.peps[0].id}-feedback.docx" in four.names()
    assert four.letter("--sweep", four.run).return_value == ExitCode.REFUSED
    assert "No finished sweep" in str(four.letter("--sweep", "0099").exception)
    assert four.letter(four.peps[3].id).return_value == ExitCode.REFUSED


def test_a_dry_run_shows_child_school_and_recipient_and_writes_nothing(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    done = four.letter("--sweep", "latest", "--dry-run")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["reference", "child", "school", "recipient"]
    for line, one in zip(lines[1:], sorted(four.peps, key=lambda one: one.source), strict=True):
        assert line.startswith(f"{one.id}  {one.record.child.initials}, ")
        assert str(one.record.school.name) in line
        assert one.record.child.surname not in line
        assert ("REFUSED: Nobody has graded" in line) is (one is four.peps[3])
    assert "<" in lines[1]
    assert four.names() == []


def test_an_edited_letter_is_left_as_it_is(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    one = four.peps[0].id
    four.letter(one)
    path = four.out / f"{one}-feedback.docx"
    path.write_bytes(b"edited in Word")
    again = four.letter(one)
    assert "edited" in again.stderr
    assert path.read_bytes() == b"edited in Word"
    assert "letters" in four.letter(four.peps[1].id).stderr
    assert path.exists()


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"a": 1}'])
def test_where_the_list_of_letters_is_damaged_every_other_letter_counts_as_edited(
    four: Place, tmp_path: Path, damaged: str
) -> None:
    four.out = tmp_path / "letters"
    one, other = four.peps[0].id, four.peps[1].id
    four.letter(one)
    path = four.out / f"{one}-feedback.docx"
    path.write_bytes(b"edited in Word")
    (four.out / "drafts.json").write_text(damaged)
    assert four.letter(one).exit_code == 0
    assert path.read_bytes() == b"edited in Word"
    assert four.letter(other).exit_code == 0
    assert (four.out / f"{other}-feedback.docx").exists()


def test_practice_marks_every_letter(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    four.letter(four.peps[0].id, "--practice")
    assert "PRACTICE" in text_of(four.out / f"{four.peps[0].id}-feedback.docx")
    assert "nobody" in four.letter(four.peps[0].id, "--practice", "--dry-run").stdout


def test_the_other_letters(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    one = four.peps[3].id  # that nobody has graded: these letters tell of no grade
    assert four.letter(one, "--kind", "suspension", "--from", "2026-11-19").return_value == ExitCode.DONE
    assert four.letter("--sweep", "latest", "--kind", "circular").return_value == ExitCode.DONE
    passed = four.letter("--sweep", "latest", "--kind", "recognition")
    assert passed.return_value == ExitCode.DONE
    assert "PEPs need none" in passed.stderr
    refused = four.letter(four.peps[0].id, "--kind", "recognition")
    assert refused.return_value == ExitCode.REFUSED
    assert "not Gold" in refused.stderr
    assert {f"{one}-suspension.docx", f"circular-{four.run}.docx"} <= set(four.names())
    everyone = text_of(four.out / f"circular-{four.run}.docx")
    assert not any(
        str(each.record.child.forename) in everyone or str(each.record.school.name) in everyone for each in four.peps
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Which PEPs?"),
        (["0a", "--sweep", "latest"], "Both ids and --sweep were given"),
        (["--sweep", "latest", "--kind", "suspension"], "one child at a time"),
        (["--sweep", "latest", "--kind", "cover"], "by itself"),
        (["0a", "--kind", "circular"], "no child"),
        (["0a", "--kind", "suspension", "--from", "2026-11-21"], "weekend"),
        (["0a", "--kind", "overdue"], "Which PEP reminder"),
        (["--sweep", "latest", "--level", "1"], "no levels"),
        (["--sweep", "latest", "--kind", "feedbak"], "There is no letter"),
        (["zz"], "id that begins so"),
    ],
)
def test_what_cannot_be_asked_for_is_told(four: Place, tmp_path: Path, arguments: list[str], told: str) -> None:
    four.out = tmp_path / "letters"
    done = four.letter(*arguments)
    assert isinstance(done.exception, VsdocsError)
    assert told in str(done.exception)
    assert done.exception.exit_code == ExitCode.USAGE
    assert four.names() == []
    assert "Where should" in str(four.letter("0a", out=False).exception)


# Never the wrong child


def test_a_conflict_blocks_that_letter_and_no_other(tmp_path: Path) -> None:
    first, second, third, fourth = (pep(stem) for stem in STEMS)
    twice = teachers(first, ("Mrs A Bell", None), ("Mr C Dunn", None))
    many = teachers(second, ("Jo Bell", "jo@x.example, al@y.example"))
    nameless = changed(third, child=third.record.child.model_copy(update={"surname": None}))
    place = Place(tmp_path, twice, many, nameless, fourth, moderated=4)
    done = place.letter("--sweep", "latest")
    assert done.return_value == ExitCode.REFUSED
    for one, why in (
        (twice, "two designated teachers"),
        (many, "more than one address"),
        (nameless, "no full name"),
    ):
        line = next(line for line in done.stderr.splitlines() if one.id in line)
        assert why in line
        assert not any(word in line for word in ("Bell", "Dunn", "x.example"))
    assert [name for name in place.names() if name.endswith(".docx")] == [f"{fourth.id}-feedback.docx"]


def test_one_teacher_by_two_spellings_is_no_conflict(tmp_path: Path) -> None:
    one = teachers(pep(STEMS[0]), ("Mrs L Bell", "l.bell@x.example"), ("Lynn Bell", "L.Bell@x.example"))
    assert Place(tmp_path, one, moderated=1).letter("--sweep", "latest").return_value == ExitCode.DONE


def test_two_plans_that_cannot_be_told_apart_are_both_refused(tmp_path: Path) -> None:
    first, second = pep(STEMS[0]), pep(STEMS[1])
    same_upn = changed(second, child=second.record.child.model_copy(update={"upn": first.record.child.upn}))
    twin = changed(pep(STEMS[2]), child=first.record.child.model_copy(update={"upn": "Z000000000001"}))
    done = Place(tmp_path, first, same_upn, twin, moderated=3).letter("--sweep", "latest")
    assert "same UPN with another name" in done.stderr
    assert "same name and birth date with another UPN" in done.stderr
    assert "0 letters" in done.stderr


def test_letters_to_one_teacher_of_one_school_go_under_one_note(tmp_path: Path) -> None:
    first, second, elsewhere, alone = (pep(stem) for stem in STEMS)
    address = [("Mrs L Bell", "l.bell@x.example")]
    school = {"school": first.record.school}
    peps = [
        teachers(first, *address),
        changed(teachers(second, *address), **school),
        teachers(elsewhere, *address),  # a teacher of two schools
        changed(alone, **school),
    ]
    place = Place(tmp_path, *peps, moderated=4)
    place.letter("--sweep", "latest")
    (cover,) = [name for name in place.names() if "cover" in name]
    text = text_of(place.out / cover)
    assert {peps[0].id, peps[1].id} <= set(text.split())
    assert not any(one.id in text.split() for one in peps[2:])
    for one in peps:
        child = one.record.child
        assert not any(word and word in text for word in (child.forename, child.surname, child.upn))
        letters = [name for name in place.names() if one.id in name and "cover" not in name]
        assert letters == [f"{one.id}-feedback.docx"]


# The child's other plans


def test_what_the_last_letter_asked_is_found_in_this_sweep_or_an_earlier_one(tmp_path: Path) -> None:
    now = pep(STEMS[1])
    before = changed(now, meeting=now.record.meeting.model_copy(update={"date": "2024-06-10"}), targets=())
    before = before.model_copy(update={"sha256": "1" * 64, "id": "1" * 12, "source": "old.docx"})
    place = Place(tmp_path, before, now, moderated=2)
    place.letter(now.id)
    here = text_of(place.out / f"{now.id}-feedback.docx")
    assert "We asked for this:" in here
    (tmp_path / "b").mkdir()
    store = tmp_path / "b" / "s.sqlite"
    kept(store, before, moderated=[before], folder="/last-term")
    kept(store, now, moderated=[now])
    run("letter", now.id, "--store", str(store), "--today", TODAY, "--out", str(tmp_path / "b" / "o"))
    assert text_of(tmp_path / "b" / "o" / f"{now.id}-feedback.docx") == here


def waited_for(stem: str, next_date: str = "2026-09-24") -> Extraction:
    """A PEP of spring 2026 that arranged a meeting, whose plan was due by 22 October."""
    of = pep(stem)
    return changed(of, meeting=of.record.meeting.model_copy(update={"date": "2026-04-14", "next_date": next_date}))


def test_a_plan_whose_next_one_has_come_is_not_overdue(tmp_path: Path) -> None:
    old = waited_for(STEMS[0])
    new = changed(old, meeting=old.record.meeting.model_copy(update={"date": "2026-09-22"}))
    assert Place(tmp_path, old).letter(old.id, "--kind", "overdue", "--level", "1").return_value == ExitCode.DONE
    new = new.model_copy(update={"sha256": "2" * 64, "id": "2" * 12, "source": "new.docx"})
    (tmp_path / "b").mkdir()
    place = Place(tmp_path / "b", old, new)
    assert "its plan has come" in place.letter(old.id, "--kind", "overdue", "--level", "1").stderr


@pytest.mark.parametrize("with_roll", [False, True])
def test_a_reminder_is_written_of_just_what_the_list_of_what_is_due_has_as_overdue(
    tmp_path: Path, with_roll: bool
) -> None:
    """Of four plans one is late; one has time, one child has left care, and one plan is of over a year ago."""
    late, soon, left = waited_for(STEMS[0]), waited_for(STEMS[1], "2026-11-16"), waited_for(STEMS[2])
    place = Place(tmp_path, late, soon, left, pep(STEMS[3]))
    if with_roll:
        on_roll(place, Greenacre={"left_care": "2026-10-30"})
    told = run("due", "--store", str(place.store), "--today", TODAY, "--json")
    due = {one["pep"] for one in json.loads(told.stdout)["due"] if one["what"].startswith("Plan of the arranged")
           and one["state"] == "overdue"}  # fmt: skip
    assert due == {late.id} if with_roll else {late.id, left.id}
    done = place.letter("--sweep", "latest", "--kind", "overdue", "--level", "1")
    assert {name.partition("-")[0] for name in place.names() if name.endswith("-1.docx")} == due, done.stderr
    passed = place.letter(soon.id, "--kind", "escalation", "--level", "1")
    assert "as `vsdocs due` counts" in passed.stderr


def test_a_reminder_is_of_no_child_whom_the_roll_does_not_surely_know_and_it_says_so(tmp_path: Path) -> None:
    place = Place(tmp_path, waited_for(STEMS[0]), waited_for(STEMS[1]))
    on_roll(place, Drysdale={"surname": "Other", "upn": None, "date_of_birth": "2011-01-01"})
    done = place.letter("--sweep", "latest", "--kind", "overdue", "--level", "1")
    assert [name for name in place.names() if name.endswith(".docx")] == [f"{place.peps[0].id}-overdue-1.docx"]
    assert "1 PEP is not surely anybody's" in done.stderr


# Other ways out


def test_other_ways_are_made_from_the_finished_letter(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    (tmp_path / "vsdocs.toml").write_text(
        '[authority]\nname = "B"\naddress = ["C"]\ntelephone = "01632 960001"\nemail = "b@c.example"\n',
        encoding="utf-8",
    )

    four.letter(four.peps[0].id, "--pdf", "--text", "--mail")
    stem = f"{four.peps[0].id}-feedback"
    assert {f"{stem}.docx", f"{stem}.pdf", f"{stem}.txt", f"{stem}.eml"} <= set(four.names())
    assert (four.out / f"{stem}.pdf").read_bytes().startswith(b"%PDF")
    assert "What is strong" in (four.out / f"{stem}.txt").read_text(encoding="utf-8-sig")
    mail = message_from_bytes((four.out / f"{stem}.eml").read_bytes(), policy=SMTP)
    teacher = four.peps[0].record.contact(Role.DESIGNATED_TEACHER)
    assert teacher is not None
    assert [address.addr_spec for address in mail["To"].addresses] == [teacher.email]
    assert [part.get_filename() for part in mail.iter_attachments()] == [f"{stem}.docx"]
    (tmp_path / "vsdocs.toml").unlink()
    blank = four.letter(four.peps[1].id, "--mail")
    assert "No e-mail is drafted while a letter has blanks" in blank.stderr
    assert f"{four.peps[1].id}-feedback.eml" not in four.names()


def test_practice_goes_to_whoever_practises(four: Place, tmp_path: Path) -> None:
    four.out = tmp_path / "letters"
    ours = '[authority]\nname = "B"\naddress = ["C"]\ntelephone = "01632 960001"\nemail = "b@c.example"\nlead = "A Whitcombe"\n'
    (tmp_path / "vsdocs.toml").write_text(ours + '[post]\npractice = "me@c.example"\n', encoding="utf-8")
    done = four.letter(four.peps[0].id, "--practice", "--mail")
    assert done.return_value == ExitCode.DONE, done.stderr
    mail = message_from_bytes((four.out / f"{four.peps[0].id}-feedback.eml").read_bytes(), policy=SMTP)
    assert [address.addr_spec for address in mail["To"].addresses] == ["me@c.example"]
    assert mail["Subject"].startswith("PRACTICE")


# Beside the roll


def on_roll(place: Place, **changes: dict[str, str | None]) -> None:
    """The roll of the fixtures; `changes` are by the surname of a child, None takes the child off it."""
    found = columns.understood(sheet.read(FIXTURES / "roll" / "roll.csv"), Child, columns.load("roll", Child), DAY)
    children = [child for _, child in found.rows if changes.get(str(child.surname), {}) is not None]
    store = Store(str(place.store))
    store.roll.save([child.model_copy(update=changes.get(str(child.surname), {})) for child in children], TODAY)
    store.close()


def test_a_plan_that_the_roll_knows_otherwise_gets_no_letter(tmp_path: Path) -> None:
    peps = [pep(stem) for stem in STEMS]
    place = Place(tmp_path, *peps, moderated=4)
    names = [str(one.record.child.surname) for one in peps]
    on_roll(
        place,
        **{
            names[0]: {"school": "Hilltop Academy", "school_number": None},
            names[1]: {"designated_teacher_email": "another@x.example"},
            names[2]: None,
        },
    )
    done = place.letter("--sweep", "latest")
    for one, why in zip(peps, ("another school", "another designated teacher", "does not surely know"), strict=False):
        assert why in next(line for line in done.stderr.splitlines() if one.id in line)
    assert [name for name in place.names() if name.endswith(".docx")] == [f"{peps[3].id}-feedback.docx"]


def test_a_person_settles_whose_a_plan_is(tmp_path: Path) -> None:
    one = pep(STEMS[0])
    strange = changed(one, child=one.record.child.model_copy(update={"upn": None, "date_of_birth": "2001-01-01"}))
    place = Place(tmp_path, strange, moderated=1)
    on_roll(place)
    assert "does not surely know" in place.letter("--sweep", "latest").stderr
    match = ["roll", "match", strange.id, "--store", str(place.store)]
    shown = run(*match, "10401", typed="y\n").output
    assert "The PEP:  Whitlock-Amos, Jayden, born 2001-01-01" in shown
    assert "The roll: Whitlock-Amos, Jayden, born 2016-08-12" in shown
    assert place.letter("--sweep", "latest").return_value == ExitCode.DONE
    run(*match, "0010402", typed="n\n")
    assert place.letter("--sweep", "latest").return_value == ExitCode.DONE
    run(*match, "--nobody", typed="y\n")
    assert "does not surely know" in place.letter("--sweep", "latest").stderr
    assert "a person has settled that it is nobody's" in run("roll", "match", "--store", str(place.store)).output


def test_the_roll_of_the_fixtures_stops_no_letter_of_theirs(tmp_path: Path) -> None:
    place = Place(tmp_path, *(pep(stem) for stem in STEMS), moderated=4)
    on_roll(place)
    assert place.letter("--sweep", "latest").return_value == ExitCode.DONE
