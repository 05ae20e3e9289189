"""What the readings of a child's voice, of Pupil Premium Plus and of the golden thread must hold, in any school's words."""

import json
from pathlib import Path

import pytest

from vsdocs import rubric
from vsdocs.criteria import EXAMPLE_DAY
from vsdocs.judgement import Grade
from vsdocs.language.pp_plus import Impact, read_pp_plus
from vsdocs.language.spent import When, when
from vsdocs.language.thread import Link, golden_thread
from vsdocs.language.voice import Whose, read_voice
from vsdocs.record import PepRecord
from vsdocs.settings import DEFAULT_RUBRIC

JUDGEMENTS = Path(__file__).parents[1] / "accuracy" / "open" / "judgements"


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


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "What did you ask us for?",
            "To leave two minutes early. I've got a pass now and nobody's elbowed me since half-term.",
        ),
        ("What you asked for last time", "The afternoon group. Did that in November."),
        ("What grown-ups did", "He now comes in last and sits by the door."),
        ("Result", "Dropped RE on 22 September, in the study room instead."),
        ("What she hopes for", "Picked the sea from a page of places. Day at the coast booked for 14 May."),
    ],
)
def test_what_was_asked_for_and_came_is_something_done(question, answer):
    assert grade("voice", {"voice": [LIKES, HARD, HOPES, {"question": question, "answer": answer}]}) is Grade.GOLD


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("School comment", "We will bear this in mind during transition."),
        ("Worst thing", "They moved me down in English so now I sit at the back."),
        ("What did you ask for?", "A locker. Nothing yet."),
        ("Outcome", "Awaiting reply from social care."),
    ],
)
def test_a_promise_or_an_unwelcome_change_is_nothing_done(question, answer):
    assert grade("voice", {"voice": [LIKES, HARD, HOPES, {"question": question, "answer": answer}]}) is Grade.GREEN


@pytest.mark.parametrize(
    "answer",
    [
        "Not given.",
        "Unknown.",
        "See the health care plan, kept in the class file.",
        "Completed at last review - please see previous PEP document.",
        "Aged 18 months so too young to give a view.",
        "Predicted a 4 in maths. Sixth form would be suitable, subject to grades.",
        "Her foster carer would like more homework to be set and feels that school could communicate better.",
        "Would not come to the meeting and walked off when asked. Logged.",
    ],
)
def test_adults_words_in_the_childs_box_are_no_voice(answer):
    assert grade("voice", {"voice": [{"question": "The child's views", "answer": answer}]}) is Grade.RED


def test_sentences_that_any_child_could_be_given_are_thin():
    stock = "I enjoy learning new things and working with my friends. I will try my best, ask for help and follow the school values."
    assert grade("voice", {"voice": [{"question": "My views", "answer": stock}]}) is Grade.AMBER


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


@pytest.mark.parametrize(
    ("purpose", "payer"),
    [
        ("Travel training with a buddy, 6 trips", ""),
        ("Taxi to the Saturday theatre audition", ""),
        ("Taxi each day from the new placement", "transport"),
        ("Petrol for the carer's run to school", "transport"),
        ("Football coach, 6 sessions at £20", ""),
        ("Trainers for school", "carer"),
        ("Refurbished laptop and case", ""),
        ("Toilet refurbishment", "school"),
        ("Swimming lessons in the summer holiday", ""),
        ("Re-sit fee for GCSE English", "school"),
        ("Ballet exam fee, grade 2", ""),
        ("Bean bag for the after-lunch settle", ""),
        ("School lunches for the half-term", "carer"),
        ("Signing practice at home, none of it in Section F", ""),
        ("Extra therapy hours over and above what the EHCP sets out", ""),
        ("Physiotherapy that Section F says must be provided", "ehcp"),
        ("Report for the EHC needs assessment", "ehcp"),
        ("Sound panels used by all 190 pupils", "school"),
        ("Textbooks given to every student", "school"),
    ],
)
def test_who_pays_is_told_by_what_the_thing_is(purpose, payer):
    record = PepRecord.model_validate({"pp_plus": [{"purpose": purpose, "amount": 50}]})
    assert read_pp_plus(record).lines[0].payer == payer


