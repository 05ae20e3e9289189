"""The SSDA903 return: five years' returns, each with its own codes, and what is wrong with one told by table and row."""

import datetime
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import FIXTURES
from vsdocs.cli.roll import command
from vsdocs.cohort import roll, ssda903
from vsdocs.cohort.child import Child
from vsdocs.errors import RefusedError

RETURNS = FIXTURES / "ssda903"
TODAY = datetime.date(2027, 4, 20)
YEARS = [2022, 2023, 2024, 2025, 2026]


def folder(year: int) -> Path:
    return RETURNS / f"{year}-{(year + 1) % 100:02d}"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder(2024), tmp_path / "return"))


def changed(copy: Path, name: str, old: str, new: str) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_a_return_of_each_year_is_read_with_that_years_codes(year: int) -> None:
    given = ssda903.read(folder(year), TODAY)
    assert given.year == f"{year}-{year - 1999:02d}"
    assert set(given.tables) == {"header", "episodes", "reviews", "uasc", "oc2"}
    found = {child.reference: child for child in ssda903.children(given)}
    assert set(found) == {"0010401", "0010402", "0010403", "0010405"}  # short breaks alone are no time in care
    stays, left, back, new = (found[f"001040{n}"] for n in (1, 2, 3, 5))
    assert (stays.gender, back.gender) == ("female", "male")
    assert (stays.into_care, stays.left_care, stays.placement_type) == (f"{year - 2}-02-12", None, "U4")
    assert left.left_care == f"{year}-10-09"
    assert (back.into_care, back.left_care, back.unaccompanied) == (f"{year}-06-03", None, True)
    assert (new.upn, stays.upn) == (None, "L991215920080")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("Header.csv", "ETHNIC", "ETHNICITY", "'ETHNICITY' is not a column of Header (did you mean 'ETHNIC'?)"),
        ("Header.csv", ",F,", ",2,", "Header, rows 2, 5 and 6, SEX: not a code of 2024-25"),
        ("Header.csv", "WBRI", "WBRY", "ETHNIC: not a code of 2024-25 (did you mean 'WBRI'?)"),
        ("Header.csv", "12/08/2016", "31/02/2016", "Header, row 2, DOB: there is no such day"),
        ("Header.csv", "12/08/2016", "12/08/1916", "wrong century"),
        ("Header.csv", "L991215920080", "M991215920080", "check letter is wrong"),
        ("episodes final v2.csv", "DECOM,RNE", "RNE,RNE2", "is not a column of Episodes"),
        ("episodes final v2.csv", "U4,PR1", "Q9,PR1", "Episodes, row 3, PLACE: not a code of 2024-25"),
    ],
)
def test_what_is_wrong_is_told_with_table_row_and_nearest_name(
    copy: Path, name: str, old: str, new: str, says: str
) -> None:
    changed(copy, name, old, new)
    with pytest.raises(RefusedError) as refused:
        ssda903.read(copy, TODAY)
    assert says in refused.value.message


def test_codes_of_another_year_are_wrong(copy: Path) -> None:
    changed(copy, "episodes final v2.csv", "K3", "Z11")
    with pytest.raises(RefusedError, match="PLACE: not a code of 2024-25"):
        ssda903.read(copy, TODAY)


def test_a_table_that_is_missing_or_there_twice_is_told(copy: Path) -> None:
    shutil.copy(copy / "Header.csv", copy / "Header copy.csv")
    with pytest.raises(RefusedError, match="Two files hold the table Header"):
        ssda903.read(copy, TODAY)
    (copy / "Header.csv").unlink()
    (copy / "Header copy.csv").unlink()
    with pytest.raises(RefusedError, match="no table Header"):
        ssda903.read(copy, TODAY)


