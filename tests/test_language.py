"""What the readers of sentences must hold: traps that rule lists fall into, and promises to the teacher who reads them."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vsdocs import rubric
from vsdocs.criteria import EXAMPLE_DAY, all_criteria
from vsdocs.judgement import Grade
from vsdocs.language.links import shared
from vsdocs.language.numbers import value
from vsdocs.language.pp_plus import Impact, read_pp_plus
from vsdocs.language.smart import judge
from vsdocs.language.times import moments
from vsdocs.language.voice import Whose, read_voice
from vsdocs.record import PepRecord, Target
from vsdocs.settings import DEFAULT_RUBRIC

MEETING = "2026-01-12"
FACETS = ("specific", "measurable", "achievable", "relevant", "time_bound")
JUDGEMENTS = Path(__file__).parents[1] / "accuracy" / "open" / "judgements"

# text, success criteria, due, and the five facets: + met, - not met, ? no claim
TARGETS = [
    # measured, dated, in whatever words
    ("Increase the common words Aaliyah can read from 45 to 70 by the end of the spring term.", None, None, "+++++"),
    ("Attend 19 out of every 20 sessions until Easter (currently 15 out of 20).", None, None, "+++++"),
    ("Spelling", "Eight or more right in four of the six weekly tests; averaged four", "2026-03-27", "+++++"),
    ("Improve from 3c to 3b by June.", None, None, "+++++"),
    ("Improve reading.", "A Year 3 passage at 85 words a minute (61 in December)", "2026-03-27", "+++++"),
    ("Swim ten metres unaided", None, "2026-06-01", "++?++"),
    (
        "I will take the bus home on my own three days a week for all of March. Now my carer drives me.",
        None,
        None,
        "+++++",
    ),
    ("Save £10 a week from her allowance until the summer holidays", None, None, "++?++"),
    ("Behaviour", "No suspensions this term; there were three in the autumn", "2026-03-27", "+++++"),
    # numbers that measure nothing
    ("Use her 5-point scale and the 3 golden rules in Year 2", None, None, "?-?+-"),
    ("Give 100% in every lesson", None, None, "--?+-"),
    ("Improve her reading by 20% by Easter", None, None, "--?++"),
    ("5 hours of TA support a week", None, None, "--??-"),
    ("Reads her Year 8 book more often", None, None, "?-?+-"),
    # provision and adults' tasks
    ("To receive 1:1 support in maths 4 x per week", "Support in place", "2026-03-27", "--??+"),
    ("Phonics intervention four times a week with the TA", "All sessions delivered", "2026-03-27", "--??+"),
    ("SENCo to apply for access arrangements by February", None, None, "--?-+"),
    ("Mrs Patel will meet with Kian weekly", None, "2026-03-27", "--?-+"),
    ("Educational psychologist assessment to be completed", None, "2026-03-01", "--?-+"),
    ("All pupils in the group to make three months' progress", None, "2026-07-01", "--?-+"),
    ("Please see the provision map", None, None, "--??-"),
    # a frequency, a start and a bygone day are no deadline
    ("Reads to an adult four times a week", None, None, "++?+-"),
    ("Write five sentences with full stops in four of them", None, "2025-12-01", "++?+-"),
    ("Read 60 words a minute; 45 in September", None, None, "++++-"),
    # out of reach
    ("Lift his reading age from 7 years 4 months to 14 years by half-term", None, None, "++-++"),
    ("Move from a grade 1 to a grade 9 in GCSE maths by March", None, None, "++-++"),
    ("Attendance of 100% for the rest of the year; he has been in 42% this term", None, "2026-07-20", "++-++"),
]


@pytest.mark.parametrize(("text", "criteria", "due", "wanted"), TARGETS, ids=[t[0][:40] for t in TARGETS])
def test_a_target_is_judged_by_its_meaning(text, criteria, due, wanted):
    found = judge(Target(text=text, success_criteria=criteria, due=due), MEETING).facets
    for facet, sign in zip(FACETS, wanted, strict=True):
        if sign != "?":
            assert found[facet].met is (sign == "+"), (facet, found[facet])


# text (success criteria), then the same with one thing turned round: what alone makes the facet fall
PAIRS = [
    ("specific", "Ama will juggle three balls by the summer fair.", "Ama will flourish by the summer fair."),
    ("specific", "Jo will ring her carer once a week", "Pastoral lead will ring Jo's carer once a week"),
    ("specific", "Jo to receive her Silver Arts Award certificate", "Jo to receive 12 sessions of drama therapy"),
    ("specific", "Ben to tell an adult in 3 of 4 disputes", "Kestrel class staff to log 3 of 4 disputes"),
    ("measurable", "85% in the end of unit chemistry test", "85% enjoyment of lessons"),
    ("measurable", "Run 2 km without walking", "Run further without walking"),
    (
        "measurable",
        "3 of 10 in the October log; 7 of 10 in the June log",
        "Carers put it at 3 out of 10; it should rise",
    ),
    ("measurable", "Sit through 15 minutes of assembly", "Assembly group, 15 minutes a session"),
    ("relevant", "Submit all four units by 12 June", "Exams officer to submit all four units by 12 June"),
    ("relevant", "Reach 95% attendance", "Disadvantaged learners in Year 9 to reach 95% attendance"),
    ("time_bound", "Ten lengths before we break up for Christmas", "Ten lengths before he goes home each day"),
    ("time_bound", "Pass the paper in the June sitting", "Pass the paper like the one in November"),
    ("time_bound", "Three goals in time for the cup", "Three goals in good time"),
    ("achievable", "Read 90 words a minute by 20 March 2027, up from 70", "Never lose his place, up from 70 times"),
    (
        "achievable",
        "Zara has never swum. She will swim 5m with a float.",
        "She will never swim badly. She swims 5m now.",
    ),
    ("achievable", "Spelling age 8:02 to 8:09 by the July retest", "Spelling age 7:00 to 12:00 by the March retest"),
    ("achievable", "Tables: 20 out of 25; January trial was 14", "Tables: 25 out of 25; January trial was 3"),
    ("achievable", "GCSE maths grade 3 in November to grade 4", "GCSE maths grade 2 in November to grade 8"),
]


@pytest.mark.parametrize(("facet", "met", "not_met"), PAIRS, ids=[pair[1][:40] for pair in PAIRS])
def test_one_turn_of_the_meaning_turns_the_facet(facet, met, not_met):
    assert judge(Target(text=met), MEETING).facets[facet].met is True
    assert judge(Target(text=not_met), MEETING).facets[facet].met is not True


def test_every_reason_is_a_sentence():
    for text, criteria, due, _ in TARGETS:
        for facet in judge(Target(text=text, success_criteria=criteria, due=due), MEETING).facets.values():
            assert re.fullmatch(r"[A-Z].*\.", facet.because)


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("Reads 60 words a minute by Easter (45 now)", "Improve reading by Easter"),
        ("Hands in 8 of 10 pieces by 27 March, 4 of 10 now", "Hand in homework more regularly"),
        ("Stays for a ten-minute story, four days in five, by July", "Story group with the TA, four times a week"),
    ],
)
def test_the_stronger_of_two_scores_higher(stronger, weaker):
    assert judge(Target(text=stronger), MEETING).score > judge(Target(text=weaker), MEETING).score


def test_achievable_is_open_where_no_start_is_shown():
    assert judge(Target(text="Reads 60 words a minute by Easter"), MEETING).facets["achievable"].met is None


@pytest.mark.parametrize("text", [t[0] for t in TARGETS] + ["Kofi to develop his speaking.", "Make friends", ""])
def test_advice_asks_with_blanks_and_invents_nothing(text):
    judgement = judge(Target(text=text), MEETING)
    advice = " ".join(judgement.advice)
    assert judgement.smart is not bool(judgement.advice)
    assert judgement.smart or "[" in advice
    assert set(re.findall(r"\d+", advice)) <= set(re.findall(r"\d+", text))
    for name in re.findall(r"(?<![.:'\"] )(?<!^)(?<!['\"])\b[A-Z][a-z]+", advice.replace("[who]", "")):
        assert name.lower() in text.lower()


def test_advice_names_the_child_as_the_teacher_does():
    assert "Kofi will [" in judge(Target(text="Kofi to develop his speaking."), MEETING).advice[0]


@given(st.text(max_size=200), st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_no_text_is_too_strange(text, criteria):
    target = Target(text=text, success_criteria=criteria)
    once, again = judge(target, MEETING), judge(target, MEETING)
    assert once == again
    assert all(0 <= facet.score <= 1 for facet in once.facets.values())


@pytest.mark.parametrize("month", ["2026-01", "2026-13", "nonsense", None])
def test_a_strange_meeting_date_stops_nothing(month):
    assert judge(Target(text="Reads 60 words a minute by Easter"), month).facets["time_bound"].met


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("by the end of Y4", True),
        ("before she turns four in May", True),
        ("by the next PEP", True),
        ("at the summer concert on 4 July", True),
        ("on results day", True),
        ("once a week", False),
        ("every half-term", False),
        ("reads a Year 5 book", False),
        ("last half-term", False),
        ("by 31/02/2026", False),
    ],
)
def test_deadlines_are_told_from_other_times(text, deadline):
    assert any(moment.deadline for moment in moments(text, date(2026, 1, 12))) is deadline


@pytest.mark.parametrize(
    ("words", "number"),
    [("ninety-four", 94), ("five hundred", 500), ("a dozen", 12), ("2.5", 2.5), ("twenty", 20), ("often", None)],
)
def test_number_words(words, number):
    assert value(words) == number


def test_nothing_heavy_is_loaded_until_it_is_needed():
    code = "import sys, vsdocs.language.smart; sys.exit('spacy' in sys.modules or 'simplemma' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_links_are_carried_by_kin_and_not_by_common_words():
    assert shared("Phonics is hard", "Daily reading with a tutor") == "reading"
    assert shared("In class by 8.50 each day", "The same chances as everyone in his class") == ""


# --- voice


def whose(answer, question="What do you think of school?", forename=None):
    record = PepRecord.model_validate(
        {"child": {"forename": forename}, "voice": [{"question": question, "answer": answer}]}
    )
    return read_voice(record).answers[0].whose


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("Forest school when we made a den and I was the roof man.", Whose.OWN),
        ("Diggers! And mud.", Whose.OWN),
        ("'I like the daily mile because I can talk to Fern.'", Whose.OWN),
        ("Trampolining and Mr Ives's lessons as he does experiments with fire", Whose.OWN),
        ("Pushed the dining hall off the talking mat, both times.", Whose.RECORDED),
        ("She says that she enjoys school and feels well supported.", Whose.TOLD),
        ("Enjoys practical lessons. Would like to work with animals.", Whose.TOLD),
        ("I am making good progress towards my targets and reach my potential with lots of support.", Whose.GENERIC),
        ("Professionals agree that the timetable continues to meet need.", Whose.ADULT),
        ("Refused to take part.", Whose.REFUSED),
        ("N/A", Whose.EMPTY),
        ("See last PEP.", Whose.EMPTY),
        ("Social worker to complete.", Whose.EMPTY),
        ("Child was not asked on this occasion.", Whose.EMPTY),
        ("[Insert pupil's comments here: I enjoy...]", Whose.EMPTY),
        ("Please refer to the All About Me booklet.", Whose.EMPTY),
        ("Absent on the day.", Whose.EMPTY),
        ("Wouldn't.", Whose.REFUSED),
        ("He crawls to the garden door each morning and bangs it.", Whose.RECORDED),
        (
            "She loves the lighting desk and wants to run it for Grease. She can't stand the queue past the Year 11 "
            "benches, and hopes to do stage management at Bristol.",
            Whose.RECORDED,
        ),
        (
            "Predicted Merit in two units. Attendance 81%. Punctual and polite; he will need to show his working.",
            Whose.ADULT,
        ),
        ("", Whose.EMPTY),
        (None, Whose.EMPTY),
    ],
)
def test_whose_words_an_answer_is(answer, wanted):
    assert whose(answer) is wanted


def test_the_childs_name_makes_an_answer_an_adults():
    answer = "Poppy mostly plays alongside other children but has started to copy what Theo does."
    assert whose(answer, forename="Poppy") is Whose.TOLD


def grade(area, record):
    pep = rubric.part_of_a_pep(PepRecord.model_validate(record))
    return rubric.score_area(rubric.load(DEFAULT_RUBRIC), area, pep, EXAMPLE_DAY)[0].grade


LIKES = {"question": "What do you like?", "answer": "Rugby, I play scrum half and coach says I'm quick."}
HARD = {"question": "What is hard?", "answer": "Mornings because my tablets make me groggy and nobody believes me."}
HELPS = {"question": "What helps?", "answer": "They swapped it so now I've got PE first on Tuesdays."}
HOPES = {"question": "Hopes", "answer": "Join the army as an engineer."}


def test_voice_from_red_to_gold():
    assert grade("voice", {"voice": [{"question": "Views", "answer": "Refused."}]}) is Grade.RED
    assert grade("voice", {"voice": ()}) is Grade.RED
    assert grade("voice", {"voice": [{"question": "Views", "answer": "She says school is fine."}]}) is Grade.AMBER
    assert grade("voice", {"voice": [LIKES, HARD, HOPES]}) is Grade.GREEN
    assert grade("voice", {"voice": [LIKES, HARD, HELPS, HOPES]}) is Grade.GOLD


@pytest.mark.parametrize(
    ("question", "answer", "wanted"),
    [
        ("Update from Kel", "Theory moved to the 11.15 group from 3 November.", Grade.GOLD),
        ("So now", "Tablets are given at breakfast club and her first lesson is PE.", Grade.GOLD),
        ("Reply", "To be discussed by the team.", Grade.GREEN),
        ("Any change since last time?", "No, still the same.", Grade.GREEN),
        ("Carer's views", "She is sleeping well and enjoys rugby.", Grade.GREEN),
        ("What would you change?", "Start later on a Wednesday.", Grade.GREEN),
    ],
)
def test_gold_needs_something_done_by_those_who_were_told(question, answer, wanted):
    entries = [LIKES, HARD, HOPES, {"question": question, "answer": answer}]
    assert grade("voice", {"voice": entries}) is wanted


def test_a_question_turned_round_asks_for_what_is_hard():
    for question in ("Stuff I don't", "What isn't working?", "What don't you like?", "No pile"):
        record = PepRecord.model_validate({"voice": [{"question": question, "answer": "Wet play and the hooter"}]})
        assert "difficulties" in read_voice(record).themes
        assert "likes" not in read_voice(record).themes


def test_the_carers_view_is_not_the_childs():
    carer = {"question": "Views of the carer", "answer": "He enjoys fishing and wants to see more of his brother."}
    assert grade("voice", {"voice": [{"question": "Views of the child", "answer": "N/A"}, carer]}) is Grade.RED


def test_a_refusal_met_with_care_is_not_red_and_what_it_yields_counts():
    offered = "Did not want to write. We respected that and offered a walk with his mentor another time."
    assert grade("voice", {"voice": [{"question": "Views", "answer": offered}]}) is Grade.AMBER
    quoted = (
        offered
        + " On the walk he said: 'I hate the bell, it goes right through me. Art with Miss Bello is mint, we do clay and I made a fox.'"
    )
    assert grade("voice", {"voice": [{"question": "Views", "answer": quoted}]}) is Grade.GREEN


@pytest.mark.parametrize("empty", [LIKES, HARD, HELPS, HOPES], ids=lambda entry: entry["question"])
def test_an_answer_in_an_empty_box_never_lowers_the_voice(empty):
    entries = [LIKES, HARD, HELPS, HOPES]
    before = [{**entry, "answer": None} if entry is empty else entry for entry in entries]
    assert grade("voice", {"voice": before}).rank <= grade("voice", {"voice": entries}).rank


# --- Pupil Premium Plus

READING = {"text": "Reading age of 8:2 by June (7:4 now)"}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ({"purpose": "Reading tutor, 12 x £22", "amount": 264, "impact": "7:4 to 7:10 at week 6"}, Grade.GOLD),
        ({"purpose": "Reading tutor, 12 x £22", "amount": 264, "impact": "Ongoing"}, Grade.GREEN),
        ({"purpose": "Reading tutor", "amount": None, "impact": "7:4 to 7:10"}, Grade.AMBER),
        ({"purpose": "Horse riding", "amount": 400, "impact": "4 rosettes"}, Grade.AMBER),
        ({"purpose": "Resources", "amount": 400, "impact": None}, Grade.AMBER),
        ({"purpose": "School uniform", "amount": 120, "impact": "Ready"}, Grade.RED),
        ({"purpose": "Reading tutor named in Section F of the EHCP", "amount": 500, "impact": "7:4 to 8:0"}, Grade.RED),
        ({"purpose": "None required", "amount": 0, "impact": None}, Grade.RED),
        ({"purpose": "INSET on reading for all 46 staff", "amount": 900, "impact": "46 trained"}, Grade.RED),
        ({"purpose": "Library books for the Year 5 class", "amount": 90, "impact": "30 pupils use them"}, Grade.RED),
        ({"purpose": "Reading tutor, 8 x £22", "amount": 176, "impact": "All eight sessions attended"}, Grade.GREEN),
    ],
    ids=lambda part: part["purpose"][:30] if isinstance(part, dict) else str(part),
)
def test_pp_plus_from_red_to_gold(line, wanted):
    assert grade("pp_plus", {"targets": [READING], "pp_plus": [line]}) is wanted


def test_a_target_named_in_a_line_is_not_what_it_buys():
    lines = [{"purpose": words, "amount": 20} for words in ("Zip board for the coat target", "Winter coat")]
    assert [bool(line.payer) for line in read_pp_plus(PepRecord.model_validate({"pp_plus": lines})).lines] == [
        False,
        True,
    ]


def test_what_is_said_to_be_beyond_the_ehcp_is_allowed():
    record = PepRecord.model_validate(
        {"pp_plus": [{"purpose": "Picture exchange training, not in the EHCP", "amount": 140}]}
    )
    assert not read_pp_plus(record).not_allowed


def test_impact_needs_figures_of_effect():
    lines = [
        {"purpose": "Tutor", "amount": 1, "impact": words} for words in ("£40 spent", "38% to 49%", "target met", "")
    ]
    impacts = [line.impact for line in read_pp_plus(PepRecord.model_validate({"pp_plus": lines})).lines]
    assert impacts == [Impact.SAID, Impact.FIGURES, Impact.FIGURES, Impact.NONE]


# --- the criteria of these three areas


@pytest.mark.parametrize(
    "criterion",
    [c for name, c in all_criteria().items() if name.startswith(("targets", "voice", "pp_plus"))],
    ids=lambda c: c.id,
)
def test_each_criterion_holds_its_examples(criterion):
    for example in criterion.examples:
        assert criterion.check(example.pep(), criterion.params(), EXAMPLE_DAY).state is example.state, example


# --- the open labelled set


def test_strong_targets_outscore_weak_ones_on_the_open_set():
    rows = [json.loads(line) for line in (JUDGEMENTS / "targets.jsonl").read_text(encoding="utf-8").splitlines()]
    fields = ("text", "success_criteria", "provision", "responsible", "due")
    scores = [(row["label"], judge(Target(**{f: row[f] for f in fields}), row["meeting_date"]).score) for row in rows]
    strong, weak = ([s for label, s in scores if label == wanted] for wanted in ("strong", "weak"))
    won = sum((a > b) + 0.5 * (a == b) for a in strong for b in weak)
    assert won / (len(strong) * len(weak)) >= 0.95


@pytest.mark.parametrize("name", ["voice", "pp_plus"])
def test_grades_agree_on_the_open_set(name):
    rows = [json.loads(line) for line in (JUDGEMENTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    apart = 0
    for row in rows:
        record = (
            {"voice": row["entries"]}
            if name == "voice"
            else {"targets": [{"text": t} for t in row["targets"]], "pp_plus": row["lines"]}
        )
        apart += abs(grade(name, record).rank - Grade(row["label"]).rank)
    assert apart <= len(rows) * 0.2
