"""What is due and why: the figures of the rubric counted over invented children, and the command that tells of it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Ics

from vsdocs import record, rubric
from vsdocs.cli.due import command
from vsdocs.cohort import rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.deadlines import Due, Found, Kind, Plan, Rules, State, deadlines
from vsdocs.cohort.folder import Tables
from vsdocs.cohort.terms import Calendar
from vsdocs.dates import add_working_days, is_working_day
from vsdocs.errors import ExitCode, RefusedError, UsageError
from vsdocs.generate.post import calendar
from vsdocs.outcome import OutcomeKind, Run, RunReport, Settled
from vsdocs.record import Extraction, PepRecord
from vsdocs.rubric import rulebook
from vsdocs.settings import Settings, Term
from vsdocs.store import Made, Store, url_of

TODAY = date(2026, 11, 20)  # a Friday
AUTUMN = Term(name="Autumn 2026", begins="2026-09-03", ends="2026-12-18", half_term=("2026-10-26", "2026-10-30"))
SPRING = Term(name="Spring 2027", begins="2027-01-05", ends="2027-03-25", half_term=("2027-02-15", "2027-02-19"))
SUMMER = Term(name="Summer 2027", begins="2027-04-12", ends="2027-07-21", half_term=("2027-05-31", "2027-06-04"))
TERMS = (AUTUMN, SPRING, SUMMER)
DORSET = rubric.load("dorset-2025-26")
RULES = Rules(TODAY, Calendar(TERMS), DORSET.deadlines, sdq_threshold=14)


def child(**more: Any) -> Child:
    known = {
        "reference": "1",
        "forename": "Bo",
        "surname": "Sample",
        "date_of_birth": "2014-07-03",
        "into_care": "2020-01-06",
    }
    return Child(**(known | more))


def plan(
    met: str | None = "2026-10-01", key: str | None = "1", pep_id: str = "aaa", came: str = "2026-10-05", **record: Any
) -> Plan:
    """A plan as it was read. `record` is what it says beside the date of its meeting."""
    meeting = {"date": met, **record.pop("meeting", {})}
    told = PepRecord.model_validate({"meeting": meeting, **record})
    return Plan.of_record(pep_id, told, key, date.fromisoformat(came), TODAY)


def found(
    *plans: Plan, of: Child | None = None, rules: Rules = RULES, only: Term | None = None, **tables: Any
) -> Found:
    return deadlines([of or child()], plans, rules, Tables({name: tuple(r) for name, r in tables.items()}), only)


def one(told: Found, kind: Kind) -> Due:
    [due] = [due for due in told.dues if due.kind is kind]
    return due


def kinds(told: Found) -> set[Kind]:
    return {due.kind for due in told.dues}


# The first PEP


def test_the_first_pep_is_due_twenty_working_days_after_coming_into_care() -> None:
    due = one(found(of=child(into_care="2026-10-23")), Kind.INITIAL_PEP)
    assert (due.day, due.state, due.late) == (date(2026, 11, 20), State.DUE, 0)
    assert due.why.startswith("Came into care on 23 October 2026; the first PEP meets within 20 working days")
    assert due.authority.startswith("Dorset practice standards")
    assert due.since == date(2026, 10, 23)


def test_it_is_overdue_by_working_days_and_done_once_it_met() -> None:
    came = child(into_care="2026-10-14")  # due on 11 November
    assert one(found(of=came), Kind.INITIAL_PEP).late == 7
    late = one(found(plan("2026-11-13"), of=came), Kind.INITIAL_PEP)
    assert (late.state, late.done) == (State.DONE, date(2026, 11, 13))
    assert late.why.endswith("It met on 13 November 2026, 2 working days late")


def test_a_day_that_falls_on_a_friday_is_not_overdue_on_the_sunday() -> None:
    rules = Rules(date(2026, 11, 22), Calendar(TERMS), DORSET.deadlines)
    assert one(found(of=child(into_care="2026-10-23"), rules=rules), Kind.INITIAL_PEP).state is State.DUE


def test_derby_counts_school_days() -> None:
    derby = rubric.load("derby")
    came = child(into_care="2026-10-14")
    due = one(found(of=came, rules=Rules(TODAY, Calendar(TERMS), derby.deadlines)), Kind.INITIAL_PEP)
    assert due.day == date(2026, 11, 18)  # five days of half term do not count
    assert "20 school days" in due.why
    told = found(of=came, rules=Rules(TODAY, Calendar(), derby.deadlines))
    assert one(told, Kind.INITIAL_PEP).day == date(2026, 11, 11)
    assert any("School days are counted as if" in note for note in told.notes)


def test_a_child_without_a_day_into_care_is_told_and_nothing_is_guessed() -> None:
    told = found(of=child(into_care=None))
    assert Kind.INITIAL_PEP not in kinds(told)
    assert [(one.child, "no day of coming into care" in one.why) for one in told.untold] == [("1", True)]
    assert Kind.TERM_PEP in kinds(told)


def test_a_pep_of_an_earlier_time_in_care_is_not_the_first_one() -> None:
    due = one(
        found(plan("2026-03-02"), of=child(first_into_care="2019-05-01", into_care="2026-11-02")), Kind.INITIAL_PEP
    )
    assert due.state is State.DUE


def test_a_first_pep_that_met_just_before_coming_into_care_counts() -> None:
    came = child(into_care="2026-10-14")
    assert one(found(plan("2026-10-01", meeting={"type": "initial"}), of=came), Kind.INITIAL_PEP).state is State.DONE
    assert one(found(plan("2026-09-01", meeting={"type": "initial"}), of=came), Kind.INITIAL_PEP).state is State.OVERDUE
    assert one(found(plan("2026-10-01", meeting={"type": "review"}), of=came), Kind.INITIAL_PEP).state is State.OVERDUE


# A PEP in each term


def test_a_term_has_a_pep_by_its_last_working_day() -> None:
    due = one(found(), Kind.TERM_PEP)
    assert (due.day, due.state) == (date(2026, 12, 18), State.DUE)
    done = one(found(plan("2026-10-01")), Kind.TERM_PEP)
    assert (done.state, done.done, done.pep) == (State.DONE, date(2026, 10, 1), "aaa")


def test_which_peps_of_a_term_never_came() -> None:
    after = Rules(date(2027, 2, 1), Calendar(TERMS), DORSET.deadlines)
    roll = [
        child(),
        child(reference="2"),
        child(reference="3", into_care="2026-11-30"),
        child(reference="4", left_care="2026-10-02"),
    ]
    told = deadlines(roll, [plan("2026-10-01", "2"), plan("2027-01-20", "1", "bbb")], after, only=AUTUMN)
    assert [(due.child, due.state) for due in told.dues if due.kind is Kind.TERM_PEP] == [
        ("1", State.OVERDUE),
        ("2", State.DONE),
    ]
    assert one_of(told, "3", Kind.INITIAL_PEP).state is State.OVERDUE  # who came in the term has the first PEP instead
    assert "4" not in {due.child for due in told.dues}


def test_who_left_after_a_term_was_to_have_its_pep() -> None:
    after = Rules(date(2027, 2, 1), Calendar(TERMS), DORSET.deadlines)
    left = child(left_care="2027-01-10")
    assert [due.state for due in found(of=left, rules=after, only=AUTUMN).dues] == [State.OVERDUE]
    assert found(of=left, rules=after).dues == ()


def one_of(told: Found, reference: str, kind: Kind) -> Due:
    return next(due for due in told.dues if due.child == reference and due.kind is kind)


def test_a_pep_missed_in_a_past_term_is_told_until_the_next_has_met() -> None:
    after = Rules(date(2027, 2, 1), Calendar(TERMS), DORSET.deadlines)
    missed = [due for due in found(rules=after).dues if due.kind is Kind.TERM_PEP]
    assert [due.what for due in missed] == ["PEP meeting, Autumn 2026", "PEP meeting, Spring 2027"]
    met = [due for due in found(plan("2027-01-20"), rules=after).dues if due.kind is Kind.TERM_PEP]
    assert [(due.what, due.state) for due in met] == [("PEP meeting, Spring 2027", State.DONE)]


def test_it_says_what_is_arranged_and_what_came_of_it() -> None:
    ahead = plan("2026-05-05", meeting={"next_date": "2027-01-11"})
    assert one(found(ahead), Kind.TERM_PEP).why.endswith("A meeting is arranged for 11 January 2027")
    gone = plan("2026-05-05", meeting={"next_date": "2026-10-01"})
    assert one(found(gone), Kind.TERM_PEP).why.endswith("arranged for 1 October 2026, and no plan of it has come")


def test_a_meeting_in_the_holidays_counts_to_the_term_before() -> None:
    after = Rules(date(2027, 1, 4), Calendar(TERMS), DORSET.deadlines)
    assert one(found(plan("2026-12-30"), rules=after), Kind.TERM_PEP).state is State.DONE


def test_what_the_roll_says_of_the_last_pep_counts_and_its_document_is_asked_for() -> None:
    told = found(of=child(last_pep="2026-10-05"))
    assert one(told, Kind.TERM_PEP).state is State.DONE
    assert (one(told, Kind.DOCUMENT).state, one(told, Kind.DOCUMENT).late) == (State.OVERDUE, 14)


def test_who_is_too_young_too_old_or_has_left_has_no_pep_due() -> None:
    for other in (child(date_of_birth="2025-01-01"), child(date_of_birth="2007-01-01"), child(left_care="2026-11-01")):
        assert not kinds(found(of=other)) & {Kind.TERM_PEP, Kind.INITIAL_PEP, Kind.IN_PERSON}


# The document, the next meeting, in person


def test_the_document_is_complete_within_twenty_working_days() -> None:
    assert one(found(plan(submitted="2026-10-29")), Kind.DOCUMENT).state is State.DONE
    assert one(found(plan(submitted="2026-10-30")), Kind.DOCUMENT).why.endswith("30 October 2026, 1 working day late")
    here = one(found(plan()), Kind.DOCUMENT)
    assert (here.state, here.done) == (State.DONE, None)
    assert "It does not say when it was completed; it was here by 5 October 2026" in here.why
    before = one(found(plan(came="2026-09-20")), Kind.DOCUMENT)
    assert (before.state, before.day) == (State.OVERDUE, date(2026, 10, 29))
    row = rows.Pep(reference="1", met="2026-10-01")
    assert one(found(peps=[row]), Kind.DOCUMENT).state is State.OVERDUE
    assert (
        one(found(peps=[rows.Pep(reference="1", met="2026-10-01", signed_off="2026-10-07")]), Kind.DOCUMENT).state
        is State.DONE
    )


def test_a_plan_and_its_row_are_one_meeting() -> None:
    told = found(plan(), peps=[rows.Pep(reference="1", met="2026-10-01", signed_off="2026-10-20", in_person=True)])
    assert one(told, Kind.DOCUMENT).done == date(2026, 10, 20)
    assert one(told, Kind.IN_PERSON).state is State.DONE


def test_of_two_readings_of_one_meeting_the_later_counts() -> None:
    draft, final = (
        plan(pep_id="zzz", submitted="2026-10-02"),
        plan(pep_id="aaa", came="2026-10-19", submitted="2026-10-16"),
    )
    told = found(final, draft)
    assert (one(told, Kind.DOCUMENT).done, one(told, Kind.DOCUMENT).pep) == (date(2026, 10, 16), "aaa")


def test_the_next_meeting_stands_on_its_day_and_then_its_plan_is_due() -> None:
    told = found(plan("2026-05-05", meeting={"next_date": "2026-12-02"}))
    assert one(told, Kind.NEXT_PEP).day == date(2026, 12, 2)
    assert Kind.TERM_PEP not in kinds(told)  # it is told of by its own day
    late = one(found(plan("2026-05-05", meeting={"next_date": "2026-10-01"})), Kind.NEXT_PEP)
    assert (late.what, late.day, late.state) == ("Plan of the arranged PEP meeting", date(2026, 10, 29), State.OVERDUE)
    assert Kind.NEXT_PEP not in kinds(
        found(plan("2026-05-05", meeting={"next_date": "2026-10-01"}), plan("2026-10-08", pep_id="b"))
    )


def test_a_meeting_in_the_future_has_not_been() -> None:
    told = found(plan("2026-12-02"))
    assert {due.state for due in told.dues} == {State.DUE}
    assert one(told, Kind.NEXT_PEP).day == date(2026, 12, 2)
    assert Kind.DOCUMENT not in kinds(told)


@pytest.mark.parametrize(
    ("modes", "state"),
    [(("virtual", None), State.DUE), (("virtual", "in_person"), State.DONE), (("hybrid",), State.DONE)],
)
def test_one_pep_a_year_is_in_person(modes: tuple[str | None, ...], state: State) -> None:
    plans = [plan(f"2026-10-{n:02d}", pep_id=str(n), meeting={"mode": mode}) for n, mode in enumerate(modes, 1)]
    due = one(found(*plans), Kind.IN_PERSON)
    assert (due.state, due.day) == (state, date(2027, 7, 21))


def test_out_of_area_two_may_be_virtual() -> None:
    plans = [plan(f"2026-10-{n:02d}", pep_id=str(n), meeting={"mode": "virtual"}) for n in (1, 2)]
    away = child(out_of_area=True)
    assert one(found(plans[0], of=away), Kind.IN_PERSON).why.endswith("Out of area, 1 more may be virtual")
    assert one(found(*plans, of=away), Kind.IN_PERSON).why.endswith("the next one is to be in person")


# Interim PEPs and escalation


def test_a_change_of_school_asks_for_an_interim_pep() -> None:
    moved = child(school_since="2026-10-12")
    assert one(found(plan(), of=moved), Kind.INTERIM_PEP).day == date(2026, 11, 9)
    assert one(found(plan("2026-10-20"), of=moved), Kind.INTERIM_PEP).state is State.DONE
    times = [rows.Schooling(reference="1", began=day, school="A") for day in ("2024-09-02", "2026-10-12")]
    assert one(found(schools=times), Kind.INTERIM_PEP).since == date(2026, 10, 12)
    assert Kind.INTERIM_PEP not in kinds(found(schools=times[1:]))  # the first school that is known is no change
    assert Kind.INTERIM_PEP not in kinds(found(of=child(into_care="2026-10-12", school_since="2026-10-12")))


def test_a_pattern_of_suspensions_asks_for_an_interim_pep() -> None:
    times = [rows.Suspension(reference="1", day=day) for day in ("2026-03-02", "2026-09-21", "2026-10-09")]
    due = one(found(suspensions=times), Kind.INTERIM_PEP)
    assert (due.since, due.why[:29]) == (date(2026, 10, 9), "2 suspensions this school yea")
    assert Kind.INTERIM_PEP not in kinds(found(suspensions=times[:2]))
    assert one(found(plan(attendance={"suspensions": 2})), Kind.INTERIM_PEP).since == date(2026, 10, 1)
    assert Kind.INTERIM_PEP not in kinds(found(plan(attendance={"suspensions": 2}, meeting={"type": "interim"})))
    out = [rows.Suspension(reference="1", day="2026-11-10", kind="permanent_exclusion")]
    assert "permanently excluded" in one(found(suspensions=out), Kind.INTERIM_PEP).why


@pytest.mark.parametrize(
    ("came", "step"),
    [
        ("2026-10-16", "Ask Team Manager (level 1) for an answer by 20 November 2026"),
        ("2026-10-14", "If level 1 did not help, ask Service Manager (level 2) for an answer by 25 November 2026; if nobody"),
        ("2026-09-25", "If levels 1 to 3 did not help, ask Corporate Director (level 4) for an answer by 20 November 2026; if"),
        ("2026-09-01", "If levels 1 to 4 did not help, the reviewing officer may refer to Cafcass; if nobody was asked yet, begin"),
    ],
)  # fmt: skip
def test_each_level_of_escalation_has_five_working_days_and_is_a_step_to_take(came: str, step: str) -> None:
    told = found(of=child(into_care=came))
    due = one(told, Kind.INITIAL_PEP)
    assert due.step.startswith(step)
    assert ("begin with Team Manager (level 1)" in due.step) is not due.step.startswith("Ask Team Manager")
    assert "level" not in due.what + due.why
    assert len({due.kind for due in told.dues}) == len(told.dues)  # one row a duty


def test_a_plan_that_is_there_or_an_authority_without_a_ladder_asks_for_no_step() -> None:
    assert not any(due.step for due in found(plan(came="2026-09-20")).dues)
    ladder = DORSET.deadlines.escalation.model_copy(update={"asked": False})
    without = replace(RULES, deadlines=DORSET.deadlines.model_copy(update={"escalation": ladder}))
    assert one(found(of=child(into_care="2026-09-01"), rules=without), Kind.INITIAL_PEP).step == ""


def test_one_ladder_a_child_at_what_is_waited_for_the_longest() -> None:
    gone = plan("2026-05-05", meeting={"next_date": "2026-10-01"})
    after = replace(RULES, today=date(2027, 1, 20))
    steps = {due.kind: due.step for due in found(gone, rules=after).dues if due.state is State.OVERDUE}
    assert steps[Kind.NEXT_PEP].startswith("If levels 1 to 4 did not help, the reviewing officer")
    assert steps[Kind.TERM_PEP] == ""


# SDQ


def test_an_sdq_is_due_a_year_after_the_last() -> None:
    due = one(found(plan(sdq={"total": 9, "date": "2025-11-01"})), Kind.SDQ)
    assert (due.day, due.state) == (date(2026, 11, 1), State.OVERDUE)
    assert one(found(plan()), Kind.SDQ).day == date(2027, 3, 31)
    assert one(found(plan(), of=child(into_care="2026-09-10")), Kind.SDQ).day == date(2027, 9, 10)
    for born in ("2024-01-01", "2009-01-01"):
        assert Kind.SDQ not in kinds(found(plan(), of=child(date_of_birth=born)))


@pytest.mark.parametrize(
    ("total", "by", "asked"),
    [(15, "Foster carer", True), (15, None, True), (14, "Foster carer", False), (20, "Class teacher", False)],
)
def test_a_high_score_of_the_carer_asks_for_the_schools_own(total: int, by: str | None, asked: bool) -> None:
    told = found(plan(sdq={"total": total, "date": "2026-09-20", "completed_by": by}))
    assert (Kind.SCHOOL_SDQ in kinds(told)) is asked
    if asked:
        due = one(told, Kind.SCHOOL_SDQ)
        assert (due.day, due.state) == (date(2026, 11, 1), State.OVERDUE)
        assert ("if it was the carer's" in due.why) is (by is None)


def test_it_is_done_once_the_school_filled_one_in_and_older_scores_give_way() -> None:
    high = plan("2026-09-10", "1", "a", sdq={"total": 18, "date": "2026-09-01", "completed_by": "Carer"})
    by_school = plan("2026-10-10", "1", "b", sdq={"total": 12, "date": "2026-10-02", "completed_by": "School"})
    assert one(found(high, by_school), Kind.SCHOOL_SDQ).done == date(2026, 10, 2)
    newer = plan("2026-10-10", "1", "b", sdq={"total": 10, "date": "2026-10-02", "completed_by": "Carer"})
    assert Kind.SCHOOL_SDQ not in kinds(found(high, newer))
    again = plan("2026-10-10", "1", "b", sdq={"total": 18, "date": "2026-09-01", "completed_by": "Carer"})
    assert one(found(high, again), Kind.SCHOOL_SDQ).since == date(2026, 9, 10)  # the same score, told first then


def test_where_no_threshold_is_set_no_school_sdq_is_asked() -> None:
    told = found(
        plan(sdq={"total": 30, "completed_by": "Carer"}), rules=Rules(TODAY, Calendar(TERMS), DORSET.deadlines)
    )
    assert Kind.SCHOOL_SDQ not in kinds(told)


# Timetables, alternative provision, transition


def test_a_reduced_timetable_is_reviewed_in_each_half_term() -> None:
    due = one(found(plan(school={"reduced_timetable": True})), Kind.TIMETABLE_REVIEW)
    assert due.day == date(2026, 12, 18)  # reviewed in the first half of the term
    set_for = plan(school={"reduced_timetable": True}, timetable={"next_review": "2026-11-11", "end": "2026-11-13"})
    due = one(found(set_for), Kind.TIMETABLE_REVIEW)
    assert (due.day, due.late) == (date(2026, 11, 11), 7)
    assert due.why.endswith("is the child back full time?")
    of_roll = one(found(of=child(reduced_timetable=True)), Kind.TIMETABLE_REVIEW)
    assert (of_roll.day, "The roll records" in of_roll.why) == (date(2026, 12, 18), True)
    assert Kind.TIMETABLE_REVIEW not in kinds(found(plan(school={"reduced_timetable": False})))
    assert Kind.TIMETABLE_REVIEW not in kinds(found(plan("2025-09-10", school={"reduced_timetable": True})))


def test_without_terms_a_half_term_ends_in_the_middle_of_our_third() -> None:
    told = found(
        plan("2026-09-10", school={"alternative_provision": True}), rules=Rules(TODAY, Calendar(), DORSET.deadlines)
    )
    assert one(told, Kind.ALTERNATIVE_PROVISION).day == date(2026, 12, 31)
    assert told.notes[0].startswith("vsdocs.toml does not give every term of 2026-27")
    assert found().notes == ()


def test_a_transition_plan_takes_six_weeks_at_most() -> None:
    reduced = {"school": {"reduced_timetable": True}}
    due = one(found(plan(**reduced, timetable={"start": "2026-10-05", "end": "2026-12-18"})), Kind.TRANSITION)
    assert (due.day, due.state) == (date(2026, 11, 16), State.OVERDUE)
    assert due.why.endswith("the PEP lets it go on until 18 December 2026")
    assert one(
        found(plan(**reduced, timetable={"start": "2026-10-05", "end": "2026-10-23"})), Kind.TRANSITION
    ).day == date(2026, 10, 23)
    assert "over 8 weeks" in one(found(plan(transition="A phased return over eight weeks.")), Kind.TRANSITION).why
    for text in ("A phased return over six weeks.", "Visits begin in six weeks.", "Year 8 in 2026", None):
        assert Kind.TRANSITION not in kinds(found(plan(transition=text)))


# Bad input


@pytest.mark.parametrize("met", ["1926-10-01", "2206-10-01", "9999-12-31", "0001-01-01"])
def test_a_date_of_the_wrong_century_is_told_and_counts_for_nothing(met: str) -> None:
    told = found(plan(met))
    assert [one.why for one in told.untold] == [
        "the date of the meeting in PEP aaa cannot be right, so nothing is counted from it"
    ]
    assert Kind.DOCUMENT not in kinds(told)
    wrong = found(plan(sdq={"total": 20, "date": "2062-10-01"}, submitted="1926-10-02"))
    assert len(wrong.untold) == 2


def test_a_plan_without_the_date_of_its_meeting_is_told() -> None:
    assert [one.why for one in found(plan(None)).untold] == [
        "PEP aaa gives no date of its meeting, so it counts for no term"
    ]


def test_a_month_alone_is_not_late_too_early() -> None:
    assert one(found(plan("2026-10")), Kind.DOCUMENT).day == add_working_days(date(2026, 10, 31), 20)


def test_plans_alone_say_what_is_due_of_them() -> None:
    own = {"child": {"forename": "Bo", "surname": "Sample", "date_of_birth": "2014-07-03"}}
    earlier = plan("2026-05-05", None, "aaa", **own, meeting={"next_date": "2026-10-01"})
    later = plan("2026-10-08", None, "bbb", came="2026-10-01", **own, sdq={"total": 20, "date": "2026-09-01"})
    told = deadlines([], [earlier, later], RULES)
    assert set(told.known) == {"bbb"}
    assert kinds(told) == {Kind.DOCUMENT, Kind.SDQ, Kind.SCHOOL_SDQ}
    assert not deadlines([], [plan("2025-05-05", None, "aaa", **own)], RULES).dues


def test_an_authority_may_leave_a_deadline_out() -> None:
    every = {
        name: getattr(DORSET.deadlines, name).model_copy(update={"asked": False})
        for name in type(DORSET.deadlines).model_fields
    }
    silent = Rules(TODAY, Calendar(TERMS), DORSET.deadlines.model_copy(update=every), sdq_threshold=14)
    busy = plan(school={"reduced_timetable": True, "alternative_provision": True}, sdq={"total": 20})
    assert found(busy, of=child(into_care="2026-09-10"), rules=silent).dues == ()


# Properties

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
ISO = DAYS.map(date.isoformat)


@st.composite
def anything(draw: st.DrawFn) -> tuple[Child, list[Plan], Rules]:
    today = draw(DAYS)
    maybe = st.none() | ISO
    one = child(
        date_of_birth=draw(st.dates(date(2007, 1, 1), date(2023, 1, 1)).map(date.isoformat)),
        into_care=draw(maybe), left_care=draw(st.none() | maybe), school_since=draw(maybe), last_pep=draw(maybe),
        out_of_area=draw(st.none() | st.booleans()), reduced_timetable=draw(st.none() | st.booleans()),
    )  # fmt: skip
    plans = []
    for n in range(draw(st.integers(0, 4))):
        record = PepRecord.model_validate({
            "meeting": {"date": draw(maybe), "next_date": draw(maybe), "mode": draw(st.sampled_from([None, "virtual", "in_person"]))},
            "sdq": {"total": draw(st.none() | st.integers(0, 40)), "date": draw(maybe), "completed_by": draw(st.sampled_from([None, "Carer", "School"]))},
            "school": {"reduced_timetable": draw(st.booleans()), "alternative_provision": draw(st.booleans())},
            "timetable": {"start": draw(maybe), "end": draw(maybe), "next_review": draw(maybe), "last_review": draw(maybe)},
            "attendance": {"suspensions": draw(st.none() | st.integers(0, 4))}, "submitted": draw(maybe),
        })  # fmt: skip
        plans.append(Plan.of_record(f"pep{n}", record, "1", draw(DAYS), today))
    figures = draw(st.sampled_from([DORSET, rubric.load("derby")])).deadlines
    return one, plans, Rules(today, Calendar(draw(st.sampled_from([(), TERMS, (SPRING,)]))), figures, sdq_threshold=14)


@given(anything())
def test_a_due_day_that_is_counted_in_working_days_is_one(case: tuple[Child, list[Plan], Rules]) -> None:
    one, plans, rules = case
    for due in deadlines([one], plans, rules).dues:
        assert is_working_day(due.day) or not due.by_working_days, due


@given(anything())
def test_nothing_is_both_done_and_overdue_and_what_is_overdue_was_due_before_today(
    case: tuple[Child, list[Plan], Rules],
) -> None:
    one, plans, rules = case
    told = deadlines([one], plans, rules)
    for due in told.dues:
        assert (due.state is State.OVERDUE) == (due.late > 0)
        assert due.state is State.DONE or due.done is None
        assert due.late == 0 or due.day < rules.today
        assert due.why
        assert due.authority
        assert "Sample" not in due.why + due.what
    things = [(due.kind, due.child, due.since, due.day) for due in told.dues]
    assert len(set(things)) == len(things)
    order = [due.state for due in told.dues]
    assert order == sorted(order, key=list(State).index)


@given(anything(), st.integers(1, 40))
def test_as_days_go_by_nothing_that_is_overdue_heals_by_itself(
    case: tuple[Child, list[Plan], Rules], days: int
) -> None:
    """The first PEP, as nothing new comes: what is overdue is so still, or has been left to the terms' PEPs."""
    one, plans, rules = case
    later = Rules(rules.today + timedelta(days=days), rules.calendar, rules.deadlines)
    been = [plan for plan in plans if plan.met and plan.met <= rules.today]
    roll = [one.model_copy(update={"last_pep": None})]
    before = [due for due in deadlines(roll, been, rules).dues if due.kind is Kind.INITIAL_PEP]
    after = [due for due in deadlines(roll, been, later).dues if due.kind is Kind.INITIAL_PEP]
    for early, late in zip(before, after, strict=False):
        assert (early.day, early.done) == (late.day, late.done)
        assert late.late >= early.late


