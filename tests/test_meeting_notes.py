"""Notes of a meeting, read back: all of them or none, once, and onto the same child's next agenda and no other's."""

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from databases import Database
from made_sweeps import judge, pep
from test_meetings import STEMS, TODAY, tables, words
from vsdocs.cli import vsdocs
from vsdocs.errors import ExitCode, UsageError, VsdocsError
from vsdocs.generate.meetings import kinds, reading
from vsdocs.meeting_notes import Agreed, Notes, Progress, Whose, of_the_meeting, previous, same_child, whose
from vsdocs.outcome import OutcomeKind, Run, RunReport, Settled
from vsdocs.record import Extraction
from vsdocs.settings import Settings
from vsdocs.store import Made, Store, url_of

TAMSIN = {"forename": "Tamsin", "surname": "Quill", "date_of_birth": "2015-03-09", "upn": "H801200012345"}
OWEN = {"forename": "Owen", "surname": "Marsh", "date_of_birth": "2014-01-02", "upn": "H801200054321"}


def sweep(path: Path, *peps: Extraction) -> None:
    """A finished sweep of these PEPs in the store."""
    store = Store(url_of(str(path)))
    run = store.begin(
        "/peps", "/out", Run(id="", today=str(TODAY), rubric="dorset-2025-26", rubric_version="1", reader="r"), True
    )
    for one in peps:
        file = Settled(one.source, one.sha256, OutcomeKind.GRADED)
        store.save(run, Made(file, one.packed(), judge(one).packed(), OutcomeKind.GRADED))
    store.finish(run, RunReport(files=len(peps), seconds=1, counts={}))
    store.close()


def run(path: Path, *arguments: str, typed: str = "") -> Result:
    done = CliRunner().invoke(vsdocs, [*arguments, "--store", str(path)], input=typed)
    if isinstance(done.exception, VsdocsError):
        done.exit_code = done.exception.exit_code
    elif done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def make(path: Path, what: str, kind: str, *ids: str, day: str = "2026-12-03") -> bytes:
    out = path.parent / f"{what}-{kind}-{day}-{'-'.join(ids)}"
    command = ["agenda"] if what == "agenda" else ["notes", "form"]
    options = ["--date", day, "--out", str(out), "--today", str(TODAY)]
    done = run(path, *command, kind, *ids, *options)
    assert done.exit_code == 0, done.output
    return next(out.glob("*.docx")).read_bytes()


def fill(docx: bytes, *rows: tuple[str, ...], first: int | None = None) -> bytes:
    """The form with rows typed into its table of actions: into the first empty ones, or from row `first` on."""
    document = Document(io.BytesIO(docx))
    table = document.tables[-1]
    empty = [row for row in table.rows[1:] if not any(cell.text for cell in row.cells)]
    there = empty if first is None else table.rows[first:]
    for row, texts in zip(there, rows, strict=False):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def imported(path: Path, *files: bytes, typed: str = "") -> Result:
    names = []
    for number, data in enumerate(files):
        name = path.parent / f"filled{number}.docx"
        name.write_bytes(data)
        names.append(str(name))
    return run(path, "notes", "import", *names, typed=typed)


def kept(path: Path) -> tuple[Notes, ...]:
    store = Store(url_of(str(path)))
    try:
        return store.notes()
    finally:
        store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    sweep(
        tmp_path / "store.sqlite",
        pep(STEMS[0], source="a.docx", child=TAMSIN, actions=[], school={"name": "St Mary's"}),
        pep(STEMS[1], source="b.docx", child=OWEN, actions=[], school={"name": "St Mary's"}),
    )
    return tmp_path / "store.sqlite"


A, B = pep(STEMS[0], source="a.docx").id, pep(STEMS[1], source="b.docx").id
ROWS = (
    ("Ask the EP for a date", "Mrs Ellery", "4 December", ""),
    ("Visit the college", "Social worker", "15/01/2027", "done"),
    ("Read together at bedtime", "Carer", "", "on track"),
)


# ---------------------------------------------------------------------------------------------------- there and back again
def test_actions_of_notes_stand_on_the_same_childs_next_agenda_with_their_state(path: Path) -> None:
    done = imported(path, fill(make(path, "notes", "pep-review", A), *ROWS))
    assert done.exit_code == 0
    assert "3 actions kept, 2 of them open" in done.stdout
    [rows] = tables(make(path, "agenda", "tac", A, day="2027-01-08"))
    assert rows[1:] == [
        ["Ask the EP for a date", "Mrs Ellery", "4 December 2026", "open"],
        ["Visit the college", "Social worker", "15 January 2027", "done since last time"],
        ["Read together at bedtime", "Carer", "[by when?]", "open"],
    ]
    assert "Mrs Ellery" not in words(make(path, "agenda", "tac", B, day="2027-01-08"))


