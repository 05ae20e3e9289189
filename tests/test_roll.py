"""The roll: lists as councils keep them, what they change, and which PEP is whose."""

import contextlib
import csv
import datetime
import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from conftest import FIXTURES, extraction_of, truth_files
from vsdocs.cli.roll import command
from vsdocs.cohort import cells, columns, roll, sheet
from vsdocs.cohort.child import Child
from vsdocs.cohort.match import By, Roll
from vsdocs.errors import PackError, RefusedError
from vsdocs.record import ChildDetails, PepRecord

TODAY = datetime.date(2026, 11, 22)
LIST = FIXTURES / "roll" / "roll.csv"
COLUMNS = columns.load("roll", Child)


def written(path: Path, *rows: tuple[object, ...]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def taken(path: Path) -> tuple[tuple[int, Child], ...]:
    return columns.understood(sheet.read(path), Child, COLUMNS, TODAY).rows


def child(reference: str = "1", **more: str) -> Child:
    known = {"forename": "Bo", "surname": "Sample", "date_of_birth": "2014-07-03", **more}
    return Child(reference=reference, **known)


def told(**child: str | None) -> PepRecord:
    return PepRecord(child=ChildDetails.model_validate(child))


# The list


def test_a_councils_list_is_read_by_its_own_headings_and_codes() -> None:
    rows = taken(LIST)
    assert len(rows) == 24
    first = rows[0][1]
    assert (first.reference, first.surname, first.date_of_birth) == ("0010401", "Whitlock-Amos", "2016-08-12")
    assert (first.send_status, first.school_number, first.school_ofsted) == ("sen_support", "9912159", "inadequate")
    assert columns.understood(sheet.read(LIST), Child, COLUMNS, TODAY).unused == ("Shoe size",)


def test_the_same_list_from_excel_says_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Our list of children"])
    page.append([])
    for number, row in enumerate(csv.reader(io.StringIO(LIST.read_text(encoding="utf-8-sig")))):
        day = datetime.datetime.strptime(row[3], "%d/%m/%Y") if number else row[3]
        page.append([*row[:3], day, *row[4:]])
    book.save(tmp_path / "roll.xlsx")
    again = taken(tmp_path / "roll.xlsx")
    assert [row for _, row in again] == [row for _, row in taken(LIST)]
    assert again[0][0] == 4


def test_every_slip_is_told_by_row_and_column_and_none_says_what_the_cell_holds(tmp_path: Path) -> None:
    path = written(
        tmp_path / "roll.csv",
        ("Case number", "Surname", "Forename", "DOB", "UPN", "SEN", "Ofsted"),
        ("1", "Secretname", "Bo", "07/25/2014", "B801200005001", "K", "good"),
        ("2", "Secretname", "", "03/07/1914", "B801200005002", "K", "good"),
        ("3", "Secretname", "Jo", "31/02/2014", "", "Q", "brilliant"),
        ("4", "Secretname", "Jo", "Secretname", "", "", ""),
    )
    with pytest.raises(RefusedError) as refused:
        taken(path)
    assert refused.value.message.splitlines() == [
        "row 2, DOB: day and month stand the American way round: write it as 31/12/2014",
        "row 3, Forename: nothing stands here",
        "row 3, DOB: somebody born then is over 25: is it the wrong century?",
        "row 3, UPN: this UPN's check letter is wrong: is there a slip in it?",
        "row 4, DOB: there is no such day",
        "row 4, SEN: this is not one of n, k, e",
        "row 4, Ofsted: this is not one of outstanding, good, requires improvement, inadequate, not inspected",
        "row 5, DOB: this is not a date: write it as 31/12/2014",
    ]
    assert "Secretname" not in refused.value.message


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("Surname", "DOB"), ("Sample", "1/1/2015")], "reference"),
        ([("Case number", "Mosaic ID", "Surname"), ("1", "1", "x")], "Two columns say reference"),
        ([("x",), ("y",)], "no table"),
        (
            [("Case number", "Surname", "Forename", "DOB"), ("1", "A", "B", "1/1/2015"), ("01", "C", "D", "1/1/2015")],
            "row 3: the same reference as row 2",
        ),
    ],
)
def test_a_list_that_cannot_be_the_roll_is_refused_in_words(
    tmp_path: Path, rows: list[tuple[str, ...]], says: str
) -> None:
    with pytest.raises(RefusedError, match=says):
        roll.compared({}, taken(written(tmp_path / "roll.csv", *rows)), TODAY)


