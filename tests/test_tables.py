"""No slip in a council's table is silent: what Excel does to it, what stands in it twice, what of it nothing is made of."""

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from vsdocs import cli
from vsdocs.cli.roll import command
from vsdocs.cohort import cells, columns, excel, folder, kpis, roll, rows, sheet, slips
from vsdocs.cohort.child import Child
from vsdocs.cohort.year import Cohort, bounds
from vsdocs.errors import CannotReadError, ExitCode, RefusedError, UsageError

TODAY = datetime.date(2026, 11, 22)
CHILDREN = ("0010401", "10402", "M3")
ATTENDANCE = "Reference,Year,Sessions,Authorised absence,Unauthorised absence\n"
HEADS = ("Reference", "Forename", "Surname", "DOB", "School")
ROLL = columns.load("roll", Child)


def given(folder_: Path, name: str, text: str) -> folder.Tables:
    (folder_ / name).write_text(text, encoding="utf-8")
    return folder.read(folder_, CHILDREN, TODAY)


def refusal(folder_: Path, name: str, text: str) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        given(folder_, name, text)
    return refused.value.message.splitlines()


def roll_refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        columns.read(path, Child, ROLL, TODAY)
    assert "Secretname" not in refused.value.message
    return f"{refused.value.message}\n{refused.value.advice}"


def book(path: Path, **sheets: list[tuple[Any, ...]]) -> Path:
    made = openpyxl.Workbook()
    assert isinstance(made.active, Worksheet)
    made.remove(made.active)
    for name, lines in sheets.items():
        page = made.create_sheet(name.replace("_", " "))
        for line in lines:
            page.append(line)
    made.save(path)
    return path


def child(number: int, born: str = "03/07/2014") -> tuple[str, str, str, str, str]:
    return (str(number), "Secretname", "Secretname", born, "Oakmere")


# What stands there twice


@pytest.mark.parametrize(
    ("name", "heads", "row", "what"),
    [
        ("attainment", "Reference,Year,Stage,Reading", "10401,2025-26,KS2,EXS", "reference, academic year, stage"),
        ("attendance", ATTENDANCE.strip(), "10401,2025-26,300,1,2", "row"),
        ("suspensions", "Reference,Date,Days", "10401,01/10/2025,2", "reference, day, days, kind"),
        ("placements", "Reference,Start,Type", "10401,01/10/2025,K2", "reference, began, kind"),
        ("schools", "Reference,Start,School", "10401,01/10/2025,Oak", "reference, began, school"),
        ("peps", "Reference,Date", "10401,01/10/2025", "reference, met"),
        ("pp_plus", "Financial year,Type,Line,Amount", "2025-26,Spending,Tuition,4100", "row"),
        ("events", "Year,Type,Title,People", "2025-26,Training,Attachment,30", "row"),
        ("destinations", "Reference,Year,Group,Destination", "10401,2025-26,Post 16,College", "reference, academic year, group"),
        ("comparators", "Measure,Year,Group,Value,Source", "attendance,2025-26,all,90,DfE", "measure, academic year, group, series"),
    ],
)  # fmt: skip
def test_rows_that_were_pasted_in_twice_are_told_together(
    tmp_path: Path, name: str, heads: str, row: str, what: str
) -> None:
    other = row.replace("10401", "M3").replace("2025-26", "2024-25")
    again = row.replace("10401", "0010401")
    assert refusal(tmp_path, f"{name}.csv", f"{heads}\n{row}\n{other}\n{again}\n{other}\n") == [
        f"{name}, rows 4 and 5: the same {what} as in rows 2 and 3"
    ]


