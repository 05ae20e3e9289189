"""The figures: each counted a second time by plain SQL over the same files, and the cases that figures stumble over."""

import csv
import datetime
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from conftest import FIXTURES
from vsdocs.cohort import columns, folder, kpis, rows, sheet
from vsdocs.cohort.child import Child
from vsdocs.cohort.figure import Unit
from vsdocs.cohort.year import GROUPS, Cohort
from vsdocs.errors import RefusedError

TODAY = datetime.date(2026, 11, 22)
COHORT = FIXTURES / "cohort"
YEARS = ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26"]
Query = Callable[..., float | None]


def roll_of(path: Path) -> list[Child]:
    return [row for _, row in columns.understood(sheet.read(path), Child, columns.load("roll", Child), TODAY).rows]


@pytest.fixture(scope="module")
def everything() -> dict[str, Cohort]:
    roll = roll_of(COHORT / "roll.csv")
    tables = folder.read(COHORT, [child.reference for child in roll], TODAY)
    return {year: Cohort.of(year, roll, tables, TODAY) for year in YEARS}


@pytest.fixture(scope="module")
def query() -> Iterator[Query]:
    """The same files in a database of their own: nothing of the product's code, dates turned round, text as it stands."""
    database = sqlite3.connect(":memory:")
    for path in COHORT.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            first, *rest = csv.reader(file)
        names = [f'"{name.lower().replace(" ", "_")}"' for name in first]
        database.execute(f"create table {path.stem} ({', '.join(names)})")
        turned = [
            [
                f"{cell[6:]}-{cell[3:5]}-{cell[:2]}" if len(cell) == 10 and cell[2] == cell[5] == "/" else cell
                for cell in row
            ]
            for row in rest
        ]
        database.executemany(f"insert into {path.stem} values ({', '.join('?' * len(names))})", turned)
    database.execute(
        "create view care as select *, case when date_left_care = '' then '9999' else date_left_care end as gone,"
        " cast(strftime('%Y', date(date_of_birth, '+4 months')) as integer) as born from roll"
    )

    database.execute("create table workday (day)")
    days = (datetime.date(2021, 1, 1) + datetime.timedelta(days=n) for n in range(6 * 366))
    open_ = [[str(day)] for day in days if day.weekday() < 5 and f"{day:%Y %m-%d}" not in BANK_HOLIDAYS]
    database.executemany("insert into workday values (?)", open_)
    database.execute(
        "create view learning as select care.*,"
        " (select type from schools s where s.reference = care.reference and s.start_date <= july and"
        " (s.end_date = '' or s.end_date >= july) order by s.start_date desc limit 1) as place,"
        " (select ofsted from schools s where s.reference = care.reference and s.start_date <= july and"
        " (s.end_date = '' or s.end_date >= july) order by s.start_date desc limit 1) as judged"
        " from (select care.*, y.july from care cross join (select distinct substr(academic_year, 1, 2) ||"
        " substr(academic_year, 6) || '-07-01' as july from attendance) y) care"
    )

    def ask(sql: str, year: str) -> float | None:
        first = int(year[:4])
        values = {
            "year": year, "began": f"{first}-09-01", "ended": f"{first + 1}-08-31", "march": f"{first + 1}-03-31",
            "before": f"{first}-03-31", "july": f"{first + 1}-07-01", "first": first, "today": str(TODAY),
            "new_year": f"{first + 1}-01-01", "may": f"{first + 1}-05-01", "september": f"{first + 1}-09-01",
        }  # fmt: skip
        found = database.execute(sql, values).fetchone()[0]
        return None if found is None else float(found)

    yield ask
    database.close()


