"""Never the wrong child: what a finished document may not hold, wherever and however it is written; and what blocks a letter."""

import io
import random
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

import made_sweeps
from conftest import FIXTURES, ROOT
from vsdocs.errors import ExitCode, RefusedError
from vsdocs.generate import gate, identifiers
from vsdocs.generate.case import SLOTS, Case
from vsdocs.generate.letters import feedback
from vsdocs.generate.written import Recipient, Written
from vsdocs.record import Extraction, PepRecord, Warning  # noqa: A004
from vsdocs.settings import Authority, Settings

SETTINGS = Settings(
    authority=Authority(
        name="Brightwater", address=("County Hall", "Dorchester DT1 1XJ"), telephone="01305 221000", email="vs@bright.gov.example"
    )
)  # fmt: skip
TEACHER = {
    "role": "designated_teacher",
    "name": "Mrs L Trent-Davies",
    "email": "lt@school.example",
    "phone": "01632 960001",
}
AMY: dict[str, Any] = {
    "child": {"forename": "Amy", "surname": "Quillfeather", "date_of_birth": "2014-05-03", "upn": "H801200012345"},
    "school": {"name": "Grace Darling Primary School"},
    "contacts": [
        TEACHER,
        {"role": "carer", "name": "Owen Ahmed", "phone": "07700 900510", "email": "owen@home.example"},
        {"role": "social_worker", "name": "Dana Pryce", "phone": "07700 900511", "email": "dana@bright.gov.example"},
        {
            "role": "virtual_school_lead",
            "name": "Denise Pugh",
            "phone": "01305 224000",
            "email": "dp@bright.gov.example",
        },
    ],
    "meeting": {
        "attendees": [{"name": "Mark Hollis", "role": "Teacher"}, {"name": "Beth Quillfeather", "role": "sister"}]
    },
}
BETH: dict[str, Any] = {
    "child": {
        "forename": "Beth Anne",
        "surname": "Quillfeather",
        "date_of_birth": "2016-08-21",
        "upn": "B801200012346",
    },
    "contacts": [{"role": "carer", "name": "Owen Ahmed", "phone": "07700 900510"}],
}


def pep(record: dict[str, Any], file_id: str = "0a1b2c3d4e5f") -> Extraction:
    return Extraction(
        source="a.docx", id=file_id, format="docx", sha256="0" * 64, record=PepRecord.model_validate(record)
    )


def child(forename: str, surname: str, file_id: str, **more: Any) -> Extraction:
    return pep({"child": {"forename": forename, "surname": surname, **more}}, file_id)


OTHERS = [
    pep(AMY, "aaaaaaaaaaaa"),
    pep(BETH, "bbbbbbbbbbbb"),
    child("Zoë", "O'Rourke-Okafor", "cccccccccccc", upn="X801200099999"),
    child("Mark", "Hollis", "dddddddddddd"),
    child("Grace", "Darling", "eeeeeeeeeeee"),
    child("Will", "Read", "ffffffffffff", date_of_birth="2012-06-09"),
    pep({"child": {"forename": "Ida", "surname": "Vane"}, "contacts": [{"role": "carer", "email": "vane@home.example"}]}, "121212121212"),
    child("Tamika", "Blythe-Jones", "131313131313", date_of_birth="2011-03-04"),
]  # fmt: skip
INDEX = gate.Others(OTHERS, SETTINGS)


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def letter(data: bytes, *about: Extraction, **more: Any) -> Written:
    return Written("aaaaaaaaaaaa", data, "PEP feedback, reference aaaaaaaaaaaa", about or (OTHERS[0],), **more)


def fault(text: str, *about: Extraction, listing: bool = False) -> str:
    """What the gate finds in a letter of one paragraph; '' where it lets it through."""
    try:
        gate.check(letter(docx(text), *about), INDEX, listing=listing)
    except RefusedError as error:
        return error.message.rpartition("it holds ")[2].rstrip(".")
    return ""