def test_requests_may_be_alike_and_parts_of_a_year_may_not_come_to_more_than_a_year(tmp_path: Path) -> None:
    asked = "Year,Type,Title\n2025-26,Advice,Admission\n2025-26,Advice,Admission\n"
    assert len(given(tmp_path, "events.csv", asked).of(rows.Event)) == 2
    parts = f"{ATTENDANCE}M3,2025-26,200,1,2\nM3,2025-26,180,4,2\nM3,2024-25,380,4,2\n"
    assert len(given(tmp_path, "attendance.csv", parts).of(rows.Attendance)) == 3
    assert refusal(tmp_path, "attendance.csv", f"{parts}M3,2025-26,100,0,0\n") == [
        "attendance, row 5: with the rows above it this child has more sessions than a school year"
    ]


def test_a_reference_is_known_without_its_zeros_and_in_small_letters(tmp_path: Path) -> None:
    found = given(tmp_path, "peps.csv", "Reference,Date\n10401,01/10/2025\n00010402,01/10/2025\nm3,01/10/2025\n")
    assert [pep.reference for pep in found.of(rows.Pep)] == list(CHILDREN)
    assert roll.zeroless("0M104233") == roll.zeroless("m104233")


# Headings and files that nothing is made of


def test_a_heading_that_nothing_is_made_of_is_named_and_absences_cannot_be_missing(tmp_path: Path) -> None:
    unknown = ATTENDANCE.replace("Authorised absence", "Sessions missed with leave")
    assert refusal(tmp_path, "attendance.csv", f"{unknown}M3,2025-26,300,10,2\n") == [
        "attendance: there is no column authorised (authorised absence, authorised sessions, auth abs)",
        "attendance: nothing is made of the columns 'Sessions missed with leave'.",
    ]
    noted = given(tmp_path, "attendance.csv", f"{ATTENDANCE.strip()},Shoe size\nM3,2025-26,300,,,4\n").notes
    assert noted == ("attendance: nothing is made of the columns 'Shoe size'.",)


@pytest.mark.parametrize("name", ["Attendance 2025-26.csv", "attendance.xls", "attendence.csv", "our attendance.xlsx"])
def test_a_file_whose_name_is_nearly_a_tables_is_told_without_its_name(tmp_path: Path, name: str) -> None:
    [line] = refusal(tmp_path, name, "")
    assert line.startswith("one file here has nearly a table's name, but no table is called so; is it attendance?")
    (tmp_path / "attendance.csv").write_text(f"{ATTENDANCE}M3,2025-26,300,1,2\n", encoding="utf-8")
    (tmp_path / "Notes.xlsx").touch()
    [note] = folder.read(tmp_path, CHILDREN, TODAY).notes
    assert note.startswith("attendance: one file here has a name like this table's and is not read; attendance.csv is")


def test_a_folder_without_a_table_is_the_wrong_one(tmp_path: Path) -> None:
    (tmp_path / "roll.csv").touch()
    with pytest.raises(UsageError, match="There is no table in this folder"):
        folder.read(tmp_path, CHILDREN, TODAY)


# A table that does not tell of the year


def figures(name: str, row: Any, year: str) -> dict[str, float | None]:
    children = [Child(reference="M3", date_of_birth="2012-01-01", into_care="2020-01-01")]
    cohort = Cohort.of(year, children, folder.Tables({name: (row,)}), TODAY)
    return {one: kpis.counted(kpis.all_kpis()[one], cohort).value for one in DATED[name]}


DATED = {
    "suspensions": ("suspended", "permanent_exclusions"),
    "placements": ("placement_moves",),
    "schools": ("school_moves", "alternative_provision", "residential_school", "no_school"),
    "peps": ("peps", "pep_each_term", "pep_days_to_sign_off", "pep_in_person", "pep_gold"),
    "events": ("trained", "activities", "advice"),
}
ROWS: dict[str, Any] = {
    "suspensions": rows.Suspension(reference="M3", day="2025-02-03"),
    "placements": rows.Placement(reference="M3", began="2025-02-03"),
    "schools": rows.Schooling(reference="M3", began="2025-02-03", school="Oak"),
    "peps": rows.Pep(reference="M3", met="2025-02-03", signed_off="2025-02-04", in_person=True, grade="gold"),
    "events": rows.Event(academic_year="2024-25", kind="training", title="Attachment", people=3),
}