@given(DAYS)
def test_every_day_has_a_term_and_a_half_of_one(day: date) -> None:
    for terms in ((), TERMS, (AUTUMN,)):
        known = Calendar(terms)
        term, half = known.term_of(day), known.half_of(day)
        assert term.begins <= day
        assert half[0] <= day
        assert known.half_after(day)[0] > half[1]


def test_a_term_that_begins_in_august_is_of_the_new_school_year() -> None:
    early = Term(name="Autumn", begins="2026-08-27", ends="2026-12-18")
    assert Calendar((early,)).terms("2026-27")[0] == early
    assert early not in Calendar((early,)).terms("2025-26")


# The command


def pep_of(number: int, **record: Any) -> Extraction:
    sha256 = f"{number:064x}"
    known = {"forename": "Tamsin", "surname": "Quillfeather", "date_of_birth": "2015-03-09"}
    told = PepRecord.model_validate({"child": known, "school": {"name": "St M"}, **record})
    return Extraction(source="", id=sha256[:12], format="docx", sha256=sha256, record=told)


def store_with(path: Path, *peps: Extraction, reader: str = "1", today: str = "2026-10-10") -> str:
    store = Store(url_of(str(path / "store.sqlite")))
    run = store.begin(
        "/peps", "/out", Run(id="", today=today, rubric="dorset-2025-26", rubric_version="1", reader=reader), True
    )
    store.save(run, *(Made(Settled(f"{pep.id}.docx", pep.sha256, OutcomeKind.GRADED), pep.packed()) for pep in peps))
    store.finish(run, RunReport(files=len(peps), seconds=0, counts={}))
    store.close()
    return str(path / "store.sqlite")


