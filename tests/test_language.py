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

from vsdocs.criteria import EXAMPLE_DAY, all_criteria
from vsdocs.language.learned import Opinion
from vsdocs.language.links import shared
from vsdocs.language.numbers import value
from vsdocs.language.smart import judge
from vsdocs.language.times import moments
from vsdocs.record import Target

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


#: What the rules alone say: words weigh nothing.
NEUTRAL = {o: Opinion(0.0) for o in ("specific", "measurable", "relevant", "time_bound", "within_reach", "start_shown")}
#: Turns that the rules see and the words drown out: the judge is wrong here, and knows no better yet.
DROWNED = ("Read 60 words a minute; 45", "Ama will", "Pass the paper", "Zara has")


def taught(*texts):
    """The judge with the rules alone and as it is, the latter marked where it is known to be wrong."""
    wrong = pytest.mark.xfail(reason="the words drown out the rule", strict=False)
    known = [wrong] if texts[0].startswith(DROWNED) else []
    return [
        pytest.param(NEUTRAL, *texts, id=f"rules: {texts[0][:30]}"),
        pytest.param(None, *texts, id=texts[0][:30], marks=known),
    ]


@pytest.mark.parametrize(("words", "text", "criteria", "due", "wanted"), [p for t in TARGETS for p in taught(*t)])
def test_a_target_is_judged_by_its_meaning(words, text, criteria, due, wanted):
    found = judge(Target(text=text, success_criteria=criteria, due=due), MEETING, taught=words).facets
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


@pytest.mark.parametrize(("words", "met", "not_met", "facet"), [p for f, m, n in PAIRS for p in taught(m, n, f)])
def test_one_turn_of_the_meaning_turns_the_facet(words, met, not_met, facet):
    assert judge(Target(text=met), MEETING, taught=words).facets[facet].met is True
    assert judge(Target(text=not_met), MEETING, taught=words).facets[facet].met is not True


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
@settings(max_examples=60)
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
    code = "import sys, vsdocs.language.smart; sys.exit(any(name in sys.modules for name in ('spacy', 'simplemma', 'holidays')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_links_are_carried_by_kin_and_not_by_common_words():
    assert shared("Phonics is hard", "Daily reading with a tutor") == "reading"
    assert shared("In class by 8.50 each day", "The same chances as everyone in his class") == ""


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