_IN_YEAR = "date_into_care <= :ended and gone >= :began"
_REPORTABLE = f"{_IN_YEAR} and date_into_care <= :before and gone >= :march"
# Born from September to August, a child is in Reception in the year that begins when they are four.
_NC = "(:first - (born - 1) - 5)"
_OF_REPORTABLE = f"from attainment join care using (reference) where academic_year = :year and {_REPORTABLE}"
_ON_ROLL = f"from care where {_IN_YEAR} and gone > :ended"
_PUPIL = f"{_NC} between 0 and 11"
_SESSIONS = f"from attendance join care using (reference) where academic_year = :year and {_IN_YEAR} and {_PUPIL}"
_GOOD = "in ('EXS', 'GDS')"
_LEARNING = f"from learning where {_IN_YEAR} and gone > :ended and {_PUPIL} and july = :july"
_JUDGED = "coalesce(nullif(judged, ''), nullif(ofsted, ''))"
_DAYS = "(select count(*) from workday where day > meeting_date and day <= signed_off)"
_DUE = "(select day from workday where day > date_into_care order by day limit 1 offset 19)"
_FIRST = "(select min(meeting_date) from peps p where p.reference = care.reference)"


def _starts(table: str) -> str:
    """How many times in the year a child began at another place: the first ever is no move."""
    return (
        f"(select count(*) from {table} s where s.reference = care.reference and s.start_date between :began and :ended and"
        f" s.start_date > (select min(start_date) from {table} x where x.reference = care.reference))"
    )


def _moved(table: str, least: int) -> str:
    known = f"exists (select 1 from {table} s where s.reference = care.reference)"
    return f"select 100.0 * avg({_starts(table)} >= {least}) from care where {_IN_YEAR} and {known}"


def _missed(begins: str, ends: str) -> str:
    """Whether a child was in care throughout a term, and no PEP met in it."""
    return (
        f"(date_into_care <= {begins} and gone >= {ends} and not exists (select 1 from peps p where"
        f" p.reference = care.reference and p.meeting_date >= {begins} and p.meeting_date < {ends}))"
    )


_TERMS = ((":began", ":new_year"), (":new_year", ":may"), (":may", ":september"))
_MISSED = " or ".join(_missed(*term) for term in _TERMS)
_WHOLE_TERM = " or ".join(f"(date_into_care <= {begins} and gone >= {ends})" for begins, ends in _TERMS)
_PLANS = f"from peps join care using (reference) where meeting_date between :began and :ended and {_IN_YEAR}"