def with_roll(path: str, *children: Child) -> str:
    store = Store(url_of(path))
    store.roll.save(children, "2026-09-01")
    store.close()
    return path


TAMSIN = child(
    reference="0010", forename="Tamsin", surname="Quillfeather", date_of_birth="2015-03-09", into_care="2026-10-14", lead="Denise Pugh",
    school="St M",
)  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--today", TODAY.isoformat()])


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_, **__: tmp_path / "nowhere")


def test_it_prints_what_is_overdue_first_and_no_name_unless_asked(tmp_path: Path) -> None:
    store = with_roll(store_with(tmp_path), TAMSIN, child(reference="0011", school_since="2026-11-02"))
    done = run("--store", store)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "Overdue (1)"
    assert lines[1] == "  11 November 2026 (7 working days ago)  0010 TQ, St M  First PEP meeting"
    assert "Came into care on 14 October 2026" in lines[2]
    assert "Source: Dorset practice standards 2023" in lines[2]
    assert lines[3].startswith(
        "      Step to take: If level 1 did not help, ask Service Manager (level 2) for an answer by 25 November 2026;"
    )
    assert lines.index("Due (1)") > 2
    assert "Quillfeather" not in done.output
    assert "(Tamsin Quillfeather)" in run("--store", store, "--names").stdout
    assert "Autumn 2026 (01/09/2026 to 31/12/2026)" in done.stderr


