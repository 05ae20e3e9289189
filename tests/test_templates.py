"""Templates: the kinds that there are, what a council may change, what is refused, and what a finished file holds."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from PIL import Image
from pydantic import BaseModel

from conftest import ROOT
from docx_accessible import faults
from vsdocs.errors import PackError
from vsdocs.generate import templates, word_template
from vsdocs.generate.plain import one_line
from vsdocs.settings import Authority, Look, Settings

DAY = date(2026, 11, 22)
TEMPLATES = ROOT / "templates"


class Item(BaseModel):
    name: str
    note: str | None = None


class Page(BaseModel):
    title: str
    lead: str
    items: tuple[Item, ...]


SAMPLE = Page(title="Title", lead="Denise Pugh", items=(Item(name="One"), Item(name="Two", note="Note")))


def template(folder: Path, *paragraphs: str, name: str = "page.docx") -> Path:
    """Our blank letter with these paragraphs in place of its own."""
    document = Document(str(TEMPLATES / "feedback.docx"))
    for one in list(document.paragraphs):
        one._p.getparent().remove(one._p)
    for part in (document.sections[0].header, document.sections[0].footer):
        for one in part.paragraphs:
            one.text = ""
    document.add_paragraph("{{ title }}", "Title")
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(str(folder / name))
    return folder / name


def fill(path: Path, values: BaseModel = SAMPLE, settings: Settings | None = None, reference: str = "0a1b2c") -> bytes:
    chosen = {"settings": settings} if settings else {}
    return word_template.fill(path, values, title="A page", reference=reference, today=DAY, **chosen)


def texts(docx: bytes) -> list[str]:
    return [p.text for p in Document(io.BytesIO(docx)).paragraphs]


def part(docx: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode()


def pictures(docx: bytes) -> list[tuple[str, float, float]]:
    """What each picture says, and its size in mm."""
    found = Document(io.BytesIO(docx)).inline_shapes
    return [(one._inline.docPr.get("descr"), one.width.mm, one.height.mm) for one in found]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    Image.new("RGBA", (3000, 1000), (0, 90, 60, 255)).save(tmp_path / "logo.png")
    noted = Image.Exif()
    noted[0x013B] = "CANARY photographer"
    Image.new("RGB", (200, 50), "navy").save(tmp_path / "signature.jpg", exif=noted)
    return Look(logo=tmp_path / "logo.png", signature=tmp_path / "signature.jpg", colour="#005A3C")


# Logo, signature, colour


def test_logo_and_signature_come_in_with_words_and_within_bounds(tmp_path: Path, look: Look) -> None:
    path = template(tmp_path, "{{ logo }}", "Dear all", "{{signature}}")
    made = fill(path, settings=Settings(authority=Authority(name="Brightwater & Co"), look=look))
    [logo, signature] = pictures(made)
    assert logo[0] == "Logo of Brightwater & Co"
    assert logo[1] == pytest.approx(70, abs=0.1)
    assert logo[2] == pytest.approx(70 / 3, abs=0.1)
    assert signature[0] == "Signature of Denise Pugh"
    assert signature[1] <= 60
    assert signature[2] <= 20
    assert faults(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any(b"CANARY" in archive.read(name) for name in archive.namelist())
        assert sum(info.file_size for info in archive.infolist() if "media" in info.filename) < 100_000


def test_what_stands_for_the_logo_prints_literally(tmp_path: Path, look: Look) -> None:
    says = 'The "oak" & <wave> {{ 7*7 }} {% for %}'
    made = fill(template(tmp_path, "{{ logo }}"), settings=Settings(look=look.model_copy(update={"logo_says": says})))
    assert pictures(made)[0][0] == says


def test_without_pictures_their_paragraphs_go_away(tmp_path: Path) -> None:
    made = fill(template(tmp_path, "{{ logo }}", "Dear all", "{{ signature }}"))
    assert texts(made) == ["Title", "Dear all"]
    assert faults(made) == []


def test_a_logo_may_stand_in_the_header_and_in_a_cell(tmp_path: Path, look: Look) -> None:
    path = template(tmp_path, "Dear all")
    document = Document(str(path))
    document.sections[0].header.paragraphs[0].text = "{{ logo }}"
    document.add_table(1, 1).cell(0, 0).text = "{{ logo }}"
    document.save(str(path))
    word_template.check(path, SAMPLE, ())
    without, made = fill(path), fill(path, settings=Settings(look=look))
    assert "<w:drawing" not in part(without, "word/document.xml")
    assert "<w:drawing" in part(made, "word/header1.xml")
    assert len(pictures(made)) == 1
    assert "image" in part(made, "word/_rels/header1.xml.rels")


def test_a_picture_that_is_not_shown_is_not_in_the_file(tmp_path: Path, look: Look) -> None:
    path = template(tmp_path, "{%p if not lead %}", "{{ signature }}", "{%p endif %}")
    made = fill(path, settings=Settings(look=look))
    assert pictures(made) == []
    assert "media" not in " ".join(zipfile.ZipFile(io.BytesIO(made)).namelist())


def test_a_draft_is_not_signed(look: Look) -> None:
    kind = templates.all_templates()["feedback"]
    path, settings = TEMPLATES / kind.file, Settings(look=look)
    assert [says for says, *_ in pictures(fill(path, kind.sample, settings))] == ["Logo"]
    moderated = kind.sample.model_copy(update={"draft": ""})
    assert len(pictures(fill(path, moderated, settings))) == 2


def test_the_colour_of_headings_is_the_councils(look: Look) -> None:
    made = fill(TEMPLATES / "feedback.docx", templates.all_templates()["feedback"].sample, Settings(look=look))
    styles = part(made, "word/styles.xml")
    assert "1F3A5F" not in styles
    assert styles.count("005A3C") == 2


def test_a_picture_that_is_changed_is_taken_anew(tmp_path: Path, look: Look) -> None:
    path = template(tmp_path, "{{ logo }}")
    before = fill(path, settings=Settings(look=look))
    Image.new("RGB", (100, 300), "red").save(tmp_path / "logo.png")
    after = fill(path, settings=Settings(look=look))
    assert pictures(before) != pictures(after)
    assert fill(path, settings=Settings(look=look)) == after


@pytest.mark.parametrize("words", ["See {{ logo }} here", "{%p if logo %}", "{{ logo | upper }}"])
def test_a_picture_among_words_is_refused(tmp_path: Path, words: str) -> None:
    more = ["x", "{%p endif %}"] if "if" in words else []
    with pytest.raises(PackError, match="is a picture: it stands alone in its paragraph"):
        word_template.check(template(tmp_path, words, *more), SAMPLE, ())


# What a file says of itself


def test_properties_say_who_wrote_what(tmp_path: Path) -> None:
    path = template(tmp_path, "Dear all")
    for settings, author in (
        (Settings(), "Virtual School"),
        (Settings(authority=Authority(name="Brightwater")), "Brightwater"),
        (Settings(authority=Authority(name="B" * 300)), "B" * 255),
    ):
        core = Document(io.BytesIO(fill(path, settings=settings, reference="<0a&1b>"))).core_properties
        assert (core.author, core.last_modified_by, core.title) == (author, author, "A page")
        assert (core.identifier, core.language) == ("<0a&1b>", "en-GB")
    made = part(fill(path, reference="<0a&1b>"), "docProps/custom.xml")
    assert 'name="vsdocs-reference"' in made
    assert "&lt;0a&amp;1b&gt;" in made


def test_nothing_of_the_templates_own_past_comes_through(tmp_path: Path) -> None:
    """A template as Word saves it after years: the author, the server, revision ids, comments' notes, private XML."""
    path = template(tmp_path, "Dear all")
    document = Document(str(path))
    core = document.core_properties
    core.author, core.comments, core.keywords, core.version, core.content_status = ("CANARY",) * 5
    core.last_printed = core.created = core.modified = datetime(2019, 3, 4)
    body = document.element.body
    body.insert(0, parse_xml(f'<w:p {nsdecls("w")} w:rsidR="00CA4A21"><w:proofErr w:type="spellStart"/><w:r><w:rPr>'
                             f'<w:lang w:val="en-US"/></w:rPr><w:t>Hello</w:t></w:r></w:p>'))  # fmt: skip
    holder = document.part._settings_part
    rel = holder.relate_to(
        "file:///CANARY/letters.dotx", "http://x/officeDocument/2006/relationships/attachedTemplate", is_external=True
    )
    holder.element.append(parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{rel}"/>'))
    holder.element.append(parse_xml(f'<w:docVars {nsdecls("w")}><w:docVar w:name="a" w:val="CANARY"/></w:docVars>'))
    for name, kind in (("/docProps/app.xml", "extended-properties"), ("/docProps/custom.xml", "custom-properties"),
                       ("/customXml/item1.xml", "customXml"), ("/docProps/thumbnail.jpeg", "metadata/thumbnail")):  # fmt: skip
        owner = document.part if "customXml" in name else document.part.package
        owner.relate_to(
            Part(PackURI(name), "application/xml", b"<x>CANARY</x>", None), f"http://x/relationships/{kind}"
        )
    document.save(str(path))
    made = fill(path)
    assert faults(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        for name in archive.namelist():
            assert b"CANARY" not in archive.read(name), name
            assert b"2019" not in archive.read(name), name
    assert "w:lang" not in part(made, "word/document.xml") or "en-US" not in part(made, "word/document.xml")


def test_equal_arguments_give_equal_bytes(tmp_path: Path, look: Look) -> None:
    path, settings = template(tmp_path, "{{ logo }}", "Dear {{ lead }}"), Settings(look=look)
    first = fill(path, settings=settings)
    path.write_bytes(path.read_bytes())  # another moment, the same words: read anew
    assert fill(path, settings=settings) == first


# Hostile text


HOSTILE = (
    "Fish & chips <b>now</b> ]]> <!-- x -->",
    "{{ 7*7 }} {% for a in b %} {# x #} ${7*7} {{ title }}",
    '=HYPERLINK("http://evil.example","click")',
    "👩🏽‍🏫 🏳️‍🌈 Zoë Łukasz Ngũgĩ 陈 עברית العربية",
    "a\x00b\x07c\x1bd\ud800e\ufffef",
    "{_{ }_} {_% %_} &#123;&#123; &lt;w:p/&gt;",
    "MERGEFIELD Name DDEAUTO c:\\\\windows",
    "</w:t></w:r></w:p><w:p><w:r><w:t>new",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", templates.all_templates().values(), ids=lambda kind: kind.id)
def test_hostile_text_prints_literally_in_every_placeholder(kind: templates.Template, text: str) -> None:
    made = fill(TEMPLATES / kind.file, _filled_with(kind.sample, text))
    shown, expected = texts(made), one_line(text)
    plain = texts(fill(TEMPLATES / kind.file, _filled_with(kind.sample, "PLAIN")))
    assert shown == [words.replace("PLAIN", expected) for words in plain]
    assert sum(words.count("PLAIN") for words in plain) > 5


def _filled_with(value: Any, text: str) -> Any:
    if isinstance(value, BaseModel):
        return value.model_copy(update={name: _filled_with(one, text) for name, one in value})
    if isinstance(value, tuple):
        return tuple(_filled_with(one, text) for one in value)
    return text if isinstance(value, str) and value else value


@pytest.fixture(scope="module")
def a_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    return template(
        folder, "{%p for item in items %}", "{{ item.name }}|{{ item.note }}", "{%p endfor %}", "{{ lead }}"
    )


@given(st.text(), st.text())
@hypothesis(max_examples=60)
def test_any_text_is_read_back_as_it_was(a_page: Path, name: str, note: str) -> None:
    made = texts(fill(a_page, Page(title="T", lead="L", items=(Item(name=name, note=note),))))
    assert made == ["T", f"{one_line(name)}|{one_line(note)}", "L"]


# Broken and hostile templates


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{% set a = title ~ title %}", "cannot calculate"),
        ("{% with a = title ~ title %}{{ a }}{% endwith %}", "cannot calculate"),
        ("{{ title | replace('', title) }}", "no filter 'replace'"),
        ("{{ title | uper }}", "did you mean 'upper'"),
        ("{{ items | first }}", "no filter 'first'"),
        ("{{ items[0].name }}", "the list may be empty"),
        ("{{ items.name }}", "'items' is a list, whose items stand in a loop"),
        ("{{ title.upper }}", "'title' is one text"),
        ("{% for item in items %}{{ item.nam }}{% endfor %}", "did you mean 'item.name'"),
        ("{% for item in items %}{{ item }}{% endfor %}", "printed as a whole"),
        ("{% for item in items %}{{ loop }}{% endfor %}", "printed as a whole"),
        ("{% for a in title %}{% for b in title %}x{% endfor %}{% endfor %}", "through one of the lists"),
        ("{% for a in title | upper %}x{% endfor %}", "through one of the lists"),
        ("{% for a in 'abc' %}x{% endfor %}", "through one of the lists"),
        ("{% for a in items if a.nam %}x{% endfor %}", "did you mean 'a.name'"),
        ("{% for a in items if range(9) %}x{% endfor %}", "cannot calculate"),
        ("{% include 'x' %}", "cannot be filled"),
        ("{{ self }}", "'self'"),
        ("{{ title.__class__.__mro__ }}", "cannot be filled"),
        ("{{ ().__class__ }}", "cannot be filled"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "cannot calculate"),
        ("{% for a in items %}" * 4 + "x" + "{% endfor %}" * 4, "more than 3 loops"),
    ],
)
def test_a_broken_template_is_told_with_its_place(tmp_path: Path, words: str, told: str) -> None:
    with pytest.raises(PackError) as caught:
        word_template.check(template(tmp_path, "Dear all", words), SAMPLE, ())
    assert told in caught.value.message
    assert caught.value.message.startswith("page.docx: ")
    if "cannot be filled" not in told and "as a whole" not in told:
        assert "paragraph 3 " in caught.value.message


@pytest.mark.parametrize(
    "words",
    [
        "{% for a in items | reverse if a.note %}{{ loop.index }}. {{ a.name | upper }}{% endfor %}",
        "{% if items %}{{ items | length }} of them{% else %}none{% endif %}",
        "{{ title | truncate(20) }} {{ lead | default('nobody') }}",
        "{# a note to ourselves #}{{ title if title else lead }}",
    ],
)
def test_what_a_council_may_well_want_is_allowed(tmp_path: Path, words: str) -> None:
    word_template.check(template(tmp_path, words), SAMPLE, ())


def test_a_note_that_is_not_given_leaves_nothing(a_page: Path) -> None:
    assert texts(fill(a_page)) == ["Title", "One|", "Two|Note", "Denise Pugh"]


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        ("<w:ins w:id='1' w:author='a'><w:r><w:t>x</w:t></w:r></w:ins>", "tracked changes"),
        ("<w:r><w:commentReference w:id='1'/></w:r>", "comments"),
        ("<w:r><w:object/></w:r>", "an embedded object"),
        ("<w:r><w:instrText>MERGEFIELD Name</w:instrText></w:r>", "mail-merge"),
    ],
)
def test_what_word_can_hold_and_a_letter_may_not_is_told(tmp_path: Path, xml: str, told: str) -> None:
    path = template(tmp_path)
    document = Document(str(path))
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    document.save(str(path))
    with pytest.raises(PackError, match=told):
        word_template.check(path, SAMPLE, ())


def test_a_picture_from_outside_is_told(tmp_path: Path) -> None:
    path = template(tmp_path)
    document = Document(str(path))
    document.part.relate_to("http://x.example/a.png", "http://x/relationships/image", is_external=True)
    document.save(str(path))
    with pytest.raises(PackError, match="from outside"):
        word_template.check(path, SAMPLE, ())
