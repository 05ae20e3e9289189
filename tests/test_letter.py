"""The feedback letter: right child, nothing private, nothing invented, and plain to read."""

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import extraction_of, truth_files
from made_letters import render
from reading_age import age, own_sentences
from vsdocs import rubric
from vsdocs.errors import ExitCode, VsdocsError
from vsdocs.judgement import (
    AreaGrade,
    ChildShown,
    Facet,
    Finding,
    Flag,
    Grade,
    Judgement,
    Met,
    Quote,
    RubricShown,
    TargetJudgement,
)
from vsdocs.record import Extraction, PepRecord

TODAY = date(2026, 10, 5)
AREAS = ("targets", "voice", "pp_plus", "sdq", "rest")

RECORD: dict[str, Any] = {
    "child": {
        "forename": "Tamsin",
        "surname": "Quillfeather",
        "date_of_birth": "2015-03-09",
        "upn": "H801200012345",
        "year_group": "6",
    },
    "school": {"name": "St Mary's & St John's Primary School"},
    "contacts": [
        {"role": "designated_teacher", "name": "Mrs L Trent-Davies"},
        {"role": "virtual_school_lead", "name": "Denise Pugh", "email": "d.pugh@council.example", "phone": "01632 960671"},
        {"role": "carer", "name": "Owen Ahmed", "phone": "01632 960510", "email": "owen@home.example"},
    ],
    "meeting": {"date": "2026-09-24", "next_date": "2027-01-21", "attendees": [{"name": "Owen Ahmed"}, {"name": "Tamsin"}]},
    "voice": [{"question": "What helps you?", "answer": "My wobble cushion and a quiet start to the day."}],
    "targets": [
        {"text": "Tamsin will spell 40 of the Year 4 words by half term."},
        {"text": "To improve her confidence in maths"},
    ],
    "pp_plus": [{"purpose": "One to one tuition in maths", "amount": 480}],
}  # fmt: skip


def extraction(record: dict[str, Any] = RECORD, source: str = "a.docx", form: str = "docx") -> Extraction:
    return Extraction(
        source=source, id="0a1b2c3d4e5f", format=form, sha256="0" * 64, record=PepRecord.model_validate(record)
    )


def finding(area: str, state: Met, grade: Grade, *quotes: Quote, **words: Any) -> Finding:
    named = {
        "id": f"{area}_code",
        "title": f"The title for {area}",
        "reasons": (f"The reason for {area}.",),
        "advice": (f"Do this for {area}.",),
    }
    return Finding(area=area, state=state, grade=grade, evidence=quotes, authority="001", **(named | words))


def judged(pep: Extraction, *findings: Finding, grade: Grade = Grade.AMBER, **more: Any) -> Judgement:
    child = pep.record.child
    return Judgement(
        source=pep.source,
        child=ChildShown(initials=child.initials, year_group=child.year_group),
        rubric=RubricShown(id="test", version="1"),
        grade=grade,
        areas=tuple(AreaGrade(id=a, title=a.capitalize(), grade=grade) for a in AREAS),
        rule="the line that decided",
        score=41,
        criteria=findings,
        **more,
    )


def smart(text: str, score: float, *advice: str) -> TargetJudgement:
    return TargetJudgement(
        text=text, score=score, smart=not advice, facets={"specific": Facet(met=True, score=1)}, advice=advice
    )


def paragraphs(docx: bytes) -> list[str]:
    document = Document(io.BytesIO(docx))
    edges = [p for s in document.sections for part in (s.header, s.footer) for p in part.paragraphs]
    return [p.text for p in (*document.paragraphs, *edges)]


def words(docx: bytes) -> str:
    return "\n".join(paragraphs(docx))


def changes(docx: bytes) -> list[str]:
    """The titles of the changes, in order."""
    return [p.text for p in Document(io.BytesIO(docx)).paragraphs if p.style.name == "Heading 2"]


def after(docx: bytes, heading: str) -> list[str]:
    """The paragraphs below a heading, up to the next of the same level."""
    found: list[str] = []
    inside = False
    for paragraph in Document(io.BytesIO(docx)).paragraphs:
        if paragraph.style.name in ("Heading 1", "Lead heading"):
            inside = paragraph.text.startswith(heading)
        elif inside:
            found.append(paragraph.text)
    return found