@pytest.mark.parametrize(
    "text",
    [
        "Beth Quillfeather was there",
        "with Beth Anne Quillfeather.",
        "QUILLFEATHER, Beth",
        "beth quillfeather",
        "Beth\tQuillfeather",
        "Beth R. Quillfeather and Beth Rose Quillfeather",
        "Zoe O’Rourke-Okafor’s plan",
        "ZOË O'ROURKE OKAFOR",
        "Zoe Okafor",
        "zoe orourke okafor",
        "Zo\u00ade O Rourke Okafor",
        "zoe.orourke_okafor",
        "Forename: Ida  Surname: Vane",
        "Tamika Blythe",
        "Will Read was there",
        "Ｉｄａ Ｖａｎｅ",
    ],
)
def test_another_childs_full_name_is_found_however_it_is_written(text: str) -> None:
    assert fault(text) == "the full name of another child"


@pytest.mark.parametrize(
    "text",
    [
        "Amy Quillfeather and Amy's mother",
        "Mark Hollis, who teaches Amy",
        "Grace Darling Primary School",
        "Amy will read 90 words a minute",
        "Mrs Quillfeather, Ms Beth-Jones and the others",
        "Ida. Mr Vane came.",
        "Zoe and Okafor",
        "on 3 October 2026 and on 09/06/2012",
        "ring Denise Pugh on 01305 224000 or write to dp@bright.gov.example",
        "ring Mrs Trent-Davies on +44 1632 960001, lt@school.example, or a helpline on 0800 1111 222",
        "office@bright.gov.example, County Hall, Dorchester, dt1 1xj",
        "reference 012345678901 and 0a1b2c3d4e5f",
        "£01632 and Year 10 and KS1 2nd group",
    ],
)
def test_what_is_no_other_childs_goes_through(text: str) -> None:
    assert fault(text) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("UPN B801200012346", "the UPN of another child"),
        ("UPN B 8012 0001 2346", "the UPN of another child"),
        ("upn h801200012345", "a UPN"),
        ("K123456789012", "a UPN"),
        ("the 3rd of May 2014", "a birth date"),
        ("03/05/14", "a birth date"),
        ("2014-05-03", "a birth date"),
        ("May 3, 2014", "a birth date"),
        ("3.5.2014", "a birth date"),
        ("Born: 7 July 2013", "a birth date"),
        ("d.o.b. 07/07/13", "a birth date"),
        ("7 July 2013 (date of birth)", "a birth date"),
        ("born on 9 June 2012", "the birth date of another child"),
        ("Tamika, 4 March 2011", "the birth date of another child"),
        ("vane@home.example", "an e-mail address or telephone number from another child's plan"),
        ("owen@home.example", "an e-mail address that is neither the authority's nor the designated teacher's"),
        ("dana@bright.gov.example", "an e-mail address that is neither the authority's nor the designated teacher's"),
        ("anybody@else.example", "an e-mail address that is neither the authority's nor the designated teacher's"),
        ("07700 900 511", "a telephone number that is neither the authority's nor the designated teacher's"),
        ("+44 (0)7700 900510", "a telephone number that is neither the authority's nor the designated teacher's"),
        ("12 Mill Lane BH1 2QX", "a postcode that is not in the authority's address in vsdocs.toml"),
    ],
)
def test_what_no_letter_may_hold(text: str, found: str) -> None:
    said = fault(text)
    assert said == found or (text.startswith("+44") and "telephone" in said)


def test_a_message_holds_nothing_of_the_document() -> None:
    with pytest.raises(RefusedError) as caught:
        gate.check(letter(docx("Beth Quillfeather, B801200012346")), INDEX)
    assert not {"beth", "quillfeather", "b801200012346"} & {
        *identifiers.keys(caught.value.message + caught.value.advice)
    }
    assert "aaaaaaaaaaaa" in caught.value.message
    assert caught.value.exit_code is ExitCode.REFUSED