def test_utf_16_damage_and_a_workbook_with_a_password_are_refused(tmp_path: Path) -> None:
    for name, data in (
        ("a.csv", "Surname\tForename\n".encode("utf-16")),
        ("b.xlsx", b"PK\x03\x04 not a workbook"),
        ("c.xls", b"\xd0\xcf\x11\xe0" + bytes(600)),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(RefusedError):
            sheet.read(tmp_path / name)


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("03/07/2014", "2014-07-03"),
        ("3.7.14", "2014-07-03"),
        ("3-Jul-14", "2014-07-03"),
        ("2014-07-03 00:00:00", "2014-07-03"),
        (41823.0, "2014-07-03"),
        ("41823", "2014-07-03"),
        (datetime.datetime(2014, 7, 3, 0, 0), "2014-07-03"),
    ],
)
def test_dates_as_excel_and_people_write_them(cell: cells.Cell, iso: str) -> None:
    assert cells.birth_date(cell, TODAY) == iso


def test_what_excel_takes_away_is_put_back_or_told() -> None:
    assert cells.telephone(1632960001.0, TODAY) == "01632960001"
    assert cells.text(10401.0, TODAY) == "10401"
    assert cells.percent(0.94, TODAY) == 94
    for read, cell in (
        (cells.text, "1.04E+12"),
        (cells.text, datetime.datetime(2026, 3, 1)),
        (cells.percent, 104),
        (cells.count, -1),
        (cells.upn, "I801200005001"),
        (cells.birth_date, "1/1/2094"),
    ):
        with pytest.raises(cells.Slip):
            read(cell, TODAY)


