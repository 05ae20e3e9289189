"""Ways out of a finished letter: a draft to exactly one address, a calendar entry that names nobody, text to paste."""

import io
import re
from datetime import UTC, date, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from icalendar import Calendar

import made_sweeps
from vsdocs.errors import PackError, RefusedError
from vsdocs.generate.case import Case
from vsdocs.generate.letters import feedback
from vsdocs.generate.post import calendar, mail, text
from vsdocs.generate.written import Recipient, Written
from vsdocs.record import Contact, Extraction, PepRecord, Role
from vsdocs.settings import Authority, Look, Post, Settings

TODAY = date(2026, 11, 22)
SETTINGS = Settings(authority=Authority(name="Brightwater", telephone="01305 221000", email="vs@bright.example"))
RECORD: dict[str, Any] = {
    "child": {"forename": "Tamsin", "surname": "Quillfeather", "date_of_birth": "2015-03-09", "upn": "H801200012345"}
}
PEP = Extraction(
    source="a.docx", id="0a1b2c3d4e5f", format="docx", sha256="0" * 64, record=PepRecord.model_validate(RECORD)
)
FILES = (("0a1b2c3d4e5f.docx", b"PK\x03\x04word"), ("0a1b2c3d4e5f.pdf", b"%PDF-1.7"))
BODY = "Dear Mrs Ellery,\n\nPlease see the letter.\n\nKind regards,\nDenise Pugh"


def written(email: str | None = "l.ellery@school.example", **changed: Any) -> Written:
    of: dict[str, Any] = {
        "name": "0a1b2c3d4e5f", "docx": FILES[0][1], "subject": "PEP feedback, Autumn 2026, reference 0a1b2c3d4e5f",
        "about": (PEP,), "recipient": Recipient("Mrs L Ellery", email, "St M"),
    }  # fmt: skip
    return Written(**(of | changed))


def opened(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def draft(email: str | None = "l.ellery@school.example", settings: Settings = SETTINGS, **more: Any) -> EmailMessage:
    return opened(mail.draft(written(email), settings, FILES, BODY, **more))


def test_a_draft_is_unsent_from_nobody_to_one() -> None:
    message = draft()
    assert message["X-Unsent"] == "1"
    assert message["To"] == "l.ellery@school.example"
    assert [len(message.get_all(name, [])) for name in ("To", "Subject", "X-Unsent")] == [1, 1, 1]
    assert not {"from", "date", "message-id", "cc", "bcc", "sender", "reply-to"} & {name.lower() for name in message}
    assert message["Subject"] == "PEP feedback, Autumn 2026, reference 0a1b2c3d4e5f"


def test_it_has_text_and_page_and_its_files_whole() -> None:
    message = draft()
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n").strip() == BODY  # type: ignore[union-attr]
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert 'lang="en-GB"' in page
    assert "Kind regards,<br>Denise Pugh" in page
    assert [(part.get_filename(), part.get_content()) for part in message.iter_attachments()] == list(FILES)
    assert [part.get_content_type().rpartition("/")[2] for part in message.iter_attachments()][1] == "pdf"


def test_the_same_draft_is_the_same_bytes_with_windows_line_ends() -> None:
    data = mail.draft(written(), SETTINGS, FILES, BODY)
    assert data == mail.draft(written(), SETTINGS, FILES, BODY)
    assert data != mail.draft(written(), SETTINGS, FILES[:1], BODY)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()


@pytest.mark.parametrize(
    "email",
    [
        "a@school.example, b@school.example",
        "a@school.example;b@school.example",
        "a@school.example\nBcc: b@school.example",
        "a@school.example\r\n",
        "a@school.example ",
        " a@school.example",
        "a@school.example b@school.example",
        "Mrs Ellery <a@school.example>",
        '"b@school.example" <a@school.example>',
        "<a@school.example>",
        "a@b@school.example",
        "a@school.example(comment)",
        "mailto:a@school.example",
        "group: a@school.example;",
        "a@sch\u043eol.example",
        "\u0430@school.example",
        "a@school\u200b.example",
        "a\uff20school.example",
        "a@xn--schol-mgg.example",
        "a@school",
        "a@[10.0.0.1]",
        "a..b@school.example",
        ".a@school.example",
        "a@-school.example",
        "a@school..example",
        "=?utf-8?q?a?=@school.example",
        "a@school.example\x00",
        "a%0d%0a@school.example,b",
        "x" * 250 + "@school.example",
        "n/k",
        "",
        None,
    ],
)
def test_what_is_not_exactly_one_address_is_refused(email: str | None) -> None:
    with pytest.raises(RefusedError) as caught:
        draft(email)
    assert "e-mail" in caught.value.message
    assert not email or email.strip() not in caught.value.message


@given_settings(max_examples=200)
@given(st.text(max_size=40) | st.text(alphabet="ab.@,;<>\"' \r\n\t-_=?():", max_size=40))
def test_whatever_the_plan_gives_the_draft_goes_to_one_or_is_not_made(tail: str) -> None:
    for email in (tail, f"a@school.example{tail}", f"{tail}a@school.example"):
        try:
            message = draft(email)
        except RefusedError:
            continue
        assert [address.addr_spec for address in message["To"].addresses] == [email]
        assert not set(email) & set(',;<> \r\n\t"()')


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("st-marys.dorset.sch.uk", True),
        ("sch.uk", True),
        ("ST-MARYS.SCH.UK", True),
        ("academy.example", True),
        ("sub.academy.example", False),
        ("trust.example", True),
        ("one.trust.example", True),
        ("eviltrust.example", False),
        ("sch.uk.evil.example", False),
        ("evilsch.uk", False),
        ("gmail.com", False),
    ],
)
def test_only_allowed_domains(host: str, allowed: bool) -> None:
    settings = SETTINGS.model_copy(update={"post": Post(domains=(".sch.uk", "@academy.example", "trust.example"))})
    if allowed:
        assert draft(f"a@{host}", settings)["To"] == f"a@{host}"
        return
    with pytest.raises(RefusedError, match=r"not in a domain that vsdocs\.toml allows"):
        draft(f"a@{host}", settings)