def hidden(how: str) -> bytes:
    """A letter with another child's name where nobody sees it."""
    document = Document()
    document.add_paragraph("Dear Mrs Trent-Davies")
    match how:
        case "author":
            document.core_properties.author = "Beth Quillfeather"
        case "comments":
            document.core_properties.comments = "was: Beth Quillfeather"
        case "header":
            document.sections[0].header.paragraphs[0].text = "Beth Quillfeather"
        case "first footer":
            document.sections[0].different_first_page_header_footer = True
            document.sections[0].first_page_footer.paragraphs[0].text = "Beth Quillfeather"
        case "hidden text":
            document.paragraphs[0].add_run(" Beth Quillfeather").font.hidden = True
        case "split runs":
            for piece in (" Be", "th Quill", "feather"):
                document.paragraphs[0].add_run(piece).bold = piece == "th Quill"
        case "deleted":
            gone = OxmlElement("w:del")
            run, text = OxmlElement("w:r"), OxmlElement("w:delText")
            text.text = " Beth Quillfeather"
            run.append(text)
            gone.append(run)
            document.paragraphs[0]._p.append(gone)
        case "tracked by":
            mark = OxmlElement("w:ins")
            mark.set(qn("w:author"), "Beth Quillfeather")
            document.paragraphs[0]._p.append(mark)
        case "picture":
            document.add_picture(str(next(FIXTURES.parent.rglob("*.png"))))
            next(document.element.body.iter(qn("wp:docPr"))).set("descr", "Beth Quillfeather")
        case "comment":
            document.add_comment(document.paragraphs[0].runs, text="see Beth Quillfeather", author="VS")
        case "table":
            row = document.add_table(1, 2).rows[0]
            row.cells[0].text, row.cells[1].text = "Beth", "Quillfeather"
        case "style":
            document.styles.add_style("Beth Quillfeather", 1)
    saved = io.BytesIO()
    document.save(saved)
    if how not in ("custom", "file name"):
        return saved.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        if how == "custom":
            new.writestr("docProps/custom.xml", "<a><b name='Child'><c>Beth Quillfeather</c></b></a>")
        else:
            new.writestr("word/media/Beth Quillfeather.bin", b"")
    return out.getvalue()


@pytest.mark.parametrize(
    "how",
    ["author", "comments", "header", "first footer", "hidden text", "split runs", "deleted", "tracked by", "picture", "comment",
     "table", "style", "custom", "file name"],
)  # fmt: skip
def test_it_looks_everywhere_in_the_file(how: str) -> None:
    if how == "picture" and not list(FIXTURES.parent.rglob("*.png")):
        pytest.skip("no picture at hand")
    with pytest.raises(RefusedError, match="full name of another child"):
        gate.check(letter(hidden(how)), INDEX)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", docx()[:4000]])
def test_what_cannot_be_read_again_is_not_kept(data: bytes) -> None:
    with pytest.raises(RefusedError, match="cannot be read again"):
        gate.check(letter(data), INDEX)


def test_a_letter_is_about_one_child_and_a_list_about_its_own() -> None:
    both = "Amy Quillfeather, born 3 May 2014, H801200012345; Beth Quillfeather, born 21/08/2016, B801200012346"
    amy, beth = OTHERS[:2]
    assert fault("Dear all", amy, beth) == "what was written about more than one child"
    assert fault(both, amy, beth, listing=True) == ""
    assert fault(f"{both}; Zoe Okafor", amy, beth, listing=True) == "the full name of another child"
    assert fault(f"{both}; X801200099999", amy, beth, listing=True) == "the UPN of another child"
    assert "telephone" in fault(f"{both}; 07700 900510", amy, beth, listing=True), "a carer's, in no document"
    assert fault("what every school should know") == ""


def test_another_plan_of_the_same_child_is_nobody_else() -> None:
    again = pep(AMY, "999999999999")
    same = pep({"child": {"forename": "Amy", "surname": "Quillfeather-Smith", "upn": "H801200012345"}}, "888888888888")
    index = gate.Others([*OTHERS, again, same], SETTINGS)
    gate.check(letter(docx("Amy Quillfeather and Amy Quillfeather-Smith"), again), index)
    assert fault("Amy Quillfeather", OTHERS[0], again) == "", "one child, written of twice"


def test_a_brother_or_sister_among_those_who_came_is_no_adult() -> None:
    assert fault("Beth Quillfeather was at the meeting") == "the full name of another child"


@pytest.mark.parametrize("email", ["lt@school.example", "LT@School.example", None])
def test_the_recipient_stands_in_the_plan(email: str | None) -> None:
    gate.check(letter(docx("Dear"), recipient=Recipient("Mrs L Trent-Davies", email, None)), INDEX)