def test_terms_come_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "vsdocs.toml").write_text(
        '[[term]]\nname = "Michaelmas"\nbegins = 2026-09-03\nends = 2026-12-18\n', "utf-8"
    )
    store = with_roll(store_with(tmp_path), child())
    told = json.loads(run("--store", store, "--json", "--within", "60").stdout)
    assert [due["due"] for due in told["due"] if due["kind"] == "term_pep"] == ["2026-12-18"]
    assert run("--store", store, "--term", "michaelmas").exit_code == 0
    wrong = run("--store", store, "--term", "Michelmas")
    assert isinstance(wrong.exception, UsageError)
    assert "did you mean 'Michaelmas'" in wrong.exception.message


def test_whose_pep_of_a_term_never_came(tmp_path: Path) -> None:
    pep = pep_of(1, meeting={"date": "2026-10-01"})
    store = with_roll(
        store_with(tmp_path, pep), TAMSIN.model_copy(update={"into_care": "2020-01-01"}), child(reference="0011")
    )
    told = json.loads(run("--store", store, "--term", "Autumn 2026", "--json").stdout)
    assert [(due["child"], due["state"]) for due in told["due"]] == [("0011", "due"), ("0010", "done")]
    future = run("--store", store, "--term", "Spring 2027")
    assert isinstance(future.exception, UsageError)