@pytest.mark.parametrize("subject", ["PEP feedback: Tamsin", "PEP: T Quillfeather", "PEP H801200012345", "Gold PEP"])
def test_a_subject_names_nobody(subject: str) -> None:
    with pytest.raises(RefusedError):
        mail.draft(written(subject=subject), SETTINGS, FILES, BODY)


@pytest.mark.parametrize("words", ["about Tamsin Quillfeather", "born 9 March 2015", "UPN H801200012345"])
def test_the_words_tell_nobodys_name(words: str) -> None:
    with pytest.raises(RefusedError):
        mail.draft(written(), SETTINGS, FILES, words)


@pytest.mark.parametrize(
    "name", ["Tamsin Quillfeather.docx", "a.exe", "../a.docx", "a.docx\r\nX: y", 'a".docx', "CON", ""]
)
def test_files_are_called_by_ids(name: str) -> None:
    with pytest.raises(RefusedError):
        mail.draft(written(), SETTINGS, ((name, b"x"),), BODY)


def test_hostile_words_are_words() -> None:
    words = "Dear <script>alert(1)</script> & {{ 7*7 }}\r\nX-Evil: 1\n\n🎈 نور \x00\x07"
    message = opened(mail.draft(written(subject="PEP\r\nBcc: a@b.example"), SETTINGS, FILES, words))
    assert message["Bcc"] is None
    assert message["X-Evil"] is None
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "🎈 نور" in page
    assert "\x00" not in page


@pytest.mark.parametrize("to", [None, "trial@bright.example"])
@pytest.mark.parametrize("email", ["l.ellery@school.example", None, "a@x.example, b@x.example"])
def test_practice_goes_to_nobody_at_a_school(to: str | None, email: str | None) -> None:
    settings = SETTINGS.model_copy(update={"post": Post(practice=to, domains=(".sch.uk",))})
    data = mail.draft(written(email), settings, FILES, BODY, practice=True)
    message = opened(data)
    assert message["To"] == to
    assert message["Subject"].startswith("PRACTICE")
    assert message.get_body(("plain",)).get_content().startswith("PRACTICE")  # type: ignore[union-attr]
    assert "<p>PRACTICE" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert b"school.example" not in data


def test_the_words_say_what_is_attached_by_when_and_whom_to_ring() -> None:
    lead = Contact(role=Role.VIRTUAL_SCHOOL_LEAD, name="Denise Pugh", phone="01305 224000")
    said = mail.body(written(), SETTINGS, FILES, lead, "by 18 December 2026")
    assert said.startswith("Dear Mrs Ellery,\n\n")
    assert "0a1b2c3d4e5f.docx and 0a1b2c3d4e5f.pdf" in said
    assert "Please answer by 18 December 2026." in said
    assert "ring Denise Pugh on 01305 224000, or write to vs@bright.example" in said
    assert "Tamsin" not in said
    mail.draft(written(), SETTINGS, FILES, said)


def test_what_is_not_known_is_a_visible_blank_or_left_out() -> None:
    said = mail.body(written(recipient=None), Settings(), ())
    assert said.startswith("Dear colleague,")
    assert "[telephone]" in said
    assert "Attached" not in said
    assert "Please answer" not in said