@pytest.mark.parametrize("email", ["other@school.example", "owen@home.example", "vane@home.example"])
def test_nobody_else_and_no_carer_is_written_to(email: str) -> None:
    with pytest.raises(RefusedError, match="recipient"):
        gate.check(letter(docx("Dear"), recipient=Recipient("X", email, None)), INDEX)


@pytest.mark.parametrize(
    "subject", ["PEP feedback: Amy", "quillfeather, PEP", "PEP H801200012345", "PEP feedback: Gold", "PEP, Year 6"]
)
def test_a_subject_tells_nothing(subject: str) -> None:
    with pytest.raises(RefusedError):
        gate.neutral(subject, (OTHERS[0],))


def test_a_child_who_is_called_after_a_season_can_be_written_of() -> None:
    gate.neutral("PEP review, Autumn 2026, reference VS-0042", (child("Autumn", "May", "a" * 12),))


@pytest.mark.parametrize("name", ["Amy Quillfeather", "../x", "a b", "", "a\n"])
def test_a_file_is_called_by_ids_only(name: str) -> None:
    with pytest.raises(RefusedError) as caught:
        gate.check(Written(name, docx("Dear"), "PEP", (OTHERS[0],)), INDEX)
    assert "Amy" not in caught.value.message


def contacts(*teachers: tuple[str, str | None]) -> Extraction:
    found = [{"role": "designated_teacher", "name": name, "email": email} for name, email in teachers]
    return pep({"child": {"forename": "A", "surname": "B"}, "contacts": found, "school": {"name": "St M"}})


@pytest.mark.parametrize(
    "names",
    [
        ("Mrs L Trent-Davies", "Lucy Trent-Davies"),
        ("Trent-Davies, Lucy", "Ms Lucy Trent Davies"),
        ("Mrs Trent-Davies", "L. Trent-Davies (DT)"),
        ("Lucy Trent-Davies", "LUCY TRENT-DAVIES"),
        ("Mr Whittingham", "Mr Whitingham"),
        ("Mrs L Trent-Davies", "L Trent-Davies - Designated Teacher"),
        ("Miss O'Hara", "Miss O’Hara"),
    ],
)  # fmt: skip
def test_one_teacher_written_twice_blocks_nothing(names: tuple[str, str]) -> None:
    assert gate.blocked(contacts(*((name, None) for name in names))) is None


@pytest.mark.parametrize(
    "names", [("Mr Smith", "Mrs Smith"), ("Jane Smith", "Joan Smith"), ("Mrs L Trent-Davies", "Mr P Selwood"), ("J Hall", "J Ball")]
)  # fmt: skip
def test_two_teachers_block_a_letter(names: tuple[str, str]) -> None:
    said = gate.blocked(contacts(*((name, None) for name in names)))
    assert said is not None
    assert "two designated teachers" in said
    assert not any(word in said for name in names for word in name.split())


def test_conflicts_block_a_letter_in_words() -> None:
    one = contacts(("Mrs A", "a@one.example"), ("Mrs A", "a@two.example"))
    assert "two schools" in (gate.blocked(one) or "")
    assert "neither a school" in (gate.blocked(pep({"child": {"forename": "A", "surname": "B"}})) or "")
    for code, word in (("two_children", "two children"), ("identity_unsure", "not certain")):
        unsure = pep(AMY).model_copy(update={"warnings": (Warning(code=code, message="m"),)})
        assert word in (gate.blocked(unsure) or "")


def test_no_fixture_is_blocked_and_each_letter_goes_through() -> None:
    outcomes = [o for o in made_sweeps.term().outcomes if o.extraction and o.judgement and o.judgement.grade]
    index = gate.Others([o.extraction for o in outcomes if o.extraction], SETTINGS)
    for outcome in outcomes:
        assert outcome.extraction is not None
        assert outcome.judgement is not None
        assert gate.blocked(outcome.extraction) is None
        gate.check(feedback.render(Case(outcome.extraction, date(2026, 11, 22), SETTINGS, outcome.judgement)), index)