@pytest.mark.parametrize(
    "purpose",
    [
        "No spend planned, she has all that she needs",
        "Awaiting the panel's decision",
        "N/A",
        "To be agreed",
        "Nothing has been requested",
    ],
)
def test_an_entry_that_there_is_nothing_is_no_line(purpose):
    assert not read_pp_plus(PepRecord.model_validate({"pp_plus": [{"purpose": purpose, "amount": 0}]})).lines
    assert read_pp_plus(PepRecord.model_validate({"pp_plus": [{"purpose": purpose, "amount": 40}]})).lines


@pytest.mark.parametrize(
    ("target", "purpose"),
    [
        ("Topic test 7C: 30 of 40", "Ten hours' tutor on ratio (7C)"),
        ("14 marks on Paper 2 Question 4", "Tutor, 5 x £30, Q4"),
        ("Sits through assembly", "T1: ear defenders"),
        ("Cuts out a star", "Spring scissors and cutting trays"),
        ("Says five words with the talker", "Symbol cards and signing lessons"),
    ],
)
def test_a_line_is_tied_to_its_target_by_number_code_or_kin(target, purpose):
    record = PepRecord.model_validate({"targets": [{"text": target}], "pp_plus": [{"purpose": purpose, "amount": 9}]})
    assert read_pp_plus(record).lines[0].target == 0


def test_a_time_or_a_year_group_ties_nothing():
    targets = [{"text": "Walks to 8 of 10 lessons"}, {"text": "Ties his laces"}]
    lines = [{"purpose": "Year 10 workshop materials"}, {"purpose": "Mentor, 10 minutes daily"}]
    record = PepRecord.model_validate({"targets": targets, "pp_plus": lines})
    assert [line.target for line in read_pp_plus(record).lines] == [None, None]


def test_with_one_target_help_can_only_be_for_that_and_a_treat_is_not():
    lines = [{"purpose": "Art therapy, 12 x £40"}, {"purpose": "Horse riding, 8 lessons"}]
    record = PepRecord.model_validate({"targets": [{"text": "Ties his laces"}], "pp_plus": lines})
    assert [line.target for line in read_pp_plus(record).lines] == [0, None]


def test_money_beside_the_targets_serves_what_the_plan_records():
    plan = {
        "targets": [READING],
        "pp_plus": [{"purpose": "Climbing wall membership", "amount": 96, "impact": "Level 2 passed"}],
    }
    assert grade("pp_plus", plan) is Grade.AMBER
    assert grade("pp_plus", {**plan, "aspirations": "I want to climb mountains"}) is Grade.GOLD


def test_most_of_the_money_decides():
    tutor = {"purpose": "Reading tutor, 12 x £22", "amount": 264, "impact": "7:4 to 7:10 at week 6"}
    assert (
        grade(
            "pp_plus",
            {"targets": [READING], "pp_plus": [tutor, {"purpose": "Choir deposit", "amount": 60, "impact": None}]},
        )
        is Grade.GOLD
    )
    assert (
        grade(
            "pp_plus",
            {"targets": [READING], "pp_plus": [tutor, {"purpose": "Choir deposit", "amount": 260, "impact": None}]},
        )
        is Grade.GREEN
    )


def test_what_anybody_could_have_seen_is_an_effect_and_a_date_is_none():
    words = (
        "Passed unit 1",
        "D to C in one term",
        "Plays every Saturday",
        "Homework in on time",
        "Starts 3 November",
        "Enjoys it",
    )
    lines = [{"purpose": "Tutor", "amount": 1, "impact": text} for text in words]
    told = [line.told for line in read_pp_plus(PepRecord.model_validate({"pp_plus": lines})).lines]
    assert told == [True, True, True, True, False, False]