def test_a_slip_in_the_sentences_is_told_with_its_line(tmp_path: Path) -> None:
    words = (Path(mail.data_folder("templates")) / "mail.yaml").read_text(encoding="utf-8")
    (tmp_path / "mail.yaml").write_text(words.replace("{reference}", "{child}"), encoding="utf-8")
    with pytest.raises(PackError, match=r"mail\.yaml:\d+:\d+: .*\{child\} is not a slot"):
        mail.load_words(Settings(look=Look(templates=tmp_path)))
    (tmp_path / "mail.yaml").unlink()
    assert mail.load_words(Settings(look=Look(templates=tmp_path))) == mail.load_words(Settings()), (
        "ours, where it has none"
    )


# Calendar


def meeting(starts: datetime = datetime(2026, 12, 3, 14, 30), **more: Any) -> bytes:
    of: dict[str, Any] = {
        "title": "PEP review, reference VS-0042",
        "minutes": 60,
        "place": "Room 3",
        "settings": SETTINGS,
    }
    return calendar.event("meeting-0042", starts=starts, today=TODAY, **(of | more))


def entry(data: bytes) -> Any:
    [found] = Calendar.from_ical(data).walk("VEVENT")
    return found


def test_a_meeting_is_published_private_and_invites_nobody() -> None:
    data = meeting()
    whole, found = Calendar.from_ical(data), entry(data)
    assert (whole["METHOD"], whole["VERSION"], found["CLASS"], found["SEQUENCE"]) == ("PUBLISH", "2.0", "PRIVATE", 0)
    assert not {"ATTENDEE", "ORGANIZER"} & set(found)
    assert found["SUMMARY"] == "PEP review, reference VS-0042"
    assert b"DTSTART;TZID=Europe/London:20261203T143000\r\n" in data
    assert b"DTEND;TZID=Europe/London:20261203T153000\r\n" in data
    assert b"DTSTAMP:20261122T000000Z\r\n" in data
    assert [zone["TZID"] for zone in whole.walk("VTIMEZONE")] == ["Europe/London"]
    assert data == meeting()


def test_a_meeting_that_is_moved_keeps_its_id() -> None:
    first, moved = entry(meeting()), entry(meeting(datetime(2026, 12, 4, 9), sequence=1))
    assert first["UID"] == moved["UID"]
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    assert (
        entry(calendar.event("meeting-0043", "PEP", datetime(2026, 12, 3), 60, None, SETTINGS, TODAY))["UID"]
        != first["UID"]
    )


@pytest.mark.parametrize(
    ("starts", "ends", "utc"),
    [
        (datetime(2026, 3, 27, 14), "20260327T150000", 14),  # the Friday before the clocks go forward
        (datetime(2026, 3, 30, 14), "20260330T150000", 13),
        (datetime(2026, 3, 29, 0, 30), "20260329T023000", 0),  # over the hour that is not there
        (datetime(2026, 10, 23, 14), "20261023T150000", 13),
        (datetime(2026, 10, 26, 14), "20261026T150000", 14),
        (datetime(2026, 10, 25, 0, 30), "20261025T013000", 23),
        (datetime(2027, 1, 7, 13, tzinfo=UTC), "20270107T140000", 13),
        (datetime(2026, 7, 7, 13, tzinfo=UTC), "20260707T150000", 13),
        (datetime(2026, 7, 7, 13, tzinfo=timezone(timedelta(hours=5))), "20260707T100000", 8),
    ],
)  # fmt: skip
def test_the_clock_on_the_wall_in_summer_and_winter(starts: datetime, ends: str, utc: int) -> None:
    data = meeting(starts)
    assert f"DTEND;TZID=Europe/London:{ends}".encode() in data
    found = entry(data)
    assert found["DTSTART"].dt.astimezone(UTC).hour == utc
    assert found["DTEND"].dt.astimezone(UTC) - found["DTSTART"].dt.astimezone(UTC) == timedelta(hours=1)


def test_its_own_time_zone_says_the_same_as_the_world() -> None:
    """Read by the rules that the file brings along, not by those that this computer knows."""
    [zone] = Calendar.from_ical(meeting()).walk("VTIMEZONE")
    ours = zone.to_tz()
    for day, hours in ((datetime(2026, 3, 28, 12), 0), (datetime(2026, 3, 30, 12), 1), (datetime(2026, 10, 24, 12), 1), (datetime(2026, 10, 26, 12), 0)):  # fmt: skip
        assert day.replace(tzinfo=ours).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("place", ['A, B; C\\D "E"', "x\r\nATTENDEE:mailto:a@b.example", "é" * 200, "🎈" * 50, "\x00\x07Room", "BEGIN:VEVENT\nUID:1"])  # fmt: skip