def test_ten_thousand_children_are_looked_up_by_words() -> None:
    """As fast as few: the time to look through a letter does not grow with the children. Told by counting comparisons."""
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [tuple("".join(chance.choices(letters, k=6)).capitalize() for _ in range(2)) for _ in range(10_000)]
    index = gate.Others([child(a, b, f"{n:012x}") for n, (a, b) in enumerate(names)], SETTINGS)
    words = identifiers.words("one two three four " * 200 + " ".join(names[7]))
    assert {found.id for _, found in index.named(words)} == {f"{7:012x}"}
    assert max(map(len, index._names.values())) < 10


TEXTS = st.text(alphabet="Amy BethQuilfr'’-.,\n\t012/@", max_size=60)


@settings(max_examples=150)
@given(TEXTS, TEXTS)
def test_whatever_stands_around_it_the_name_is_found(before: str, after: str) -> None:
    if before[-1:].isalnum() or before.endswith(("'", "’")) or after[:1].isalnum() or after.startswith(("'", "’")):
        before, after = f"{before} ", f" {after}"
    found = INDEX.named(identifiers.words(f"{before}Ida Vane{after}"))
    assert "121212121212" in {child.id for _, child in found}


def test_no_template_has_a_place_for_an_address_of_a_carer_or_a_placement() -> None:
    """Nor for a name, a UPN or a birth date: the placeholders of every Word template and the slots of every sentence."""
    private = re.compile(
        r"carer(?!s_view)|placement|home|birth|born|upn|surname|postcode|social_worker_(?:phone|email)|legal", re.I
    )
    placed: dict[str, set[str]] = {"case": set(SLOTS)}
    for path in sorted((ROOT / "templates").glob("*.docx")):
        with zipfile.ZipFile(path) as package:
            text = "".join(
                re.sub(r"<[^>]+>", "", package.read(n).decode()) for n in package.namelist() if n.endswith(".xml")
            )
        placed[path.name] = set(re.findall(r"\{\{\s*([\w.]+)", text)) | set(
            re.findall(r"\{%\w*\s+\w+\s+(.+?)%\}", text)
        )
    for path in sorted((ROOT / "templates").glob("*.yaml")):
        placed[path.name] = set(re.findall(r"(?<!\{)\{(\w+)\}", path.read_text(encoding="utf-8")))
    assert len(placed) >= 4
    for name, found in placed.items():
        assert not [slot for slot in found if private.search(slot)], name


def test_a_forename_alone_is_found_where_it_is_a_sisters_or_a_schoolmates() -> None:
    def found(text: str, *others: Extraction) -> bool:
        index = gate.Others([pep(AMY), *others], SETTINGS)
        try:
            gate.check(letter(docx(text)), index)
        except RefusedError as error:
            return "the forename of another child" in error.message
        return False

    school = {"school": {"name": "Grace Darling Primary School"}}
    for near in (
        child("Tavi", "Quillfeather", "aa"),
        pep({"child": {"forename": "Tavi", "surname": "Vane"}, **school}, "bb"),
        pep({"child": {"forename": "Tavi", "surname": "Vane"}, "contacts": BETH["contacts"]}, "cc"),
        pep({"child": {"forename": "Tavi", "surname": "Vane"}, "contacts": [TEACHER]}, "dd"),
    ):
        assert found("She would like to see Tavi more often.", near)
        assert found("She misses Tavi's jokes.", near)
        assert not found("Octavia likes tavi wool.", near)
    assert not found("She would like to see Tavi.", child("Tavi", "Vane", "ee"))  # of nobody near
    assert found("She would like to see Beth.", pep(BETH, "ff"))
    schoolmate = pep({"child": {"forename": "Beth", "surname": "Vane"}, **school}, "aa")
    assert not found("Beth, the assistant, reads with her.", schoolmate)  # a forename that many adults have too
    for own in ("Amy", "Mark", "Dana"):  # her own, and adults of her plan
        assert not found(f"{own} came.", child(own, "Quillfeather", "bb"))
    for word in ("Grace", "Will", "Rose"):
        assert not found(f"{word} is a word too.", child(word, "Quillfeather", "cc"))