def test_a_leads_own_children_and_a_lead_nobody_has(tmp_path: Path) -> None:
    store = with_roll(store_with(tmp_path), TAMSIN, child(reference="0011", lead="Ruth Ames", into_care="2026-10-14"))
    told = json.loads(run("--store", store, "--vsl", "pugh", "--json").stdout)
    assert {due["child"] for due in told["due"]} == {"0010"}
    wrong = run("--store", store, "--vsl", "Pough")
    assert isinstance(wrong.exception, UsageError)
    assert "Denise Pugh" in wrong.exception.advice


def test_without_a_roll_plans_are_looked_at_alone_and_it_says_what_a_roll_adds(tmp_path: Path) -> None:
    store = store_with(tmp_path, pep_of(1, meeting={"date": "2026-10-01", "next_date": "2026-12-01"}))
    done = run("--store", store)
    assert "1 December 2026  000000000000 TQ, St M  PEP meeting" in done.stdout
    assert "With a roll (`vsdocs roll import`) it also says" in done.stderr
    assert isinstance(run("--store", store, "--term", "Autumn 2026").exception, UsageError)


def test_an_empty_store_and_none_at_all(tmp_path: Path) -> None:
    empty = run("--store", store_with(tmp_path))
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "Nothing is known yet" in empty.stderr
    assert isinstance(run("--store", str(tmp_path / "none.sqlite")).exception, UsageError)