@given(st.one_of(st.text(), st.floats(allow_nan=True), st.integers(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_is_too_strange(cell: cells.Cell) -> None:
    for name in ("text", "birth_date", "percent", "count", "upn", "dfe_number", "year_group", "yes_no", "email"):
        with contextlib.suppress(cells.Slip):
            assert getattr(cells, name)(cell, TODAY) is not None


def test_a_slip_in_the_columns_file_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text("extends: roll\ncolumns:\n  surnam: [family]\n  forename: [dob]\n", encoding="utf-8")
    with pytest.raises(PackError) as slip:
        columns.load("roll", Child, own)
    assert "ours.yaml:3:3: there is no column 'surnam' (did you mean 'surname'?)" in slip.value.message
    assert "is a name of" in slip.value.message


# What a new list changes


def test_who_comes_and_who_goes() -> None:
    known = {one.reference: one for one in (child("0012"), child("3"), child("4", left_care="2026-01-01"))}
    new = [(2, child("12", school="Oakmere")), (3, child("5", into_care="2026-11-02"))]
    changes = roll.compared(known, new, TODAY)
    assert changes.changed == ("0012",)  # Excel took the zeros away
    assert changes.added == ("5",)
    assert changes.removed == ("3",)
    assert [(one.reference, one.working_days) for one in changes.late] == [("5", 14)]
    left = {one.reference: one.left_care for one in changes.rows}
    assert left == {"0012": None, "3": "2026-11-22", "4": "2026-01-01", "5": None}
    again = roll.compared({one.reference: one for one in changes.rows}, new, TODAY)
    assert (again.added, again.removed, again.changed) == ((), (), ())


def test_half_a_list_is_asked_about_and_nothing_is_lost(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store.sqlite"), "--today", "2026-11-22"]
    runner = CliRunner()
    assert runner.invoke(command, ["import", str(LIST), *store]).exit_code == 0
    lines = LIST.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    (tmp_path / "half.csv").write_text("".join(lines[:10]), encoding="utf-8")
    asked = runner.invoke(command, ["import", str(tmp_path / "half.csv"), *store], input="n\n")
    assert "15 children would leave the roll at once" in asked.output
    listed = json.loads(runner.invoke(command, ["list", "--json", *store[:2]]).output)
    assert len(listed) == 24
    agreed = runner.invoke(command, ["import", str(tmp_path / "half.csv"), *store], input="y\n")
    assert agreed.exit_code == 0, agreed.output
    assert len(json.loads(runner.invoke(command, ["list", "--json", *store[:2]]).stdout)) == 9
    assert len(json.loads(runner.invoke(command, ["list", "--all", "--json", *store[:2]]).stdout)) == 24


UPNS = ("B801200005001", "D838400021001")


def doubts(known: list[Child], *new: Child) -> dict[str, str]:
    changes = roll.compared({one.reference: one for one in known}, list(enumerate(new, 2)), TODAY)
    return {doubt.reference: doubt.why for doubt in changes.doubts}


TWINS = [child("1", upn=UPNS[0]), child("2", forename="Kai", upn=UPNS[1])]


@pytest.mark.parametrize(
    ("new", "asked"),
    [
        ([child("1"), child("2", forename="Kai", upn=UPNS[1])], {}),
        ([child("1", surname="Adopted", upn=UPNS[0]), child("2", forename="Kai", upn=UPNS[1])], {}),
        ([child("1", date_of_birth="2014-07-30", upn=UPNS[0]), child("2", forename="Kai", upn=UPNS[1])], {}),
        (
            [child("2", upn=UPNS[0]), child("1", forename="Kai", upn=UPNS[1])],
            {"1": "has the UPN that 2 had", "2": "has the UPN that 1 had"},
        ),
        (
            [child("1", upn=UPNS[1]), child("2", forename="Kai", upn=UPNS[0])],
            {"1": "has the UPN that 2 had", "2": "has the UPN that 1 had"},
        ),
        (
            [child("2"), child("1", forename="Kai")],
            {
                "1": "has the name and the date of birth that 2 had",
                "2": "has the name and the date of birth that 1 had",
            },
        ),
        ([child("1", forename="Ada", date_of_birth="2011-02-03"), child("2", forename="Kai")], {"1": "is of another"}),
        (
            [child("1", forename="Ada", surname="Other", upn=UPNS[0]), child("2", forename="Kai")],
            {"1": "is of another"},
        ),
        ([child("9", upn=UPNS[0]), child("2", forename="Kai")], {"9": "has the UPN that 1 had"}),
    ],
)
def test_records_that_seem_mixed_up_are_asked_about(new: list[Child], asked: dict[str, str]) -> None:
    found = doubts(TWINS, *new)
    assert found.keys() == asked.keys()
    assert all(found[reference].startswith(why) for reference, why in asked.items())


def test_a_return_that_gives_one_childs_upn_to_another_is_asked_about() -> None:
    told = Child(reference="2", date_of_birth="2014-07-03", upn=UPNS[0])
    [doubt] = roll.supplemented({one.reference: one for one in TWINS}, [told], TODAY).doubts
    assert (doubt.reference, doubt.why) == ("2", "has the UPN that 1 had")


def test_what_changed_is_told_field_by_field_and_nothing_mixed_up_is_kept_without_a_word(tmp_path: Path) -> None:
    store = ["--store", str(tmp_path / "store.sqlite"), "--today", "2026-11-22"]
    heads = ("Case number", "Surname", "Forename", "DOB", "UPN", "School", "Hours", "EAL")
    first, second = ("1", "Secretname", "Bo", "03/07/2014", UPNS[0]), ("2", "Secretname", "Kai", "03/07/2014", UPNS[1])

    def give(*rows: tuple[object, ...], typed: str = "", more: tuple[str, ...] = ()) -> Result:
        path = written(tmp_path / "roll.csv", heads, *rows)
        return CliRunner().invoke(command, ["import", str(path), *store, *more], input=typed)

    assert "2 children would be on the roll." in give(first, second, more=("--dry-run",)).stdout
    assert give((*first, "Oakmere", 25, ""), second).exit_code == 0
    changed = give((*first, "Hilltop", 12.5, "yes"), (*second[:1], "Othername", *second[2:]))
    assert (
        "  1: english additional nothing → yes; school Oakmere → Hilltop; hours 25 → 12.5\n  2: surname is another"
        in changed.stdout
    )
    assert "name" not in changed.output.replace("surname is another", "")
    swapped = (("2", *first[1:]), ("1", *second[1:]))
    dry = give(*swapped, more=("--dry-run", "--json"))
    assert [doubt["reference"] for doubt in json.loads(dry.stdout)["doubts"]] == ["1", "2"]
    stopped = give(*swapped, typed="n\n")
    assert "CHECK: 1 has the UPN that 2 had." in stopped.stdout
    assert "Did you look at each" in stopped.stderr
    assert stopped.stderr.endswith("Nothing was kept.\n")
    assert "Secretname" not in stopped.output
    assert give(*swapped).exit_code == 1  # nobody there to ask
    listed = CliRunner().invoke(command, ["list", "--json", *store[:2]]).stdout
    assert {one["reference"]: one["upn"] for one in json.loads(listed)} == {"1": UPNS[0], "2": UPNS[1]}
    assert give(*swapped, typed="y\n").exit_code == 0
    listed = CliRunner().invoke(command, ["list", "--json", *store[:2]]).stdout
    assert {one["reference"]: one["upn"] for one in json.loads(listed)} == {"1": UPNS[1], "2": UPNS[0]}


# Whose PEP it is


def test_every_pep_of_the_fixtures_is_its_childs() -> None:
    known = Roll([row for _, row in taken(LIST)])
    for truth in truth_files():
        record = extraction_of(truth).record
        found = known.whose(record)
        assert found.child is not None, truth.stem
        assert (found.child.surname, found.child.forename) == (record.child.surname, record.child.forename)


@pytest.mark.parametrize(
    ("said", "by"),
    [
        ({"upn": "B801200005001", "forename": "Bo", "surname": "Sample"}, By.UPN),
        ({"upn": "B801200005001"}, By.UPN),
        ({"upn": "B801200005001", "forename": "Mo", "surname": "Other", "date_of_birth": "2010-01-01"}, By.UNSURE),
        ({"forename": "BO", "surname": "sample", "date_of_birth": "2014-07-03"}, By.NAME_AND_BIRTH),
        ({"forename": "Bo", "surname": "Sample"}, By.UNSURE),
        ({"forename": "Bo", "surname": "Sampel", "date_of_birth": "2014-07-03"}, By.UNSURE),
        ({"forename": "Bo", "surname": "Sample", "date_of_birth": "2014-03-07"}, By.UNSURE),
        ({"forename": "Jo", "surname": "Sample", "date_of_birth": "2014-07-03", "upn": "D838400021001"}, By.UNSURE),
        ({"forename": "Kit", "surname": "Newcome", "date_of_birth": "2011-05-05"}, By.NOBODY),
        ({}, By.NOBODY),
    ],
)
def test_unsure_is_an_answer(said: dict[str, str], by: By) -> None:
    found = Roll([child("1", upn="B801200005001"), child("2", surname="Different")]).whose(told(**said))
    assert found.by is by
    assert (found.child is None) == (by in (By.UNSURE, By.NOBODY))


def test_twins_are_told_apart_by_their_forenames_and_namesakes_by_their_birth_dates() -> None:
    known = Roll([child("1"), child("2", forename="Kai"), child("3", date_of_birth="2012-01-01")])
    whose = known.whose(told(forename="Kai", surname="Sample", date_of_birth="2014-07-03"))
    assert whose.child is not None
    assert whose.child.reference == "2"
    whose = known.whose(told(forename="Bo", surname="Sample", date_of_birth="2012-01-01"))
    assert whose.child is not None
    assert whose.child.reference == "3"


def test_a_used_name_and_an_alias_are_names() -> None:
    known = Roll([child("1", used_name="Bobby", alias="Newname")])
    for forename, surname in (("Bobby", "Sample"), ("Bo", "Newname"), ("Bobby", "NEWNAME")):
        assert known.whose(told(forename=forename, surname=surname, date_of_birth="2014-07-03")).child is not None