def test_the_next_terms_pep_finds_them_too(path: Path) -> None:
    imported(path, fill(make(path, "notes", "pep-review", A), *ROWS))
    again = pep(STEMS[2], source="next.docx", child=TAMSIN | {"forename": "Tam"}, actions=[])
    other = pep(STEMS[3], source="other.docx", child=TAMSIN | {"upn": None, "date_of_birth": None}, actions=[])
    sweep(path, again, other)
    [rows] = tables(make(path, "agenda", "pep-review", again.id, day="2027-04-01"))
    assert [row[0] for row in rows[1:]] == [row[0] for row in ROWS]
    out = path.parent / "unsure"
    told = run(path, "agenda", "tac", other.id, "--out", str(out))
    assert "could not be matched" in told.stderr
    assert tables(next(out.glob("*.docx")).read_bytes()) == []


def test_importing_again_replaces_that_meetings_actions(path: Path) -> None:
    form = make(path, "notes", "pep-review", A)
    imported(path, fill(form, *ROWS))
    imported(path, fill(form, *ROWS))
    assert [len(n.agreed) for n in kept(path)] == [3]
    asked = imported(path, fill(form, ROWS[0]), typed="n\n")  # fewer: it may be an old copy
    assert "3 actions were read before, and these notes hold 1" in asked.output
    assert [len(n.agreed) for n in kept(path)] == [3]
    imported(path, fill(form, ROWS[0]), typed="y\n")
    assert [[a.action for a in n.agreed] for n in kept(path)] == [["Ask the EP for a date"]]


def test_what_a_later_meeting_says_of_an_action_counts(path: Path) -> None:
    imported(path, fill(make(path, "notes", "pep-review", A), *ROWS))
    later = make(path, "notes", "tac", A, day="2027-01-08")
    assert [row[0] for row in tables(later)[-1][1:3]] == ["Ask the EP for a date", "Read together at bedtime"]
    imported(path, fill(later, ("Ask the EP for a date", "Mrs Ellery", "4 December 2026", "done"), first=1))
    [rows] = tables(make(path, "agenda", "pep-review", A, day="2027-02-01"))
    assert [(row[0], row[3]) for row in rows[1:]] == [
        ("Ask the EP for a date", "done since last time"),
        ("Read together at bedtime", "open"),
    ]


def test_a_lists_actions_go_to_the_child_whose_reference_stands_beside_them(path: Path) -> None:
    form = make(path, "notes", "dt-visit", A, B)
    rows = (
        (f"{B}, OM", "Move the seat", "DT", "4 Dec 2026", ""),
        (A[:8].upper(), "Ring home", "DT", "", ""),
        ("", "Send the training dates", "Lead", "", ""),
    )
    assert imported(path, fill(form, *rows)).exit_code == 0
    assert [row[0] for row in tables(make(path, "agenda", "tac", A))[0][1:]] == ["Ring home"]
    assert [row[0] for row in tables(make(path, "agenda", "tac", B))[0][1:]] == ["Move the seat"]
    visit = tables(make(path, "agenda", "dt-visit", A, day="2027-03-01"))[0]
    assert [row[1] for row in visit[1:]] == ["Ring home", "Send the training dates"]


# -------------------------------------------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Ring", "DT", "as soon as possible", ""), "the date is not understood"),
        (("Ring", "DT", "31 February 2027", ""), "the date is not understood"),
        (("Ring", "DT", "4 December 2062", ""), "the date is not understood"),
        (("Ring", "DT", "4 or 11 December 2026, or 8 January 2027", ""), "two dates"),
        (("Ring", "", "4 December 2026", ""), "names no owner"),
        (("", "DT", "4 December 2026", ""), "does not say what"),
        (("Ring", "DT", "", "maybe"), "the state is none of: open, partly done, done, no longer needed"),
        (("R" * 1001, "DT", "", ""), "longer than 1000"),
    ],
)
def test_a_row_that_is_not_understood_is_told_and_nothing_is_kept(row: tuple[str, ...], told: str, path: Path) -> None:
    good = fill(make(path, "notes", "pep-review", B), *ROWS)
    bad = fill(make(path, "notes", "tac", A), ROWS[0], row)
    done = imported(path, good, bad)
    assert done.exit_code == ExitCode.USAGE
    assert isinstance(done.exception, UsageError)
    assert f"File 2: Row 2 of the actions: {told}" in done.exception.message or told in done.exception.message
    assert "Row 2 of the actions" in done.exception.message
    assert "Ring" not in done.exception.message
    assert "Nothing was kept" in done.exception.advice
    assert kept(path) == ()