def test_a_plan_of_nobody_on_the_roll_counts_for_nobody(tmp_path: Path) -> None:
    near = pep_of(1, meeting={"date": "2026-10-01"}, child={"forename": "Tamsin", "surname": "Quillfeather"})
    store = with_roll(store_with(tmp_path, near), TAMSIN.model_copy(update={"into_care": "2020-01-01"}))
    done = run("--store", store, "--json", "--within", "60")
    told = json.loads(done.stdout)
    assert any("1 PEP is not surely anybody's" in note for note in told["notes"])
    assert [due["state"] for due in told["due"] if due["kind"] == "term_pep"] == ["due"]
    opened = Store(url_of(store))
    opened.roll.settle(near.sha256, "0010", "2026-11-01")
    opened.close()
    told = json.loads(run("--store", store, "--json").stdout)
    assert [due["state"] for due in told["due"] if due["kind"] == "term_pep"] == ["done"]


def test_a_plan_that_may_hold_two_children_counts_for_nobody(tmp_path: Path) -> None:
    mixed = pep_of(1, meeting={"date": "2026-10-01"})
    mixed = mixed.model_copy(update={"warnings": (record.Warning(code="two_children", message="two"),)})
    store = with_roll(store_with(tmp_path, mixed), TAMSIN.model_copy(update={"into_care": "2020-01-01"}))
    told = json.loads(run("--store", store, "--term", "Autumn 2026", "--json").stdout)
    assert [due["state"] for due in told["due"]] == ["due"]