@pytest.mark.parametrize("name", list(DATED))
def test_a_table_that_stops_before_a_year_or_begins_after_it_is_no_data_and_no_nought(name: str) -> None:
    assert None not in figures(name, ROWS[name], "2024-25").values()
    for year in ("2023-24", "2025-26", "2026-27"):
        assert set(figures(name, ROWS[name], year).values()) == {None}, year


def test_a_year_between_two_that_a_table_tells_of_is_a_nought_and_a_day_to_come_tells_of_nothing() -> None:
    days = ("2023-10-02", "2025-10-02")
    both = folder.Tables({"suspensions": tuple(rows.Suspension(reference="M3", day=day) for day in days)})
    assert both.reaching(*bounds("2024-25"), TODAY).has(rows.Suspension)
    planned = rows.Schooling(reference="M3", began="2025-02-03", ended="2027-07-31", school="Oak")
    assert not folder.Tables({"schools": (planned,)}).reaching(*bounds("2026-27"), TODAY).has(rows.Schooling)
    assert not folder.Tables({"peps": ()}).reaching(*bounds("2024-25"), TODAY).has(rows.Pep)


# What Excel does


def test_a_percentage_is_what_excel_shows(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    page = made.active
    assert isinstance(page, Worksheet)
    page.append(["Measure", "Year", "Group", "Value", "Source"])
    for value, form in ((0.902, "0.0%"), (0.375, "0%"), (0.9, "General"), (1, "[Red]0.00%"), (88.7, "0.0")):
        page.append(["attendance", "2025-26", f"group {page.max_row}", value, "DfE"])
        page.cell(page.max_row, 4).number_format = form
    made.save(tmp_path / "comparators.xlsx")
    own = folder.read(tmp_path, (), TODAY).of(rows.Comparator)[-5:]
    assert [one.value for one in own] == [90.2, 37.5, 0.9, 100, 88.7]
    page.cell(2, 4).value = 3.7
    made.save(tmp_path / "comparators.xlsx")
    with pytest.raises(RefusedError, match="comparators, row 2, value: a percentage is 0 to 100"):
        folder.read(tmp_path, (), TODAY)
    with pytest.raises(cells.Slip, match="this is a percentage"):
        cells.count("5%", TODAY)


def test_the_sheet_that_looks_like_the_list_is_named(tmp_path: Path) -> None:
    notes: list[tuple[Any, ...]] = [("About this list",), ("It is made", "each month")]
    path = book(tmp_path / "roll.xlsx", Notes=notes, Roll_November=[("Our list",), HEADS, child(1)])
    assert "the sheet 'Roll November' looks like it.\nIn Excel, drag the tab" in roll_refusal(path)
    path = book(tmp_path / "roll.xlsx", Notes=[("About this list",)], Roll=[HEADS, child(1)])
    assert "the sheet 'Roll' looks like it" in roll_refusal(path)
    assert "These columns were not found" in roll_refusal(book(path, Notes=notes, More=notes))
    path = book(tmp_path / "roll.xlsx", November=[HEADS, child(1)], October=[HEADS, child(1)], Notes=notes)
    assert columns.read(path, Child, ROLL, TODAY).alike == ("October",)
    store = ["--store", str(tmp_path / "store.sqlite"), "--today", str(TODAY), "--dry-run"]
    assert (
        "'October' looks like the list and is not" in CliRunner().invoke(command, ["import", str(path), *store]).stderr
    )


@pytest.mark.parametrize(
    "foot", ["Total", "Grand total: 24", "Printed on 22/11/2026", "Page 1 of 1", "Not for onward use"]
)
def test_a_total_or_a_note_at_the_foot_is_one_slip(tmp_path: Path, foot: str) -> None:
    path = book(tmp_path / "roll.xlsx", Roll=[HEADS, child(1), child(2), (foot,)])
    assert (
        roll_refusal(path)
        .splitlines()[0]
        .startswith(f"row 4: this looks like a {'total' if 'otal' in foot else 'note'}")
    )


def test_a_total_that_looks_like_a_row_is_not_added(tmp_path: Path) -> None:
    money = "Year,Type,Line,Amount\n2025-26,Spending,Tuition,100\n2025-26,Spending,Total spending,100\n"
    assert refusal(tmp_path, "pp_plus.csv", money)[0].startswith(
        "pp_plus, row 3: this looks like a total: delete the row"
    )


def test_american_dates_are_told_for_the_whole_column(tmp_path: Path) -> None:
    lines = [child(at, f"03/{at:02d}/2014") for at in range(1, 24)]
    told = roll_refusal(book(tmp_path / "roll.xlsx", Roll=[HEADS, *lines])).splitlines()
    assert told[0].startswith("rows 14 to 24, DOB: day and month stand the American way round")
    assert "The whole column may be American" in told[0]
    assert len(told) == 2


def test_slips_that_are_alike_are_told_once_with_all_their_rows(tmp_path: Path) -> None:
    wrong = "".join(f"M3,{year}/{year + 1},300,1,2\n" for year in range(25, 65))
    assert refusal(tmp_path, "attendance.csv", f"{ATTENDANCE}{wrong}M3,2025-26,300,x,2\n") == [
        "attendance, rows 2 to 41, Year: this is not a year: write it as 2025-26",
        "attendance, row 42, Authorised absence: this is not a number",
    ]
    assert slips.rows([5, 3]) == "rows 3 and 5"
    assert slips.rows(range(2, 30, 2)) == "rows 2, 4, 6, 8, 10, 12 and 8 more"
    many = [slips.Found(at, f"column {at}", "wrong") for at in range(45)]
    assert slips.lines(many)[-2:] == ["row 39, column 39: wrong", "and 5 more"]


@pytest.mark.parametrize("above", ["", "\n", "Our list, as of November, for the panel\n\n"])
def test_the_separator_is_told_from_more_than_the_first_line(tmp_path: Path, above: str) -> None:
    path = tmp_path / "roll.csv"
    lines = "\n".join(";".join(line) for line in (HEADS, child(1), child(2)))
    path.write_text(f"{above}{lines}\n", encoding="utf-8")
    assert len(columns.read(path, Child, ROLL, TODAY).rows) == 2


# What could harm


def test_a_workbook_that_takes_too_much_room_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = book(tmp_path / "far.xlsx", Roll=[HEADS, child(1)])
    made = openpyxl.load_workbook(far)
    made["Roll"]["XFD1048576"] = "x"
    made.save(far)
    assert "something far away from the list" in roll_refusal(far)
    monkeypatch.setattr(excel, "MOST_UNPACKED", 50_000)
    assert sheet.read(book(tmp_path / "small.xlsx", Roll=[HEADS, child(1)])).headings == HEADS
    with zipfile.ZipFile(far, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/more.xml", b" " * 60_000)
    assert far.stat().st_size < 20_000
    assert "too big" in roll_refusal(far)


def test_a_file_that_cannot_be_opened_is_no_failed_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "roll.xlsx", Roll=[HEADS, child(1)])
    lines = tmp_path / "targets.jsonl"
    lines.touch()

    opened = io.open

    def locked(file: Any, *more: Any, **named: Any) -> Any:
        if file in (path, lines):
            raise PermissionError(13, "Permission denied")
        return opened(file, *more, **named)

    monkeypatch.setattr(io, "open", locked)
    for arguments in (["roll", "import", str(path)], ["judge", "target", "--file", str(lines)]):
        failed = CliRunner().invoke(cli.vsdocs, arguments)
        assert isinstance(failed.exception, CannotReadError), failed.output
        assert failed.exception.exit_code is ExitCode.UNREADABLE
        assert "Close it in Excel" in failed.exception.advice