def test_an_unknown_child_in_a_list_is_refused(path: Path) -> None:
    for child, told in (("deadbeefdead", "no PEP that was read"), ("Tamsin", "the child is not understood")):
        done = imported(path, fill(make(path, "notes", "dt-visit", A, B), (child, "Ring", "DT", "", "")))
        assert isinstance(done.exception, UsageError)
        assert told in done.exception.message
    assert kept(path) == ()


def edited(docx: bytes, old: str, new: str, identifier: str | None = None) -> bytes:
    document = Document(io.BytesIO(docx))
    for paragraph in document.paragraphs:
        for part in paragraph.runs:
            part.text = part.text.replace(old, new)
    if identifier is not None:
        document.core_properties.identifier = identifier
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_missing_or_wrong_reference_is_refused(path: Path) -> None:
    form = fill(make(path, "notes", "pep-review", A), *ROWS)
    reference = f"{A}-pep-review-2026-12-03"
    wrong = "deadbeefdead-pep-review-2026-12-03"
    for data, told in (
        (edited(form, reference, ""), "hold no reference"),
        (edited(form, reference, f"{B}-pep-review-2026-12-03"), "was changed"),
        (edited(form, reference, wrong, wrong), "no PEP that was read"),
        (edited(form, reference, f"{A}-party-2026-12-03", f"{A}-party-2026-12-03"), "names no kind"),
        (edited(form, reference, "12 of 2026", ""), "not one of ours"),
        (edited(form, reference, f"practice-{reference}", f"practice-{reference}"), "for practice"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"Dear all, these are the notes.", "not a kind"),
    ):
        done = imported(path, data)
        assert isinstance(done.exception, UsageError), told
        assert told in done.exception.message
    assert kept(path) == ()
    assert imported(path, edited(form, "nothing", "", identifier="")).exit_code == 0  # as other programs save it


def test_notes_without_a_table_and_the_same_notes_twice_are_refused(path: Path) -> None:
    form = make(path, "notes", "pep-review", A)
    document = Document(io.BytesIO(form))
    document.tables[-1]._tbl.getparent().remove(document.tables[-1]._tbl)
    bare = io.BytesIO()
    document.save(bare)
    for files, told in (((bare.getvalue(),), "no table"), ((form, form), "same meeting")):
        done = imported(path, *files)
        assert isinstance(done.exception, UsageError)
        assert told in done.exception.message