def fixtures() -> list[Extraction]:
    """The invented PEPs, read without a mistake."""
    return [extraction_of(path) for path in truth_files()]


# Who may get it, and what may never stand in it


def test_another_peps_judgement_is_refused_and_nobody_is_named() -> None:
    pep = extraction()
    other = extraction({"child": {"forename": "Rowan", "surname": "Pike", "year_group": "6"}})
    for wrong in (judged(pep).model_copy(update={"source": "b.docx"}), judged(other)):
        with pytest.raises(VsdocsError) as caught:
            render(pep, wrong, TODAY)
        assert caught.value.exit_code is ExitCode.REFUSED
        told = caught.value.message + caught.value.advice
        assert not any(name in told for name in ("Tamsin", "Quillfeather", "Rowan", "a.docx", "b.docx"))


def test_a_pep_without_a_grade_gets_no_letter() -> None:
    pep = extraction()
    with pytest.raises(VsdocsError):
        render(pep, judged(pep).model_copy(update={"grade": None}), TODAY)


def test_no_private_detail_comes_through_even_out_of_quotations() -> None:
    leak = (
        "Tamsin Quillfeather (UPN H801200012345, born 9/3/15 or 9th March 2015) lives with Owen Ahmed and Mrs P Osgood "
        "at 12 Elm Tree Close, EX4 6QQ; ring 01632 960510 or owen@home.example. TAMSIN QUILLFEATHER."
    )
    record = RECORD | {
        "targets": [{"text": leak}],
        "voice": [{"question": leak, "answer": leak}],
        "pp_plus": [{"purpose": leak}],
    }
    pep = extraction(record)
    quotes = [
        Quote(field="targets[0].text", text=leak),
        Quote(field="voice[0].answer", text=leak),
        Quote(field="pp_plus[0].purpose", text=leak),
    ]
    findings = [
        finding(area, state, Grade.AMBER, quote, reasons=(leak,), advice=(leak,))
        for area, quote in zip(AREAS, quotes, strict=False)
        for state in (Met.NOT_MET, Met.MET)
    ]
    made = render(pep, judged(pep, *findings, targets=(smart(leak, 0.2, f"Try: '{leak}'"),)), TODAY)
    everything = words(made) + "".join(
        zipfile.ZipFile(io.BytesIO(made)).read(n).decode("utf-8", "ignore")
        for n in zipfile.ZipFile(io.BytesIO(made)).namelist()
    )
    for private_word in (
        "Quillfeather",
        "QUILLFEATHER",
        "H801200012345",
        "9/3/15",
        "March 2015",
        "Ahmed",
        "Osgood",
        "Elm Tree",
        "6QQ",
        "960510",
        "owen@",
    ):
        assert private_word not in everything, private_word
    assert "Tamsin" in everything


def test_no_codes_paths_scores_or_rule_ids_reach_the_reader() -> None:
    pep = extraction()
    made = render(
        pep, judged(pep, finding("targets", Met.NOT_MET, Grade.RED, Quote(field="targets[1].text", text="x"))), TODAY
    )
    text = words(made)
    assert not any(code in text for code in ("targets_code", "targets[", "41", "not_met", "cannot_tell"))


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{_{ a }_}",
        "{_% b %_}",
        "A & B <i>c</i>",
        "</w:t></w:r></w:p>",
        "=HYPERLINK(1)",
        "😀 שלום مرحبا",
        "&amp; &#65;",
        "{#note#}",
    ],
)
def test_text_of_a_pep_prints_literally(text: str) -> None:
    record = RECORD | {
        "targets": [{"text": text}],
        "school": {"name": text},
        "child": RECORD["child"] | {"forename": text},
    }
    pep = extraction(record)
    one = finding(
        "targets", Met.NOT_MET, Grade.RED, Quote(field="targets[0].text", text=text), reasons=(text,), advice=(text,)
    )
    made = render(pep, judged(pep, one), TODAY)
    assert words(made).count(text) >= 3
    assert text in paragraphs(made)  # the school, on its own line


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=60))
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    pep = extraction(RECORD | {"targets": [{"text": text}], "voice": [{"question": text, "answer": text}]})
    quotes = (Quote(field="targets[0].text", text=text), Quote(field="voice[0].answer", text=text))
    findings = [finding("targets", Met.NOT_MET, Grade.RED, quotes[0]), finding("voice", Met.MET, Grade.GOLD, quotes[1])]
    assert len(words(render(pep, judged(pep, *findings), TODAY))) > 500