SQL = {
    "roll": f"select count(*) {_ON_ROLL}",
    "ehcp": f"select 100.0 * sum(send_status = 'E') / sum(send_status != '') {_ON_ROLL}",
    "sen_support": f"select 100.0 * sum(send_status = 'K') / sum(send_status != '') {_ON_ROLL}",
    "eal": f"select 100.0 * avg(eal = 'Yes') {_ON_ROLL}",
    "unaccompanied": f"select 100.0 * avg(uasc = 'Yes') {_ON_ROLL}",
    "out_of_area": f"select 100.0 * avg(out_of_area = 'Yes') {_ON_ROLL}",
    "reduced_timetable": f"select 100.0 * avg(reduced_timetable = 'Yes') {_ON_ROLL} and {_PUPIL}",
    "reportable": f"select 100.0 * avg(date_into_care <= :before and gone >= :march) {_ON_ROLL}",
    "gld": f"select 100.0 * avg(gld = 'Yes') {_OF_REPORTABLE} and stage = 'EYFS' and gld != ''",
    "phonics": f"select 100.0 * avg(phonics = 'Yes') {_OF_REPORTABLE} and stage = 'Phonics' and phonics != ''",
    "ks1_reading": f"select 100.0 * avg(reading {_GOOD}) {_OF_REPORTABLE} and stage = 'KS1' and reading != ''",
    "ks2_gps": f"select 100.0 * avg(gps {_GOOD}) {_OF_REPORTABLE} and stage = 'KS2' and gps != ''",
    "ks2_rwm": f"select 100.0 * avg(reading {_GOOD} and writing {_GOOD} and maths {_GOOD}) {_OF_REPORTABLE} and stage = 'KS2'"
    " and ('WTS' in (reading, writing, maths) or '' not in (reading, writing, maths))",
    "ks2_maths_progress": f"select avg(cast(maths_progress as real)) {_OF_REPORTABLE} and stage = 'KS2' and maths_progress != ''",
    "attainment_8": f"select avg(cast(attainment_8 as real)) {_OF_REPORTABLE} and stage = 'KS4' and attainment_8 != ''",
    "progress_8": f"select avg(cast(progress_8 as real)) {_OF_REPORTABLE} and stage = 'KS4' and progress_8 != ''",
    "english_4": f"select 100.0 * avg(cast(replace(english, 'U', 0) as integer) >= 4) {_OF_REPORTABLE} and stage = 'KS4'"
    " and english != ''",
    "maths_5": f"select 100.0 * avg(cast(replace(mathematics, 'U', 0) as integer) >= 5) {_OF_REPORTABLE} and stage = 'KS4'"
    " and mathematics != ''",
    "attendance": f"select 100.0 - 100.0 * sum(authorised_absence + unauthorised_absence) / sum(possible_sessions) {_SESSIONS}",
    "unauthorised": f"select 100.0 * sum(unauthorised_absence) / sum(possible_sessions) {_SESSIONS}",
    "persistent_absence": "select 100.0 * avg(10 * (authorised_absence + unauthorised_absence) >= cast(possible_sessions as real))"
    f" {_SESSIONS}",
    "severe_absence": "select 100.0 * avg(2 * (authorised_absence + unauthorised_absence) >= cast(possible_sessions as real))"
    f" {_SESSIONS}",
    "suspended": "select 100.0 * avg(exists (select 1 from suspensions s where s.reference = care.reference and s.type = 'Suspension'"
    f" and s.start_date between :began and :ended)) from care where {_IN_YEAR} and {_PUPIL}",
    "permanent_exclusions": "select count(*) from suspensions join care using (reference) where type = 'Permanent'"
    f" and start_date between :began and :ended and {_IN_YEAR} and {_PUPIL}",
    "peps": f"select count(*) {_PLANS}",
    "pep_gold": f"select 100.0 * avg(grade = 'GD') {_PLANS} and grade != ''",
    "pep_red": f"select 100.0 * avg(grade = 'R') {_PLANS} and grade != ''",
    "post_16_eet": "select 100.0 * avg(destination not in ('NEET')) from destinations"
    " where academic_year = :year and \"group\" = 'Post 16' and destination != 'Not known'",
    "care_leavers_university": "select 100.0 * avg(destination = 'University') from destinations"
    " where academic_year = :year and \"group\" = 'Care leaver' and destination != 'Not known'",
    "pp_plus_income": "select sum(amount) from pp_plus where financial_year = :year and type = 'Income'",
    "pp_plus_spending": "select sum(amount) from pp_plus where financial_year = :year and type = 'Spending'",
    "trained": "select sum(people) from events where academic_year = :year and type = 'Training'",
    **{
        f"ks{stage}_{subject}": f"select 100.0 * avg({subject} {_GOOD}) {_OF_REPORTABLE} and stage = 'KS{stage}' and {subject} != ''"
        for stage in (1, 2)
        for subject in ("reading", "writing", "maths")
    },
    "ks1_rwm": f"select 100.0 * avg(reading {_GOOD} and writing {_GOOD} and maths {_GOOD}) {_OF_REPORTABLE} and stage = 'KS1'"
    " and ('WTS' in (reading, writing, maths) or '' not in (reading, writing, maths))",
    **{
        f"ks2_{subject}_progress": f"select avg(cast({subject}_progress as real)) {_OF_REPORTABLE} and stage = 'KS2'"
        f" and {subject}_progress != ''"
        for subject in ("reading", "writing")
    },
    "english_5": f"select 100.0 * avg(cast(replace(english, 'U', 0) as integer) >= 5) {_OF_REPORTABLE} and stage = 'KS4'"
    " and english != ''",
    "maths_4": f"select 100.0 * avg(cast(replace(mathematics, 'U', 0) as integer) >= 4) {_OF_REPORTABLE} and stage = 'KS4'"
    " and mathematics != ''",
    **{
        f"english_maths_{least}": f"select 100.0 * avg(min(cast(replace(english, 'U', 0) as integer), cast(replace(mathematics, 'U', 0)"
        f" as integer)) >= {least}) {_OF_REPORTABLE} and stage = 'KS4' and ((english != '' and mathematics != '')"
        f" or (english != '' and cast(replace(english, 'U', 0) as integer) < {least})"
        f" or (mathematics != '' and cast(replace(mathematics, 'U', 0) as integer) < {least}))"
        for least in (4, 5)
    },
    "good_school": f"select 100.0 * avg({_JUDGED} in ('Outstanding', 'Good')) {_LEARNING} and {_JUDGED} is not null",
    "alternative_provision": f"select 100.0 * avg(place = 'AP') {_LEARNING} and place is not null",
    "residential_school": f"select 100.0 * avg(place = 'Residential') {_LEARNING} and place is not null",
    "no_school": f"select 100.0 * avg(place = 'None') {_LEARNING} and place is not null",
    "school_moves": _moved("schools", 1),
    "placement_moves": _moved("placements", 3),
    "pep_each_term": f"select 100.0 * avg(not ({_MISSED})) from care where {_IN_YEAR} and ({_WHOLE_TERM})",
    "initial_pep_in_time": f"select 100.0 * avg(coalesce({_FIRST} <= {_DUE}, 0)) from care where date_into_care between :began and"
    f" :ended and gone >= {_DUE} and ({_FIRST} is not null or {_DUE} <= :today)",
    "pep_days_to_sign_off": f"select avg({_DAYS}) {_PLANS} and signed_off != ''",
    "pep_done_in_time": f"select 100.0 * avg({_DAYS} <= 20) {_PLANS} and signed_off != ''",
    "pep_in_person": f"select 100.0 * avg(met) from (select max(in_person = 'Yes') as met {_PLANS} and in_person != '' group by reference)",
    "pep_green": f"select 100.0 * avg(grade = 'G') {_PLANS} and grade != ''",
    "pep_amber": f"select 100.0 * avg(grade = 'A') {_PLANS} and grade != ''",
    "post_16_retained": "select 100.0 * avg(retained = 'Yes') from destinations"
    " where academic_year = :year and \"group\" = 'Post 16' and retained != ''",
    "care_leavers_eet": "select 100.0 * avg(destination not in ('NEET')) from destinations"
    " where academic_year = :year and \"group\" = 'Care leaver' and destination != 'Not known'",
    "pp_plus_balance": "select sum(case type when 'Income' then amount else -amount end) from pp_plus where financial_year = :year",
    "activities": "select sum(people) from events where academic_year = :year and type = 'Activity'",
    "advice": "select sum(people) from events where academic_year = :year and type = 'Advice'",
}  # fmt: skip