@pytest.mark.parametrize(
    ("purpose", "effect", "wanted"),
    [
        ("Laptop", "Used every day", When.SPENT),
        ("Tutor", "3 of 10, then 5; aim 6", When.SPENT),
        ("Check-ins", "Too early to say", When.SPENT),
        ("Tutor", "Increased confidence", When.SPENT),
        ("Nessy licence", "Should help her to feel better about spelling", When.AHEAD),
        ("Tuition top-up", "To boost outcomes", When.AHEAD),
        ("Reading tutor", "Expected: standard score 88 in June", When.AHEAD),
        ("Request for a laptop", "", When.AHEAD),
        ("Mentor", "", When.UNSURE),
        ("Mentor", "Will be reviewed at the next PEP", When.UNSURE),
        ("Trip, paid for in May", "n/a", When.SPENT),
    ],
)
def test_money_that_is_spent_is_told_from_money_that_is_wished_for(purpose: str, effect: str, wanted: When):
    assert when(purpose, effect) is wanted


# --- the golden thread


def test_a_whole_thread_names_the_words_of_each_link():
    record = PepRecord.model_validate(
        {
            "needs": "Loses his place when he reads",
            "voice": [{"question": "What is hard?", "answer": "Phonics, the letters jump about"}],
            "targets": [{**READING, "provision": "Paired reading with Mrs Ellery"}],
            "pp_plus": [{"purpose": "Reading tutor, 12 x £22", "amount": 264, "impact": "7:4 to 7:10"}],
        }
    )
    (thread,) = golden_thread(record)
    assert thread.broken == ()
    assert (thread.need.field, thread.need.words) == ("needs", "reads")
    assert (thread.voice.field, thread.voice.words) == ("voice[0].answer", "phonics")
    assert thread.provision == Link("targets[0].provision", "Paired reading with Mrs Ellery")
    assert (thread.pp_plus.field, thread.impact.words) == ("pp_plus[0].purpose", "7:4 to 7:10")


def test_a_broken_thread_names_what_is_missing():
    record = PepRecord.model_validate(
        {
            "targets": [READING, {"text": "Ties his laces", "cost": 12}],
            "voice": [{"question": "Views", "answer": "N/A"}],
        }
    )
    reading, laces = golden_thread(record)
    assert reading.broken == ("need", "voice", "provision", "pp_plus", "impact")
    assert laces.pp_plus == Link("targets[1].cost", "£12")
    assert golden_thread(PepRecord()) == ()


@pytest.mark.parametrize(
    ("need", "said", "spent"),
    [
        ("Loses his way when he moves about", "I like the story box.", "Story sacks to go home, carers help him move"),
        ("Personal development", "I want to move set.", "Move to another table"),
        ("Speech and language", "Miss Tate makes it fun.", "Language software"),
    ],
)
def test_one_stray_word_is_no_thread_and_nobody_is_told_that_it_is_broken(need: str, said: str, spent: str):
    record = PepRecord.model_validate(
        {
            "needs": need,
            "voice": [{"question": "What do you like?", "answer": said}],
            "targets": [{"text": "Move up to set 2 with one page of story language by July"}],
            "pp_plus": [{"purpose": spent, "amount": 12, "impact": "From set 4 to set 3"}],
        }
    )
    (thread,) = golden_thread(record)
    assert thread.pp_plus is None
    assert thread.impact is None
    assert "pp_plus" not in thread.broken
    for name in ("need", "voice"):
        assert getattr(thread, name) is None
    named = record.model_copy(update={"pp_plus": (record.pp_plus[0].model_copy(update={"target": 0}),)})
    assert golden_thread(named)[0].pp_plus.field == "pp_plus[0].purpose"  # the form itself says so


# --- the open labelled set


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