def test_control_characters_are_cleaned_away() -> None:
    pep = extraction(RECORD | {"school": {"name": "A\x07B\x0bC\u202e"}})
    assert "AB C" in paragraphs(render(pep, judged(pep), TODAY))


# What it says


def test_it_names_the_child_by_initials_and_greets_the_teacher() -> None:
    pep = extraction()
    made = render(pep, judged(pep), TODAY)
    (title,) = [p.text for p in Document(io.BytesIO(made)).paragraphs if p.style.name == "Title"]
    assert title == "PEP feedback: TQ, Year 6, reference 0a1b2c3d4e5f"
    assert {
        "Dear Mrs Trent-Davies,",
        "5 October 2026",
        "St Mary's & St John's Primary School",
        "Overall grade: Amber",
    } <= set(paragraphs(made))
    assert "ring Denise Pugh on 01632 960671" in words(made)


def test_what_is_not_known_is_a_visible_blank_and_listed_for_the_lead() -> None:
    pep = extraction({"child": {"forename": "Tamsin", "surname": "Quillfeather"}})
    made = render(pep, judged(pep, grade=Grade.RED), TODAY)
    listed = after(made, "For the virtual school lead")
    for blank in (
        "[your authority]",
        "[name of the designated teacher]",
        "[school]",
        "[date of the meeting]",
        "[year group]",
        "[telephone]",
    ):
        assert blank in listed[1]
        assert words(made).count(blank) > 1


def test_at_most_three_changes_the_costliest_first() -> None:
    pep = extraction()
    findings = [
        finding("rest", Met.NOT_MET, Grade.RED),
        finding("sdq", Met.PARTLY, Grade.RED),
        finding("pp_plus", Met.NOT_MET, Grade.GREEN),
        finding("voice", Met.NOT_MET, Grade.AMBER),
        finding("targets", Met.NOT_MET, Grade.AMBER),
        finding("targets", Met.MET, Grade.GOLD),
    ]
    made = render(pep, judged(pep, *findings), TODAY)
    assert changes(made) == ["1. The title for rest", "2. The title for sdq", "3. The title for targets"]


def test_no_area_takes_all_three_changes_while_another_waits() -> None:
    pep = extraction()
    findings = [finding("targets", Met.NOT_MET, Grade.RED, title=f"T{n}") for n in range(3)]
    made = render(pep, judged(pep, *findings, finding("rest", Met.NOT_MET, Grade.GREEN, title="R")), TODAY)
    assert changes(made) == ["1. T0", "2. T1", "3. R"]


def test_what_could_not_be_told_is_never_asked_of_the_school() -> None:
    pep = extraction()
    made = render(pep, judged(pep, finding("sdq", Met.CANNOT_TELL, Grade.RED)), TODAY)
    assert changes(made) == []
    assert any("The title for sdq" in line for line in after(made, "For the virtual school lead"))


def test_a_target_is_shown_with_a_better_wording_of_its_own() -> None:
    pep = extraction()
    quotes = [Quote(field=f"targets[{n}].text", text=t.text) for n, t in enumerate(pep.record.targets)]
    targets = (
        smart(str(pep.record.targets[0].text), 0.9),
        smart(str(pep.record.targets[1].text), 0.2, "Try: 'Tamsin will [do what] in maths by [date]'."),
    )
    made = render(pep, judged(pep, finding("targets", Met.NOT_MET, Grade.RED, *quotes), targets=targets), TODAY)
    asked = "\n".join(after(made, "What to change"))
    assert "Target 2: “To improve her confidence in maths”" in asked
    assert "Tamsin will [do what] in maths by [date]" in asked
    assert "before the next review on 21 January 2027" in asked