#: England's, as gov.uk published them.
BANK_HOLIDAYS = {
    f"{year} {day}"
    for year, days in {
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    }.items()
    for day in days.split()
}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("kpi", SQL)
def test_each_figure_equals_one_counted_by_sql(
    everything: dict[str, Cohort], query: Query, kpi: str, year: str
) -> None:
    figure = kpis.counted(kpis.all_kpis()[kpi], everything[year])
    again = query(SQL[kpi], year)
    assert figure.value == (None if again is None else pytest.approx(again, abs=1e-9))


def test_no_figure_is_counted_once_only() -> None:
    assert set(kpis.all_kpis()) == set(SQL)


def test_a_figure_says_what_it_counts_and_who_asks_for_it(everything: dict[str, Cohort]) -> None:
    for kpi in kpis.all_kpis().values():
        assert kpi.definition
        assert kpi.authority
        figure = kpis.counted(kpi, everything["2025-26"])
        if kpi.of_children and not kpi.id.startswith(("pep", "post_16", "care_leavers")):
            named = [told.reference for told in figure.told] + [r for who in figure.left_out.values() for r in who]
            assert len(named) == len(set(named)), f"{kpi.id} counts a child twice"


@pytest.mark.parametrize("group", GROUPS)
def test_the_parts_of_a_group_add_up_to_those_of_whom_it_is_known(everything: dict[str, Cohort], group: str) -> None:
    for name in ("attendance", "suspended", "attainment_8", "roll"):
        kpi = kpis.all_kpis()[name]
        cohort = everything["2025-26"]
        whole, named = kpis.counted(kpi, cohort), {c.reference: GROUPS[group](cohort, c) for c in cohort.children}
        parts = [whole.of(r for r in named if named[r] == part) for part in {*named.values()} - {None}]
        unknown = {c.reference for c in cohort.children if GROUPS[group](cohort, c) is None}
        assert sum(one.denominator for one in parts) == sum(t.reference not in unknown for t in whole.told)
        assert sum(one.numerator for one in parts) == pytest.approx(
            sum(t.part for t in whole.told if t.reference not in unknown)
        )