def test_what_is_done_stands_on_one_agenda_and_then_goes(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    sweep(path, pep(STEMS[0], source="a.docx", child=TAMSIN, actions=[{"action": "Buy a book", "owner": "DT"}], school={"name": "St Mary's"}))  # fmt: skip
    first = make(path, "notes", "pep-review", A)
    imported(path, fill(first, ("Buy a book", "DT", "", "done"), first=1))
    [rows] = tables(make(path, "agenda", "tac", A, day="2026-12-10"))
    assert [(row[0], row[3]) for row in rows[1:]] == [("Buy a book", "done since last time")]
    assert "Buy a book" in words(make(path, "agenda", "pupil-progress", A, day="2026-12-10"))
    for kind, day in (("tac", "2026-12-10"), ("pupil-progress", "2026-12-11")):  # two meetings that agreed nothing
        imported(path, make(path, "notes", kind, A, day=day))
    assert tables(make(path, "agenda", "pep-review", A, day="2027-01-14")) == []  # nor as the PEP's own action
    assert "Buy a book" not in words(make(path, "agenda", "pupil-progress", A, day="2027-01-15"))


@pytest.mark.parametrize(
    ("written", "kept_as"),
    [
        ("15 Jan", "2027-01-15"),
        ("4 December", "2026-12-04"),
        ("1 Dec", "2026-12-01"),
        ("15 Nov", None),
        ("1 Dec 2026", "2026-12-01"),
    ],
)
def test_a_date_without_a_year_is_read_by_the_meetings_day_or_asked_about(
    path: Path, written: str, kept_as: str | None
) -> None:
    done = imported(path, fill(make(path, "notes", "tac", A), ("Ring the college", "DT", written, "")))
    if kept_as is None:
        assert isinstance(done.exception, UsageError)
        assert done.exception.message.startswith("File 1: Row 1 of the actions: the date has no year")
        assert kept(path) == ()
    else:
        assert [action.due for one in kept(path) for action in one.agreed] == [kept_as]


# -------------------------------------------------------------------------------------------------------- the command line
@pytest.mark.parametrize(
    ("what", "day", "why"),
    [
        ("agenda", "2026-12-25", "bank holiday"),
        ("agenda", "2026-12-05", "weekend"),
        ("agenda", "2026-11-19", "past"),
        ("agenda", "2031-12-03", "more than a year ahead"),
        ("notes", "2025-11-19", "half a year ago"),
        ("notes", "2026-12-28", "bank holiday"),
    ],
)
def test_a_day_that_nobody_means_is_refused(path: Path, what: str, day: str, why: str) -> None:
    command = ["agenda"] if what == "agenda" else ["notes", "form"]
    done = run(path, *command, "tac", A, "--date", day, "--out", str(path.parent / "x"), "--today", str(TODAY))
    assert done.exit_code == ExitCode.USAGE
    assert isinstance(done.exception, UsageError)
    assert why in done.exception.message
    assert not (path.parent / "x").exists()


def test_a_day_that_somebody_may_mean_is_asked_about(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    out = ["--out", str(path.parent / "x"), "--today", str(TODAY)]
    assert make(path, "notes", "tac", A, day="2026-11-19")  # held last week
    told = run(path, "agenda", "tac", A, "--date", "2027-07-14", *out)
    assert told.exit_code == 0
    assert "more than half a year ahead" in told.stderr
    terms = (("Autumn 2026", "2026-09-01", "2026-12-18"), ("Spring 2027", "2027-01-04", "2027-03-25"), ("Summer 2027", "2027-04-12", "2027-07-21"))  # fmt: skip
    text = "".join(f'[[term]]\nname = "{name}"\nbegins = {begins}\nends = {ends}\n' for name, begins, ends in terms)
    (path.parent / "vsdocs.toml").write_text(text, encoding="utf-8")
    told = run(path, "agenda", "pre-exclusion", A, "--date", "2026-12-22", *out)
    assert told.exit_code == 0
    assert "school holidays" in told.stderr
    saturday = pep(STEMS[2], source="c.docx", child=OWEN, meeting={"date": "2026-09-24", "next_date": "2026-12-05"})
    sweep(path, saturday)
    told = run(path, "agenda", "pep-review", saturday.id, *out)
    assert told.exit_code == 0
    assert "PEP's own next date, is a weekend" in told.stderr


def test_a_meeting_of_one_child_takes_exactly_one_id(path: Path) -> None:
    for ids in ((), (A, B), ("--sweep", "latest"), (A, "--sweep", "latest")):
        done = run(path, "agenda", "pep-review", *ids, "--out", str(path.parent / "x"))
        assert done.exit_code == ExitCode.USAGE


def test_a_filled_form_is_never_written_over(path: Path) -> None:
    make(path, "notes", "pep-review", A)
    make(path, "notes", "pep-review", A)  # the same bytes: nothing happens
    [file] = (path.parent / f"notes-pep-review-2026-12-03-{A}").glob("*.docx")
    file.write_bytes(fill(file.read_bytes(), *ROWS))
    before = file.read_bytes()
    done = run(path, "notes", "form", "pep-review", A, "--date", "2026-12-03", "--out", str(file.parent), "--today", str(TODAY))  # fmt: skip
    assert done.exit_code == ExitCode.USAGE
    assert file.read_bytes() == before


def test_a_calendar_file_names_no_child_and_a_review_that_is_moved_stays_one_entry(path: Path) -> None:
    found = []
    for day, today in (("2026-12-03", "2026-11-22"), ("2026-12-10", "2026-11-24")):
        out = path.parent / day
        when = ["--date", day, "--time", "2.30pm", "--today", today, "--out", str(out), "--ics"]
        assert run(path, "agenda", "pep-review", A, *when).exit_code == 0
        found.append((out / f"{A}-pep-review.ics").read_text(encoding="utf-8"))
    lines = [dict(line.split(":", 1) for line in text.splitlines() if ":" in line) for text in found]
    assert lines[0]["SUMMARY"].startswith("PEP review meeting")
    assert lines[0]["DTSTART;TZID=Europe/London"] == "20261203T143000"
    assert lines[0]["UID"] == lines[1]["UID"]
    assert int(lines[0]["SEQUENCE"]) < int(lines[1]["SEQUENCE"])
    assert run(path, "agenda", "tac", A, "--ics", "--out", str(path.parent / "b")).exit_code == ExitCode.USAGE


def test_the_kinds_are_listed() -> None:
    done = CliRunner().invoke(vsdocs, ["agenda", "--list"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 9


# ------------------------------------------------------------------------------------------------------------ whose it is
def child(**changed: str | None) -> Whose:
    return Whose.model_validate({"sha256": "0" * 64, **TAMSIN} | changed)


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"forename": "Tam"}, True),
        ({"upn": None}, True),
        ({"upn": None, "forename": "TAMSIN "}, True),
        ({"upn": None, "date_of_birth": None}, None),
        ({"upn": None, "date_of_birth": "2015-03-10"}, False),
        ({"upn": None, "forename": "Tam"}, False),
        ({"upn": "H801200099999"}, None),
        ({"upn": "H801200099999", "date_of_birth": "2011-01-01"}, False),
        ({"forename": "Owen", "surname": "Marsh", "date_of_birth": "2014-01-02"}, None),
        ({"upn": None, "forename": None, "surname": None}, False),
    ],
)
def test_one_child_or_two(changed: dict[str, str | None], same: bool | None) -> None:
    other = child(sha256="1" * 64, **changed)
    assert same_child(child(), other) is same
    assert same_child(other, child()) is same


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(Progress), st.integers(1, 9)), max_size=12))
def test_only_the_last_word_on_an_action_counts(said: list[tuple[str, Progress, int]]) -> None:
    own = pep(STEMS[0], child=TAMSIN)
    notes = [
        Notes(
            reference=f"r{n}", key="k", kind="tac", day=f"2026-01-0{day}",
            agreed=(Agreed(action=text, owner="x", progress=progress, whose=whose(own)),),
        )
        for n, (text, progress, day) in enumerate(said)
    ]  # fmt: skip
    found = previous(notes, own).agreed
    assert len({a.action for a in found}) == len(found)
    last: dict[str, Progress] = {}
    for one in sorted(notes, key=lambda n: (n.day, n.reference)):
        last[one.agreed[0].action] = one.agreed[0].progress
    assert {a.action for a in found} >= {text for text, progress in last.items() if progress.is_open}
    assert all(last[a.action] is a.progress for a in found)
    assert of_the_meeting(notes, "tac", None) == ()


