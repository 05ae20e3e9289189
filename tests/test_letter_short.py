"""The other letters: each is data, none is written where it makes no sense, and all are short and plain."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import made_sweeps
from made_letters import OURS, TODAY, accepted, late_of
from made_sweeps import HOSTILE
from reading_age import age, all_sentences, own_sentences, paragraphs
from test_letter import RECORD, extraction, finding, fixtures, judged, words
from vsdocs import rubric
from vsdocs.dates import parse_iso
from vsdocs.errors import PackError, RefusedError, UsageError
from vsdocs.generate.case import Case
from vsdocs.generate.letters import kinds, short
from vsdocs.generate.letters.recipient import recipient_of
from vsdocs.generate.overview import overview
from vsdocs.generate.plain import one_line
from vsdocs.generate.written import Recipient
from vsdocs.judgement import Flag, Grade, Met, Quote
from vsdocs.record import Extraction
from vsdocs.settings import Look, Settings

RULES = rubric.load("dorset-2025-26")
THURSDAY = date(2026, 11, 19)
SDQ = Flag(code="sdq_above_threshold", severity="check", message="The SDQ total is 19.")
#: every letter about one child, with its levels
LETTERS = [
    *(("sdq_request", ""), ("suspension", ""), ("recognition", "")),
    *(("overdue", level) for level in "12"),
    *(("escalation", level) for level in "12345"),
]
#: what is blank even where the PEP tells all: nobody here knows which letters went out before
EARLIER = {
    ("escalation", "1"): ("[date of our first reminder]", "[date of our second reminder]"),
    **{("escalation", str(n)): (f"[date of the letter of level {n - 1}]",) for n in (2, 3, 4)},
    ("escalation", "5"): tuple(f"[date of the letter of level {n}]" for n in (1, 2, 3, 4)),
}
MIDDLE = [("escalation", level) for level in "234"]


def case(record: dict[str, Any] | None = None, grade: Grade = Grade.GOLD, *flags: Flag, **more: Any) -> Case:
    met = {
        "meeting": {"date": "2026-03-31", "next_date": "2026-09-24"},
        "sdq": {"total": 19, "completed_by": "Foster carer"},
    }
    pep = extraction(RECORD | met | (record or {}))
    quote = Quote(field="voice[0].answer", text=pep.record.voice[0].answer if pep.record.voice else None)
    judgement = judged(
        pep, finding("voice", Met.MET, Grade.GOLD, quote, id="voice_covers"), grade=grade, flags=flags or (SDQ,)
    )
    made = Case(pep, TODAY, OURS, judgement, accepted(pep, judgement), since=THURSDAY, late=late_of(pep))
    return replace(made, **more)


def text_of(name: str, made: Case, level: str = "") -> str:
    return words(short.render(name, made, level=level).docx)


@pytest.mark.parametrize("name", kinds.names(OURS))
def test_the_letters_that_ship_have_no_slip(name: str) -> None:
    short.check_template(name, OURS)


@pytest.mark.parametrize(("name", "level"), LETTERS)
def test_each_letter_is_about_one_child_by_initials_and_has_no_blank_where_all_is_known(name: str, level: str) -> None:
    officer = {"role": "reviewing_officer", "name": "Pat Oyelaran"}
    made = short.render(name, case({"contacts": [*RECORD["contacts"], officer]}), level=level)
    text = words(made.docx)
    assert "TQ, Year 6" in text
    assert "Quillfeather" not in text
    assert made.gaps == EARLIER.get((name, level), ())
    if not made.gaps:
        assert "[" not in text
        assert "For the virtual school lead" not in text
    assert made.name == "-".join(filter(None, ("0a1b2c3d4e5f", name.replace("_", "-"), level)))
    assert not any(word in made.subject for word in ("Tamsin", "TQ", "Year", "Gold", "uspension", "care"))
    assert made.subject.endswith("reference 0a1b2c3d4e5f")


def test_the_sdq_request_says_the_total_and_the_day() -> None:
    text = text_of("sdq_request", case())
    assert "has a total of 19" in text
    assert "by 30 April 2026" in text  # a month after 31 March


def test_the_suspension_letter_asks_for_day_one_and_names_day_six() -> None:
    text = text_of("suspension", case())
    assert "suspended from 19 November 2026" in text
    assert "by 26 November 2026" in text  # Thursday is the first, the next Thursday the sixth
    assert "interim PEP" in text


def test_a_reminder_says_since_when_and_escalation_goes_up_to_cafcass() -> None:
    for level in "12":
        text = text_of("overdue", case(), level)
        assert "by 22 October 2026" in text  # twenty working days after 24 September
        assert "by 27 November 2026" in text  # five working days
    officers = [text_of("escalation", case(), level) for level in "12345"]
    for text, officer in zip(
        officers, ("Team Manager", "Service Manager", "Head of Locality", "Director", "Reviewing"), strict=True
    ):
        assert officer in text
        assert "St Mary's" not in text.split("Dear")[0]  # an officer's letter is not addressed to the school
    assert [("Cafcass" in text) for text in officers] == [False, False, False, True, True]
    assert all("five working days" in text for text in officers[:4])
    assert short.render("escalation", case(), level="1").recipient is None


def test_no_letter_says_that_an_earlier_one_went_out_unless_a_person_fills_in_its_day() -> None:
    reminder = short.render("overdue", case(), level="2")
    assert reminder.gaps == ()  # so that it can be mailed
    for claimed in ("wrote", "written", "not heard from you.", "second reminder"):
        assert claimed not in words(reminder.docx)
    assert "If you have sent it, or have told us why it is late" in words(reminder.docx)
    first = text_of("escalation", case(), "1")
    assert "We wrote to St Mary's & St John's Primary School on [date of our first reminder] and again on [" in first
    for level in "2345":
        text = text_of("escalation", case(), level)
        assert f"level {int(level) - 1} on [date of the letter of level {int(level) - 1}]" in text
        assert "have passed" not in text


def test_recognition_quotes_what_was_liked() -> None:
    assert "“My wobble cushion and a quiet start to the day.”" in text_of("recognition", case())


@pytest.mark.parametrize(
    ("name", "level", "made", "why"),
    [
        ("recognition", "", case(None, Grade.GREEN), "not Gold"),
        ("recognition", "", case(moderation=None), "nobody has graded"),
        (
            "sdq_request",
            "",
            case(None, Grade.GOLD, Flag(code="x", severity="note", message="x")),
            "not above the threshold",
        ),
        ("sdq_request", "", case({"meeting": {"date": "2026-03"}}), "day of the meeting is not known"),
        ("suspension", "", case(since=None), "--from"),
        ("overdue", "1", case({"meeting": {"date": "2026-09-24"}}), "no plan is overdue"),
        ("overdue", "1", case({"meeting": {"next_date": "2026-11-10"}}), "no plan is overdue"),
        ("overdue", "1", case(late=None), "its plan has come"),
        ("overdue", "1", case({"meeting": {"date": "2025-06-12", "next_date": "2025-09-24"}}), "over a year ago"),
        ("escalation", "2", case(late=None), "no plan is overdue"),
    ],
)
def test_a_letter_that_makes_no_sense_is_refused_in_words_without_a_name(
    name: str, level: str, made: Case, why: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        short.render(name, made, level=level)
    assert why in caught.value.message
    assert not any(word in caught.value.message for word in ("Tamsin", "Quillfeather", "St Mary"))


def test_what_is_not_known_is_a_visible_blank() -> None:
    made = short.render("suspension", case({"contacts": [], "school": {}}, settings=Settings()))
    text = words(made.docx)
    for blank in ("[your authority]", "[your address]", "[name of the designated teacher]", "[school]", "[telephone]"):
        assert blank in made.gaps
        assert text.count(blank) > 1  # where it stands, and in the list at the end
    assert made.recipient == Recipient(None, None, None)


def test_there_is_no_such_letter_or_level() -> None:
    with pytest.raises(UsageError, match="did you mean 'suspension'"):
        kinds.load("suspnsion", OURS)
    with pytest.raises(UsageError, match="Which PEP reminder"):
        kinds.load("overdue", OURS)
    with pytest.raises(UsageError, match="no level 6"):
        kinds.load("escalation", OURS, "6")
    for path in ("../feedback", "/etc/passwd"):
        with pytest.raises(UsageError):
            kinds.load(path, OURS)


# A council's own


def own(folder: Path, **files: str) -> Settings:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return OURS.model_copy(update={"look": Look(templates=folder)})


BIRTHDAY = """extends: common
title: A note
subject: "A note: {initials}"
paragraphs: ["{forename} met a target. Please say well done."]
asks: [{what: "Please tell {forename}.", when: "{by}"}]
needs: [{flag: happy, without: nobody is happy}]
"""


def test_a_council_adds_a_letter_by_adding_a_file(tmp_path: Path) -> None:
    settings = own(tmp_path, birthday=BIRTHDAY)
    assert "birthday" in kinds.names(settings)
    short.check_template("birthday", settings)
    happy = Flag(code="happy", severity="note", message="x")
    text = text_of("birthday", case(None, Grade.AMBER, happy, settings=settings))
    assert "Tamsin met a target." in text
    assert "Brightwater Council" in text


def test_a_slip_in_a_councils_letter_is_told_with_its_line(tmp_path: Path) -> None:
    for wrong, told in (
        (BIRTHDAY.replace("{forename} met", "{forname} met"), "note.yaml:4:"),
        (BIRTHDAY.replace("asks:", "ask:"), "did you mean 'asks'"),
        (BIRTHDAY.replace("flag: happy", "falg: happy"), "did you mean 'flag'"),
        (BIRTHDAY + "levels: {'1': {subject: '{oops}'}}\n", "note.yaml:7:"),
    ):
        with pytest.raises(PackError) as caught:
            kinds.check("note", own(tmp_path, note=wrong))
        assert told in caught.value.message


def test_a_councils_own_word_template_wins_for_its_kind(tmp_path: Path) -> None:
    shipped = OURS.template("letter.docx")
    (tmp_path / "overdue.docx").write_bytes(shipped.read_bytes())
    settings = own(tmp_path)
    assert short.template_of("overdue", settings) == tmp_path / "overdue.docx"
    assert short.template_of("suspension", settings) == shipped


# A sweep, and covers


def test_the_circular_tells_the_themes_and_no_child_and_no_school() -> None:
    sweep = made_sweeps.term()
    made = short.circular("circular", overview(sweep), "0007", Case.of_nobody("0007", OURS, TODAY))
    text = words(made.docx)
    assert made.about == ()
    assert made.name == "circular-0007"
    assert "not all there yet in 24 of 24 plans" in text
    for outcome in sweep.outcomes:
        if outcome.extraction:
            record = outcome.extraction.record
            assert not any(
                word and word in text for word in (record.child.forename, record.child.surname, record.school.name)
            )
    for word in ("Suspension", "Part-time timetables", "Alternative provision", "25 hours", "half term", "sixth day"):
        assert word in text


def test_a_theme_of_one_school_is_not_told() -> None:
    one = made_sweeps.sweep(made_sweeps.graded(made_sweeps.pep("d1_controls_2_belhadj")))
    made = short.circular("circular", overview(one), "1", Case.of_nobody("1", OURS, TODAY))
    assert "not all there yet" not in words(made.docx)


def test_a_covering_note_lists_references_and_nothing_of_the_children() -> None:
    first, second = (pep for pep in fixtures()[:2])
    recipient = recipient_of(Case(first, TODAY, OURS))
    assert recipient is not None
    named = [pep.model_copy(update={"id": name}) for pep, name in ((first, "b" * 12), (second, "a" * 12))]
    made = short.cover(Case(named[0], TODAY, OURS), recipient, named)
    text = words(made.docx)
    assert made.name == "aaaaaaaaaaaa-cover"
    assert {"a" * 12, "b" * 12} <= set(text.split())
    for pep in named:
        child = pep.record.child
        assert not any(word and word in text for word in (child.forename, child.surname, child.upn))
    assert len(made.about) == 2


# Whatever stands in the PEP, and plain to read


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_pep_prints_literally(text: str) -> None:
    made = case({"child": RECORD["child"] | {"forename": text}, "school": {"name": text}}, settings=Settings())
    assert one_line(text)[:200] in text_of("suspension", made) or not one_line(text)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert short.render("suspension", case()).docx == short.render("suspension", case()).docx


def every(pep: Extraction) -> list[bytes]:
    """Each letter that can be written about a PEP; of escalation, whose levels differ little, the first and the last."""
    judgement = rubric.score(pep, RULES, TODAY)
    met = parse_iso(pep.record.meeting.next_date)
    late = late_of(pep, met + timedelta(days=60)) if met else None
    made = Case(pep, TODAY, OURS, judgement, accepted(pep, judgement, Grade.GOLD), since=THURSDAY, late=late)
    written = []
    for name, level in LETTERS:
        if (name, level) not in MIDDLE and not short.why_not(kinds.load(name, OURS, level), made):
            written.append(short.render(name, made, level=level).docx)
    return written


def test_every_letter_on_every_fixture_reads_easily_and_fits_a_page() -> None:
    count = 0
    for pep in fixtures():
        for docx in every(pep):
            count += 1
            assert age(own_sentences(docx)) <= 14
            assert age(all_sentences(docx)) <= 14
            assert len(" ".join(paragraphs(docx)).split()) < 350
    assert count > 100
    circular = short.circular("circular", overview(made_sweeps.term()), "1", Case.of_nobody("1", OURS, TODAY)).docx
    assert age(own_sentences(circular)) <= 14
    assert len(words(circular).split()) < 700