def test_a_return_adds_to_the_roll_what_it_says_and_takes_nothing_away(tmp_path: Path) -> None:
    known = {
        "10401": Child(
            reference="10401", forename="Jo", surname="Sample", date_of_birth="2016-08-12", school="Oakmere"
        ),
        "77": Child(reference="77", forename="Bo", surname="Sample", date_of_birth="2015-01-01"),
    }
    changes = roll.supplemented(known, ssda903.children(ssda903.read(folder(2024), TODAY)), TODAY)
    kept = {child.reference: child for child in changes.rows}
    assert (kept["10401"].forename, kept["10401"].school, kept["10401"].legal_status) == ("Jo", "Oakmere", "C2")
    assert kept["77"] == known["77"]
    assert (changes.changed, changes.added) == (("10401",), ("0010402", "0010403", "0010405"))
    store = ["--store", str(tmp_path / "s.sqlite"), "--today", TODAY.isoformat()]
    done = CliRunner().invoke(command, ["import", "--ssda903", str(folder(2025)), *store])
    assert done.exit_code == 0, done.output
    assert "3 children are on the roll." in done.output


def lines_of(copy: Path, name: str) -> list[list[str]]:
    return [line.split(",") for line in (copy / name).read_text(encoding="utf-8-sig").splitlines()]


def put(copy: Path, name: str, lines: list[list[str]]) -> None:
    (copy / name).write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("heading", "value", "says"),
    [
        ("DECOM", "12/02/1922", "Episodes, row 2, DECOM: this year is too long ago"),
        ("DECOM", "12/02/2035", "Episodes, row 2, DECOM: this date has not come yet"),
        ("DECOM", "12/02/2015", "Episodes, row 2, DECOM: this day is before the child was born"),
        ("DEC", "12/02/2020", "Episodes, row 2, DEC: this day is before the episode began"),
        ("CHILD", "999", "Episodes, row 2, CHILD: this child is not in Header; are two returns mixed in this folder?"),
    ],
)
def test_an_episode_that_cannot_be_right_is_told(copy: Path, heading: str, value: str, says: str) -> None:
    name = next(path.name for path in copy.glob("*.csv") if "DECOM" in path.read_text(encoding="utf-8-sig"))
    lines = lines_of(copy, name)
    lines[1][lines[0].index(heading)] = value
    put(copy, name, lines)
    with pytest.raises(RefusedError) as refused:
        ssda903.read(copy, TODAY)
    assert says in refused.value.message


def test_a_child_or_a_upn_twice_and_tables_without_rows_are_told(copy: Path) -> None:
    header = lines_of(copy, "Header.csv")
    put(copy, "Header.csv", [*header, header[1]])
    with pytest.raises(RefusedError, match=r"CHILD: the same as in row 2\n.*UPN: the same as in row 2"):
        ssda903.read(copy, TODAY)
    put(copy, "Header.csv", header[:1])
    with pytest.raises(RefusedError, match="The table Header has no row"):
        ssda903.read(copy, TODAY)
    put(copy, "Header.csv", header)
    episodes = next(path for path in copy.glob("*.csv") if "DECOM" in path.read_text(encoding="utf-8-sig"))
    episodes.write_text(episodes.read_text(encoding="utf-8-sig").splitlines()[0], encoding="utf-8")
    with pytest.raises(RefusedError, match="The table Episodes has no row"):
        ssda903.read(copy, TODAY)


def test_two_years_in_one_folder_are_told_and_a_file_that_is_no_table_is_named(copy: Path) -> None:
    (copy / "Header.csv").write_bytes((folder(2022) / "Header.csv").read_bytes())
    (copy / "Reviews.csv").write_bytes((folder(2025) / "Reviews.csv").read_bytes())
    with pytest.raises(RefusedError) as refused:
        ssda903.read(copy, TODAY)
    assert "SEX: not a code of 2024-25 but of another year: are two returns mixed" in refused.value.message
    assert "REVIEW: this day is after 2024-25, the year of the episodes" in refused.value.message
    (copy / "Empty.CSV").write_bytes(b"")
    with pytest.raises(RefusedError, match=r"Empty\.CSV: There is no table in this file"):
        ssda903.read(copy, TODAY)