@pytest.mark.parametrize(
    ("review", "by"),
    [
        ("2026-11-10", "before the next review on 10 November 2026"),
        ("2026-10-05", "by 2 November 2026"),  # today
        ("2026-09-01", "by 2 November 2026"),
        ("2062-01-01", "by 2 November 2026"),  # a slip of the pen
        (None, "by 2 November 2026"),
    ],
)
def test_by_when(review: str | None, by: str) -> None:
    pep = extraction(RECORD | {"meeting": {"date": "2026-09-24", "next_date": review}})
    assert f", {by}." in words(render(pep, judged(pep, finding("rest", Met.NOT_MET, Grade.RED)), TODAY))


def test_a_strength_quotes_the_pep() -> None:
    pep = extraction()
    quote = Quote(field="voice[0].answer", text=pep.record.voice[0].answer)
    made = render(pep, judged(pep, finding("voice", Met.MET, Grade.GOLD, quote, id="voice_covers")), TODAY)
    assert after(made, "What is strong")[0] == (
        "The reason for voice. Asked “What helps you?”: “My wobble cushion and a quiet start to the day.”"
    )


def test_what_a_change_asks_for_is_not_praised_as_well() -> None:
    pep = extraction()
    quote = Quote(field="targets[1].text", text=pep.record.targets[1].text)
    findings = [
        finding("targets", Met.MET, Grade.GOLD, quote, id="targets_workable"),
        finding("targets", Met.NOT_MET, Grade.AMBER, quote, id="targets_measurable"),
    ]
    made = render(pep, judged(pep, *findings), TODAY)
    assert "To improve her confidence in maths" in "\n".join(after(made, "What to change"))
    assert "To improve her confidence in maths" not in "\n".join(after(made, "What is strong"))


def test_an_empty_plan_is_praised_for_nothing_it_does_not_hold() -> None:
    pep = extraction({"child": {"forename": "Tamsin", "surname": "Quillfeather", "year_group": "6"}})
    made = render(pep, judged(pep, grade=Grade.RED), TODAY)
    assert after(made, "What is strong") == ["The plan is with us, so we can now work on it together."]


def test_matters_for_the_school_and_matters_for_the_lead_are_kept_apart() -> None:
    pep = extraction()
    flags = (
        Flag(code="sdq_above_threshold", severity="check", message="The SDQ total is 19: due by 24 October 2026."),
        Flag(code="identity_unsure", severity="urgent", message="It is not certain whose PEP this is."),
        Flag(code="ofsted_below_good", severity="note", message="The school is judged below good."),
    )
    made = render(pep, judged(pep, flags=flags), TODAY)
    (matter,) = after(made, "Matters that need action")
    assert matter.startswith("The SDQ total is 19: due by 24 October 2026.")
    assert {"Check: It is not certain whose PEP this is.", "Check: The school is judged below good."} <= set(
        after(made, "For the virtual school lead")
    )


# What it is as a Word file


def test_the_same_pep_gives_the_same_bytes() -> None:
    pep = extraction()
    assert render(pep, judged(pep), TODAY) == render(pep, judged(pep), TODAY)
    assert render(pep, judged(pep), TODAY) != render(pep, judged(pep), date(2026, 10, 6))


def test_it_is_an_honest_word_file() -> None:
    pep = extraction()
    made = render(pep, judged(pep, finding("rest", Met.NOT_MET, Grade.RED)), TODAY)
    document = Document(io.BytesIO(made))
    core = document.core_properties
    assert (core.author, core.last_modified_by, core.language, core.identifier) == (
        "Virtual School",
        "Virtual School",
        "en-GB",
        pep.id,
    )
    assert core.title == "PEP feedback, reference 0a1b2c3d4e5f"
    assert core.created.date() == core.modified.date() == TODAY
    assert core.comments == ""
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert document.tables == []
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert all(later - earlier <= 1 for earlier, later in zip([0, *levels], levels, strict=False))
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"
    package = zipfile.ZipFile(io.BytesIO(made))
    assert {info.date_time[:3] for info in package.infolist()} == {(2026, 10, 5)}
    assert not [name for name in package.namelist() if "thumbnail" in name or "customXml" in name]
    assert b"python-docx" not in b"".join(package.read(name) for name in package.namelist())
    assert words(made).startswith("DRAFT")