def test_a_hostile_place_is_text_and_lines_are_short(place: str) -> None:
    data = meeting(place=place)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n")
    found = entry(data)
    assert "ATTENDEE" not in found
    assert found["LOCATION"] == " ".join(re.sub(r"[\x00\x07]", "", place).split())


def test_a_title_names_nobody() -> None:
    with pytest.raises(RefusedError):
        meeting(title="PEP review, Tamsin", about=(PEP,))


# Text


def docx_of(*paragraphs: tuple[str, str]) -> Any:
    document = Document()
    for style in ("Letterhead", "Address", "Address last", "Date", "Draft notice", "Lead heading"):
        document.styles.add_style(style, 1)
    document.styles["Lead heading"].base_style = document.styles["Heading 1"]
    for style, words in paragraphs:
        document.add_paragraph(words, style)
    return document


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_letter_reads_well_in_the_box_of_a_form() -> None:
    document = docx_of(
        ("Draft notice", "DRAFT"), ("Letterhead", "Brightwater"), ("Date", "3 May"), ("Address", "Mrs E"), ("Address last", "St M"),
        ("Title", "PEP feedback"), ("Normal", "Dear \"Mrs\" O'Hara,"), ("Heading 1", "What is strong"), ("List Bullet", "One"),
        ("List Bullet", "Two"), ("Heading 1", "Next"), ("List Number", "Ring"), ("List Number", "Write"), ("Normal", "Then"),
        ("List Number", "Again"), ("Normal", "  ")
    )  # fmt: skip
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("Who", "When", "Mr A", "Friday\nnoon"), strict=True
    ):
        cell.text = words
    document.add_paragraph("For the virtual school lead: check", "Heading 1")
    document.add_paragraph("Secret", "List Bullet")
    document.add_paragraph("Secret too", "Heading 2")
    document.add_table(1, 1).rows[0].cells[0].text = "Secret table"
    assert text.plain(saved(document)) == (
        'PEP feedback\n\nDear "Mrs" O\'Hara,\n\nWhat is strong\n\n- One\n- Two\n\nNext\n\n1. Ring\n2. Write\n\nThen\n\n1. Again\n\n'
        "Who | When\nMr A | Friday noon\n"
    )


def test_the_leads_part_goes_whatever_the_council_calls_it_and_what_follows_stays() -> None:
    document = docx_of(
        ("Normal", "Dear"),
        ("Lead heading", "Check first"),
        ("List Bullet", "x"),
        ("Heading 1", "More"),
        ("Normal", "y"),
    )
    assert text.plain(saved(document)) == "Dear\n\nMore\n\ny\n"


def test_a_trial_says_so_in_the_box_too() -> None:
    document = docx_of(("Draft notice", "PRACTICE: a trial"), ("Draft notice", "DRAFT"), ("Normal", "Dear"))
    assert text.plain(saved(document)) == "PRACTICE: a trial\n\nDear\n"


def test_deleted_and_hidden_words_are_not_pasted_and_inserted_ones_are() -> None:
    document = docx_of(("Normal", "A "), ("Normal", "B"))
    first = document.paragraphs[0]
    for tag, words, leaf in (("w:ins", "in", "w:t"), ("w:del", "out", "w:delText")):
        mark, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(leaf)
        piece.text = words
        run.append(piece)
        mark.append(run)
        first._p.append(mark)
    first.add_run("secret").font.hidden = True
    document.paragraphs[1].add_run("\nline\ttab\u202e")
    done = text.plain(saved(document))
    assert done == "A in\n\nB\nline tab\n"
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]", done)


def test_a_list_that_somebody_made_in_word_is_numbered_as_it_shows() -> None:
    document = docx_of(("Normal", "One"), ("Normal", "Two"))
    number = (
        document.styles["List Number"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    )
    for paragraph in document.paragraphs:
        made = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        made.get_or_add_numId().val = int(number)
    assert text.plain(saved(document)) == "1. One\n2. Two\n"


@pytest.mark.parametrize("stem", ["d1_controls_2_belhadj", "d3_labels_2_marchetti", "d5_epep_1_farraday"])
def test_the_letters_of_the_fixtures_as_text(stem: str) -> None:
    pep = made_sweeps.pep(stem)
    done = text.plain(feedback.render(Case(pep, TODAY, Settings(), made_sweeps.judge(pep))).docx)
    assert done.startswith("PEP feedback: ")
    for gone in ("DRAFT", "Confidential", "then delete this part", "Delete this list", "[your authority]"):
        assert gone not in done
    assert "\nWhat is strong\n\n- " in done
    assert "\nWhat happens next\n\n1. " in done
    assert done.rstrip().endswith("Virtual School Lead")