def child(reference: str, **more: str) -> Child:
    return Child(reference=reference, date_of_birth="2010-01-01", **more)


def cohort_of(*children: Child, **tables: tuple[object, ...]) -> Cohort:
    return Cohort.of("2025-26", children, folder.Tables(tables), TODAY)  # type: ignore[arg-type]


def test_a_table_that_is_not_there_is_no_data_and_never_a_zero() -> None:
    cohort = cohort_of(child("1", into_care="2020-01-01"))
    for name in ("attendance", "suspended", "permanent_exclusions", "gld", "peps", "pp_plus_income", "trained"):
        assert kpis.counted(kpis.all_kpis()[name], cohort).value is None, name


def test_an_empty_year_and_a_cohort_of_one() -> None:
    nobody, one = cohort_of(), cohort_of(child("1", into_care="2020-01-01"))
    for kpi in kpis.all_kpis().values():
        empty = kpis.counted(kpi, nobody)
        assert empty.value in ((None, 0) if kpi.unit is Unit.COUNT else (None,))
        figure = kpis.counted(kpi, one)
        assert figure.is_small or not figure.denominator


def test_twelve_months_in_care_are_counted_to_31_march() -> None:
    cohort = cohort_of(
        child("long", into_care="2025-03-31"),
        child("a day short", into_care="2025-04-01"),
        child("left on the day", into_care="2020-01-01", left_care="2026-03-31"),
        child("left before", into_care="2020-01-01", left_care="2026-03-30"),
        child("unknown"),
    )
    assert cohort.reportable == {"long", "left on the day"}


def test_before_31_march_nobody_is_said_to_be_in_care_on_it() -> None:
    """A year that is running counts who has been in care for twelve months by today, and says so in words."""
    roll = [
        child("long", into_care="2025-11-22"),
        child("by March", into_care="2026-03-31"),
        child("too late", into_care="2026-04-01"),
        child("left", into_care="2020-01-01", left_care="2026-10-30"),
    ]
    reportable = kpis.all_kpis()["reportable"]
    running = Cohort.of("2026-27", roll, folder.Tables({}), datetime.date(2026, 11, 22))
    assert running.reportable == {"long"}
    assert (kpis.counted(reportable, running).numerator, kpis.counted(reportable, running).denominator) == (1, 3)
    assert reportable.so_far(running) == (
        "The year is not over: 22 November 2026 is counted here instead of 31 March 2027. If nobody leaves before, 2 will have"
        " been in care for twelve months on 31 March 2027."
    )
    assert not any(letter.isdigit() for letter in reportable.so_far(running, with_number=False).split("March 2027")[1])
    for day in (datetime.date(2027, 3, 31), datetime.date(2027, 5, 1), datetime.date(2027, 9, 1)):
        over = Cohort.of("2026-27", roll, folder.Tables({}), day)
        assert (over.reportable, reportable.so_far(over)) == ({"long", "by March"}, "")
    assert Cohort.of("2027-28", roll, folder.Tables({}), datetime.date(2028, 2, 29)).reportable == {
        "long",
        "by March",
        "too late",
    }
    results = folder.Tables(
        {"attainment": (rows.Attainment(reference="by March", academic_year="2026-27", stage="eyfs", gld=True),)}
    )
    gld = kpis.counted(kpis.all_kpis()["gld"], Cohort.of("2026-27", roll, results, datetime.date(2026, 11, 22)))
    assert gld.left_out == {"in care for less than twelve months so far": ("by March",)}


def test_the_first_pep_is_due_within_twenty_working_days_and_not_counted_before() -> None:
    def with_pep(came: str, *met: str) -> float | None:
        plans = tuple(rows.Pep(reference="1", met=day) for day in met)
        return kpis.counted(
            kpis.all_kpis()["initial_pep_in_time"], cohort_of(child("1", into_care=came), peps=plans)
        ).value

    assert with_pep("2025-12-01", "2025-12-31") == 100  # two bank holidays lie between
    assert with_pep("2025-12-01", "2026-01-02") == 0
    assert with_pep("2025-12-01") == 0
    assert with_pep("2026-08-20", "2026-09-21") == 0  # due in the next year, and still this year's child
    assert with_pep("2026-08-20", "2026-09-18") == 100  # 31 August is a bank holiday