def test_no_placeholder_survives() -> None:
    for pep in fixtures():
        assert not re.search(r"\{\{|\}\}|\{%|%\}|None|Undefined", words(render(pep, judged(pep), TODAY)))


# Plain to read


@pytest.mark.parametrize("grade", list(Grade))
def test_the_letter_reads_easily(grade: Grade) -> None:
    for pep in fixtures():
        made = render(pep, judged(pep, grade=grade), TODAY)
        assert max(len(re.findall(r"[A-Za-z']+", s)) for s in own_sentences(made)) < 25
        assert age(own_sentences(made)) <= 14


# On the 24 invented PEPs, with the default rubric


def test_a_real_letter_is_one_childs_own(true_pep: Extraction) -> None:
    made = render(true_pep, rubric.score(true_pep, rubric.load("dorset-2025-26"), TODAY), TODAY)
    text = words(made)
    child = true_pep.record.child
    assert f"{child.forename}'s Personal Education Plan" in text
    assert child.surname not in text
    assert not any(secret in text for secret in (child.upn, child.date_of_birth) if secret)
    for other in fixtures():
        if other.source != true_pep.source:
            assert f"{other.record.child.forename} {other.record.child.surname}" not in text
            assert f"{other.record.child.forename}'s" not in text or other.record.child.forename == child.forename
    for carer in (c for c in true_pep.record.contacts if c.role == "carer"):
        assert not any(part and part in text for part in (carer.name, carer.email, carer.phone))


def test_a_real_letter_praises_asks_and_says_by_when(true_pep: Extraction) -> None:
    judgement = rubric.score(true_pep, rubric.load("dorset-2025-26"), TODAY)
    made = render(true_pep, judgement, TODAY)
    assert 1 <= len(after(made, "What is strong")) <= 3
    asked = changes(made)
    assert len(asked) <= 3
    assert asked or judgement.grade is Grade.GOLD
    assert sum(line.startswith("Who and when: You") for line in after(made, "What to change")) == len(asked)
    assert len(re.findall(r"\w+", words(made))) < 900  # two pages
    assert age(own_sentences(made)) <= 14
    assert not any(f.id in words(made) for f in judgement.criteria)


def test_no_letter_could_be_swapped_with_anothers() -> None:
    bodies = set()
    peps = fixtures()
    for pep in peps:
        bare = render(pep, rubric.score(pep, rubric.load("dorset-2025-26"), TODAY), TODAY)
        own = [re.sub(pep.record.child.forename or "", "[forename]", line) for line in after(bare, "What to change")]
        bodies.add("\n".join(own + after(bare, "What is strong")))
    assert len(bodies) == len(peps)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Views", "Tamsin says she likes school and that she feels well supported by staff."),
        ("Carer's views", "I think my girl is proud of the garden that she made with us."),
    ],
)
def test_an_adults_words_in_the_childs_box_are_not_quoted_as_the_childs(question: str, answer: str) -> None:
    pep = extraction(RECORD | {"voice": [{"question": question, "answer": answer}]})
    quote = Quote(field="voice[0].answer", text=answer)
    met = finding(
        "voice", Met.MET, Grade.GOLD, quote, id="voice_present", reasons=(f"A real voice can be heard: ‘{answer}’.",)
    )
    covers = finding("voice", Met.MET, Grade.GOLD, quote, id="voice_covers", reasons=("We hear what they like.",))
    for findings in ((met,), (covers,), ()):
        text = words(render(pep, judged(pep, *findings), TODAY))
        assert answer[:20] not in text
        assert "own words are in the plan" not in text
    own = extraction(RECORD | {"voice": [{"question": "What helps?", "answer": "My wobble cushion helps me a lot."}]})
    assert "own words are in the plan" in words(render(own, judged(own), TODAY))