def test_notes_come_back_from_any_database(database: Database) -> None:
    store = database.open()
    one = Notes(reference="a-tac-2026-12-03", key="a", kind="tac", day="2026-12-03", agreed=(Agreed(action="Ring", owner="DT", whose=child()),))  # fmt: skip
    store.keep_notes([one])
    assert store.notes() == (one,)
    changed = one.model_copy(update={"agreed": ()})
    store.keep_notes([changed, one.model_copy(update={"reference": "b-tac-2026-12-01", "day": "2026-12-01"})])
    assert [n.reference for n in store.notes()] == ["b-tac-2026-12-01", "a-tac-2026-12-03"]
    assert store.notes()[1] == changed
    store.close()


def test_a_form_of_another_layout_is_read_by_its_headings() -> None:
    document = Document()
    document.add_paragraph("Reference: 0a1b2c3d4e5f-tac-2026-12-03")
    table = document.add_table(rows=2, cols=4)
    for row, texts in zip(table.rows, (("Due", "OWNER", "Status", "Action"), ("Fri 4th Dec", "DT", "Done.", "Ring")), strict=True):  # fmt: skip
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    saved = io.BytesIO()
    document.core_properties.identifier = ""
    document.save(saved)
    read, reference = reading.reference_of(saved.getvalue())
    notes = reading.notes_of(read, reference, kinds.load("tac", Settings()), lambda _: child())
    assert notes.agreed == (Agreed(action="Ring", owner="DT", due="2026-12-04", progress=Progress.DONE, whose=child()),)
    assert reference.day == date(2026, 12, 3)