def test_what_is_wrong_in_a_table_is_told_by_row_and_column_before_anything_is_counted(tmp_path: Path) -> None:
    (tmp_path / "attendance.csv").write_text(
        "Reference,Year,Sessions,Unauthorised\n1,2025-26,300,-4\n9,2025-26,300,1\n1,2025,300,1\n", encoding="utf-8"
    )
    (tmp_path / "attainment.csv").write_text(
        "Reference,Year,Stage,P8\n1,2025-26,KS5,0\n1,2025-26,KS4,99\n", encoding="utf-8"
    )
    with pytest.raises(RefusedError) as refused:
        folder.read(tmp_path, ["1"], TODAY)
    assert refused.value.message.splitlines() == [
        "attainment, row 2, Stage: this is not one of early years, year 1 phonics, key stage 1, key stage 2, key stage 4",
        "attainment, row 3, P8: this is not between -10 and 10",
        "attendance, row 2, Unauthorised: this is less than nothing",
        "attendance, row 4, Year: this is not a year: write it as 2025-26",
    ]


def test_a_child_who_is_not_on_the_roll_is_told(tmp_path: Path) -> None:
    (tmp_path / "attendance.csv").write_text("Reference,Year,Sessions\n9,2025-26,300\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="none of these children is on the roll; is it the right folder"):
        folder.read(tmp_path, ["1"], TODAY)
    with (tmp_path / "attendance.csv").open("a", encoding="utf-8") as file:
        file.write("1,2025-26,300\n")
    with pytest.raises(RefusedError, match="attendance, row 2: this child is not on the roll"):
        folder.read(tmp_path, ["1"], TODAY)


def test_every_published_figure_belongs_to_a_measure_of_ours_and_has_a_source() -> None:
    published = folder.published(TODAY)
    assert len(published) > 30
    assert {one.measure for one in published} <= set(kpis.all_kpis())
    assert all(one.source for one in published)
    assert len({(one.measure, one.academic_year, one.group, one.series) for one in published}) == len(published)


#: stage, pupils, and how many reached the standard in each subject: Derby's annual report 2022-23, paragraphs 10 to 27
DERBY = [
    ("ks2", 26, {"reading": 13, "writing": 11, "maths": 12, "gps": 12}, 9),
    ("ks1", 17, {"reading": 7, "writing": 5, "maths": 6}, 5),
    ("phonics", 13, {"phonics": 9}, 9),
    ("eyfs", 5, {"gld": 1}, 1),
]
DERBYS_PERCENTAGES = {
    "ks2_rwm": 35, "ks2_reading": 50, "ks2_writing": 42, "ks2_maths": 46, "ks2_gps": 46,
    "ks1_rwm": 29, "ks1_reading": 41, "ks1_writing": 29, "ks1_maths": 35, "phonics": 69, "gld": 20,
}  # fmt: skip


def test_derbys_children_give_derbys_percentages_back() -> None:
    made, children = [], []
    for stage, pupils, reached, all_of_them in DERBY:
        spare = all_of_them
        missed = {}  # who reached one subject and not all: each subject's others are different children
        for subject, number in reached.items():
            missed[subject] = range(spare, spare + number - all_of_them)
            spare += number - all_of_them if stage == "ks1" or subject != "gps" else 0
        for number in range(pupils):
            reference = f"{stage}-{number}"
            children.append(child(reference, into_care="2019-01-01"))
            results: dict[str, object] = {}
            for subject in reached:
                met = number < all_of_them or number in missed[subject]
                results[subject] = met if stage in ("phonics", "eyfs") else "expected" if met else "below"
            made.append(rows.Attainment(reference=reference, academic_year="2022-23", stage=stage, **results))  # type: ignore[arg-type]
    cohort = Cohort.of("2022-23", children, folder.Tables({"attainment": tuple(made)}), TODAY)
    found = {name: kpis.counted(kpis.all_kpis()[name], cohort) for name in DERBYS_PERCENTAGES}
    assert {name: round(figure.value or 0) for name, figure in found.items()} == DERBYS_PERCENTAGES
    assert found["ks2_rwm"].numerator == 9
    assert found["ks2_rwm"].denominator == 26
