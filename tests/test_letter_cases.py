"""What a feedback letter makes of the case around a PEP: who writes, where the school is, what a person gave, what was asked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from made_letters import OURS, TODAY, accepted
from test_letter import RECORD, after, changes, extraction, finding, fixtures, judged, words
from vsdocs import rubric
from vsdocs.errors import PackError, RefusedError
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.judgement import Grade, Judgement, Met, Quote
from vsdocs.record import Extraction
from vsdocs.settings import Look, Settings

RULES = rubric.load("dorset-2025-26")


def case(record: dict[str, Any] | None = None, *findings: Any, grade: Grade = Grade.AMBER, **more: Any) -> Case:
    pep = extraction(RECORD | (record or {}))
    return Case(pep, TODAY, OURS, judged(pep, *findings, grade=grade), **more)


def text_of(made: Case, **options: Any) -> str:
    return words(feedback.render(made, **options).docx)


def with_year(year: str, **school: str) -> dict[str, Any]:
    return {"child": RECORD["child"] | {"year_group": year}, "school": RECORD["school"] | school}


# Who writes, and to whom


def test_the_authority_comes_from_the_settings_and_stands_for_a_lead_who_is_not_known() -> None:
    made = feedback.render(case({"contacts": RECORD["contacts"][:1]}))
    text = words(made.docx)
    assert "Brightwater Council" in text
    assert "County Hall, Brightwater BR1 1AA" in text
    assert "on 01632 960000, or write to virtualschool@brightwater.example" in text
    assert made.gaps == ("[name of the virtual school lead]",)


def test_what_is_written_says_about_whom_and_to_whom_it_is_and_its_subject_names_nobody() -> None:
    teacher = {"role": "designated_teacher", "name": "Mrs L Trent-Davies", "email": "l.td@stmarys.example"}
    made = feedback.render(case({"contacts": [teacher]}))
    assert (made.name, made.subject) == ("0a1b2c3d4e5f-feedback", "PEP feedback, reference 0a1b2c3d4e5f")
    assert [pep.id for pep in made.about] == ["0a1b2c3d4e5f"]
    assert made.recipient is not None
    assert (made.recipient.name, made.recipient.email) == ("Mrs L Trent-Davies", "l.td@stmarys.example")


@pytest.mark.parametrize(
    "address", ["a@x.example, b@y.example", "a@x.example\nb@y.example", "Jo <jo@x.example>", "jo", ""]
)
def test_what_is_not_one_address_is_no_recipient(address: str) -> None:
    teacher = {"role": "designated_teacher", "name": "Jo", "email": address}
    made = feedback.render(case({"contacts": [teacher]}))
    assert made.recipient is not None
    assert made.recipient.email is None


def test_practice_is_marked_on_every_page_and_goes_to_nobody_else() -> None:
    made = feedback.render(case(practice=True))
    assert "PRACTICE" in words(made.docx).splitlines()[-2]  # the header
    assert "Dear A N Other," in words(made.docx)
    assert not any(
        str(c.name) in words(made.docx) for c in case().pep.record.contacts if c.role == "designated_teacher"
    )
    assert "A N Other" not in text_of(case())
    assert made.recipient is not None
    assert (made.recipient.name, made.recipient.email) == (None, "me@brightwater.example")
    assert feedback.render(replace(case(practice=True), settings=Settings())).recipient is None
    assert "PRACTICE" not in text_of(case())


def test_a_final_letter_needs_a_persons_grade_and_keeps_the_leads_list_to_itself() -> None:
    one = case(None, finding("rest", Met.NOT_MET, Grade.AMBER))
    with pytest.raises(RefusedError, match="Nobody has graded"):
        feedback.render(one, final=True)
    assert one.judgement is not None
    given = replace(one, moderation=accepted(one.pep, one.judgement, reason="Rushed, but sound"))
    text = text_of(given, final=True)
    assert "DRAFT" not in text
    assert "For the virtual school lead" not in text
    assert "Rushed" not in text
    assert "A Whitcombe" not in text
    assert any("Rushed, but sound" in line for line in feedback.checks(given))
    assert any(
        "Rushed, but sound" in line for line in after(feedback.render(given).docx, "For the virtual school lead")
    )


# Variants


@pytest.mark.parametrize(
    ("record", "told", "not_told"),
    [
        (with_year("N"), "learned in play", "college"),
        (with_year("R"), "key person", "college"),
        (with_year("12"), "college or sixth form", "play"),
        (with_year("6", dfe_number="999/1234"), "learns outside our area", "college"),
        (with_year("13", dfe_number="9991234"), "learns outside our area", "key person"),
        (with_year("6", dfe_number="838/1234"), "what to change and by when", "outside our area"),
        (with_year("6", dfe_number="1234"), "what to change and by when", "outside our area"),
    ],
)
def test_variants_by_age_and_area(record: dict[str, Any], told: str, not_told: str) -> None:
    text = text_of(case(record, finding("targets", Met.NOT_MET, Grade.RED)))
    assert told in text
    assert not_told not in text


def test_both_variants_of_a_sixth_former_elsewhere_are_there() -> None:
    text = text_of(case(with_year("12", dfe_number="999/1234")))
    assert "outside our area" in text
    assert "after this course" in text


def test_an_authority_without_a_number_has_no_area() -> None:
    assert "outside our area" not in text_of(replace(case(with_year("6", dfe_number="999/1234")), settings=Settings()))


def test_a_slip_in_a_variant_is_told_with_its_line(tmp_path: Path) -> None:
    shipped = feedback.default_template()
    path = tmp_path / "feedback.docx"
    path.write_bytes(shipped.read_bytes())
    sentences = shipped.with_suffix(".yaml").read_text(encoding="utf-8")
    for wrong, told in (
        (sentences.replace('"You, with the key person"', '"You, with the {key_person}"', 1), "'key_person'"),
        (sentences.replace("  out_of_area:\n", "  out_of_aera:\n", 1), "did you mean 'out_of_area'"),
        (sentences.replace("  post_16:\n    thanks", "  post_16:\n    thankss", 1), "did you mean 'thanks'"),
    ):
        path.with_suffix(".yaml").write_text(wrong, encoding="utf-8")
        with pytest.raises(PackError) as caught:
            feedback.check_template(path)
        changed = next(
            n for n, (a, b) in enumerate(zip(sentences.splitlines(), wrong.splitlines(), strict=True), 1) if a != b
        )
        assert f"feedback.yaml:{changed}:" in caught.value.message or "key_person" in told
        assert told.strip("'") in caught.value.message


# What a person gave


def test_a_red_plan_comes_back_within_twenty_working_days_however_far_the_review_is() -> None:
    far = {"meeting": {"date": "2026-11-10", "next_date": "2027-03-20"}}
    unmet = finding("rest", Met.NOT_MET, Grade.RED)
    red = text_of(case(far, unmet, grade=Grade.RED))
    assert "Please send us the plan again by 18 December 2026." in red
    assert "You, by 18 December 2026." in red
    assert "20 March" not in "\n".join(line for line in red.splitlines() if line.startswith("Who and when"))
    assert "before the next review on 20 March 2027" in text_of(case(far, unmet, grade=Grade.AMBER))


def graded(one: Case, grade: Grade, **given: Any) -> Case:
    assert one.judgement is not None
    return replace(one, moderation=accepted(one.pep, one.judgement, grade, **given))


def test_areas_that_the_person_did_not_grade_have_no_grade_in_the_letter() -> None:
    one = case(grade=Grade.RED)
    text = text_of(graded(one, Grade.GOLD, areas={}), final=True)
    assert "Overall grade: Gold" in text
    assert "Red" not in text
    assert "did not grade its parts one by one" in text
    some = text_of(graded(one, Grade.GOLD, areas={"voice": Grade.GREEN}), final=True)
    assert "These parts we also graded one by one: Voice: Green." in some
    assert "Red" not in some
    every = text_of(graded(one, Grade.RED), final=True)
    assert "Part by part: Targets: Red; Voice: Red" in every


def test_a_plan_that_a_person_graded_down_is_never_told_that_nothing_has_to_change() -> None:
    one = case(grade=Grade.GOLD)
    made = feedback.render(graded(one, Grade.RED, areas={}), final=True)
    assert "no changes" not in words(made.docx)
    assert "[what to change, in your words]" in made.gaps
    assert "[what to change, in your words]" in "\n".join(after(made.docx, "For the virtual school lead"))


def test_what_a_person_misses_is_asked_for_first_and_what_they_found_is_not_told_as_their_opinion() -> None:
    quote = Quote(field="voice[0].answer", text=RECORD["voice"][0]["answer"])
    one = case(
        None,
        finding("rest", Met.NOT_MET, Grade.AMBER, id="next_meeting_set", title="Next meeting set"),
        finding("sdq", Met.MET, Grade.GOLD, id="sdq_present", title="SDQ score in the PEP"),
        finding("voice", Met.NOT_MET, Grade.RED, quote, id="voice_covers", title="The voice"),
    )
    also = {"criteria": {"sdq_present": Met.NOT_MET, "voice_covers": Met.MET}}
    docx = feedback.render(graded(one, Grade.AMBER, also=also), final=True).docx
    assert changes(docx) == ["1. SDQ score in the PEP", "2. Next meeting set"]
    assert "sees this otherwise" not in words(docx)
    assert after(docx, "What is strong")[0].startswith("We found this when we read the plan.")


# What was asked last time


def test_what_the_last_feedback_asked_is_told_with_what_became_of_it() -> None:
    asked = {
        "qa_feedback": "Amber. Please put a number in each target. Please add the SDQ score.",
        "previous_targets": [
            {"text": "Tamsin will read 20 pages a week", "outcome": "met"},
            {"text": "x", "outcome": "not_met"},
            {"text": "y"},
        ],
    }
    one = case(
        asked,
        finding("targets", Met.MET, Grade.GOLD, id="targets_measurable"),
        finding("sdq", Met.NOT_MET, Grade.RED, id="sdq_present"),
    )
    lines = after(feedback.render(one).docx, "Since the last plan")
    assert lines[0] == "We asked: ‘Please put a number in each target’. It is in the plan now. Thank you."
    assert lines[1].startswith("We asked: ‘Please add the SDQ score’. We do not see it in the plan yet")
    assert lines[2].startswith("Targets of the last plan: 1 met, 1 not met yet.")
    assert "“Tamsin will read 20 pages a week”" in lines[2]


def test_what_our_own_last_letter_asked_comes_first_and_what_cannot_be_told_is_left_out() -> None:
    unmet = [
        finding("targets", Met.NOT_MET, Grade.RED, id="targets_measurable", title="A measure for each target"),
        finding("sdq", Met.PARTLY, Grade.AMBER, id="sdq_present", title="SDQ score in the PEP"),
        finding("rest", Met.NOT_MET, Grade.GREEN, id="next_meeting_set", title="Next meeting set"),
    ]
    one = case(
        {"qa_feedback": "Please put a number in each target."},
        finding("targets", Met.PARTLY, Grade.AMBER, id="targets_measurable", title="A measure for each target"),
        finding("sdq", Met.CANNOT_TELL, Grade.RED, id="sdq_present"),
        finding("rest", Met.MET, Grade.GOLD, id="next_meeting_set"),
    )
    earlier = judged(one.pep, *unmet)
    lines = after(feedback.render(replace(one, earlier=earlier)).docx, "Since the last plan")
    assert [line.split("’.")[0] for line in lines] == [
        "We asked for this: ‘A measure for each target",
        "We asked for this: ‘Next meeting set",
    ]
    assert "Part of it is in the plan now" in lines[0]


def test_without_anything_asked_there_is_no_such_part() -> None:
    assert "Since the last plan" not in text_of(case())


# On the invented PEPs


@pytest.mark.parametrize("pep", fixtures(), ids=lambda pep: pep.source[:14])
def test_a_final_letter_never_speaks_against_itself(pep: Extraction) -> None:
    judgement: Judgement = rubric.score(pep, RULES, TODAY)
    for grade in Grade:
        one = Case(pep, TODAY, OURS, judgement, accepted(pep, judgement, grade, areas={}))
        made = feedback.render(one, final=True)
        text = words(made.docx)
        assert f"Overall grade: {grade.value.title()}" in text
        others = [other.value.title() for other in Grade if other is not grade]
        ours = "\n".join(line for line in text.splitlines() if "“" not in line and "‘" not in line)
        assert not any(f": {other};" in ours or f": {other}." in ours for other in others)
        if grade in (Grade.RED, Grade.AMBER):
            assert changes(made.docx) or made.gaps


def test_what_is_said_to_be_missing_is_neither_praised_nor_followed() -> None:
    quote = Quote(field="voice[0].answer", text=RECORD["voice"][0]["answer"])
    target = {"text": "Tamsin will spell 40 words by May", "cost": 40.0, "provision": "Spelling group"}
    one = case(
        {"targets": [target], "pp_plus": []},
        finding("voice", Met.NOT_MET, Grade.RED, id="voice_present"),
        finding("voice", Met.MET, Grade.GOLD, quote, id="voice_own_words"),
        finding("pp_plus", Met.NOT_MET, Grade.RED, id="pp_plus_recorded"),
    )
    docx = feedback.render(one).docx
    assert "The reason for voice. " not in "\n".join(after(docx, "What is strong"))
    assert "Pupil Premium Plus" not in "\n".join(after(docx, "The golden thread"))
    assert "Tamsin's views" not in after(docx, "The golden thread")[0].split(". We lose")[0]


def test_a_link_that_a_change_misses_is_not_followed_and_a_doubted_success_is_not_praised() -> None:
    target = {"text": "Tamsin will spell 40 words by May", "provision": "Spelling group twice a week"}
    last = {"text": "Tamsin will come in every day", "outcome": "met"}
    quote = Quote(field="targets[0].text", text=target["text"])
    reasons = ("‘Tamsin will come in every day’ is marked as met, but the PEP records 80%.",)
    heard = {"voice": [{"question": "What helps?", "answer": "Spelling words with my friend."}], "targets": [target]}
    unmet = finding("targets", Met.NOT_MET, Grade.RED, quote, id="targets_provided_for")
    doubt = finding("rest", Met.NOT_MET, Grade.GREEN, id="outcomes_fit_the_figures", reasons=reasons)
    docx = feedback.render(case({**heard, "previous_targets": [last]}, unmet, doubt)).docx
    thread = "\n".join(after(docx, "The golden thread"))
    assert "provision" not in thread.split("We lose")[0]
    assert after(docx, "Since the last plan") == ["Targets of the last plan: 1 met."]


def test_a_council_may_change_the_sentences_alone(tmp_path: Path) -> None:
    sentences = feedback.default_template().with_suffix(".yaml").read_text(encoding="utf-8")
    own = sentences.replace("Amber means that much", "Amber tells us that much")
    (tmp_path / "feedback.yaml").write_text(own, encoding="utf-8")
    ours = OURS.model_copy(update={"look": Look(templates=tmp_path)})
    feedback.check_template(settings=ours)
    assert "Amber tells us that much" in text_of(replace(case(), settings=ours))