def test_the_calendar_file_has_a_day_each_and_no_name(tmp_path: Path) -> None:
    store = with_roll(store_with(tmp_path), TAMSIN)
    path = tmp_path / "due.ics"
    assert run("--store", store, "--ics", str(path), "--names").exit_code == 0
    book = Ics.from_ical(path.read_bytes())
    entries = {str(entry["summary"]): entry for entry in book.walk("VEVENT")}
    assert book["method"] == "PUBLISH"
    late = entries["First PEP meeting: 0010, overdue since 11 November 2026"]
    assert late["dtstart"].dt == TODAY
    assert (
        len(entries) == len({str(entry["uid"]) for entry in entries.values()}) == 1
    )  # a step of escalation is no entry
    assert "ask Service Manager (level 2)" in str(late["description"])
    assert b"Quillfeather" not in path.read_bytes()
    assert b"TRANSPARENT" in path.read_bytes()
    nowhere = run("--store", store, "--ics", str(tmp_path / "no" / "due.ics"))
    assert nowhere.exception is not None
    assert nowhere.exception.exit_code is ExitCode.CANNOT_WRITE  # type: ignore[attr-defined]


def test_a_days_title_that_would_tell_a_grade_is_refused() -> None:
    with pytest.raises(RefusedError):
        calendar.days([calendar.Day("1", "Red PEP", TODAY)], Settings(), TODAY)


def test_the_store_gives_each_plan_once_as_it_was_read_last(tmp_path: Path) -> None:
    first = store_with(tmp_path, pep_of(1), pep_of(2), reader="1")
    again = pep_of(1, meeting={"date": "2026-10-01"})
    store_with(tmp_path, again, reader="2", today="2026-11-01")
    store = Store(url_of(first))
    told = [(pep.record.meeting.date, came) for pep, came in store.plans()]
    store.close()
    assert told == [("2026-10-01", "2026-10-10"), (None, "2026-10-10")]


def test_the_rule_book_says_when_things_are_due() -> None:
    assert "- The first PEP meets within 20 working days of coming into care (Dorset" in rulebook.book(DORSET)
    assert "- The first PEP meets within 20 school days of coming into care (Derby" in rulebook.book(
        rubric.load("derby")
    )


def test_a_rubric_without_a_threshold_asks_for_no_school_sdq() -> None:
    assert "- The school's own SDQ" in rulebook.book(DORSET)
    assert "- The school's own SDQ" not in rulebook.book(rubric.load("gateshead"))


def test_what_is_due_grades_nothing_again() -> None:
    other = DORSET.model_copy(update={"deadlines": rubric.load("derby").deadlines})
    assert other.digest == DORSET.digest
