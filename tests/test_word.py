"""The Word reader: a form is read as a person sees it printed."""

import contextlib
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vsdocs.document import Document, Paragraph, Table
from vsdocs.errors import FileProblem
from vsdocs.readers import word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "peps"


def made(body: str, **parts: str) -> bytes:
    """A Word file with this body; `parts` are further parts of `word/`, such as header1."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        names = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}"'
        package.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml.replace("NS", names))
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, props: str = "") -> str:
    return f"<w:p><w:pPr>{props}</w:pPr>{''.join(runs)}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{paragraph(run(content)) if not content.startswith('<') else content}</w:tc>"


def control(props: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{props}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def texts(document: Document) -> list[str]:
    return [p.text for p in document.paragraphs() if p.text]


def first_table(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def problem(data: bytes) -> str:
    with pytest.raises(FileProblem) as caught:
        word.read(data)
    return caught.value.code


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        (paragraph(run("A "), control("<w:text/>", run("filled"))), ["A filled"]),
        (paragraph(run("A "), control("<w:showingPlcHdr/>", run("Click here to enter text."))), ["A"]),
        (control("<w:showingPlcHdr/>", paragraph(run("Choose an item."))), []),
        (paragraph(run("kept "), f"<w:ins>{run('in')}</w:ins>", f"<w:del>{run('out')}</w:del>"), ["kept in"]),
        (paragraph(f"<w:moveFrom>{run('old')}</w:moveFrom><w:moveTo>{run('new')}</w:moveTo>"), ["new"]),
        (paragraph(run("seen"), run(" hidden", "<w:vanish/>")), ["seen"]),
        (paragraph(run("Yes / "), run("No", "<w:strike/>")), ["Yes /"]),
        (paragraph(run("Yes ☑ No □")), ["Yes ☒ No ☐"]),
        (paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"), ["a\tb\nc"]),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', run(" Yes")), ["☒ Yes"]),
    ],
)
def test_reads_what_a_person_sees(body: str, seen: list[str]) -> None:
    assert texts(word.read(made(body))) == seen


@pytest.mark.parametrize(("state", "shown"), [("1", "☒"), ("true", "☒"), ("0", "☐"), ("false", "☐")])
def test_check_boxes_show_their_state_not_their_glyph(state: str, shown: str) -> None:
    new = control(f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>', run("?"))
    old = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        f'<w:checked w:val="{state}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    )
    assert texts(word.read(made(paragraph(new) + paragraph(old)))) == [shown, shown]


def test_a_legacy_list_shows_the_chosen_line() -> None:
    choices = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Initial"/><w:listEntry w:val="Review"/></w:ddList>'
    body = paragraph(f"<w:r><w:fldChar><w:ffData>{choices}</w:ffData></w:fldChar></w:r>")
    assert texts(word.read(made(body))) == ["Review"]


def test_a_text_box_is_read_once() -> None:
    box = paragraph(run("in the box"))
    choice = f"<mc:Choice><w:drawing><w:txbxContent>{box}</w:txbxContent></w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></mc:Fallback>"
    body = paragraph(run("around"), f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>")
    assert texts(word.read(made(body))) == ["around", "in the box"]


def test_merged_cells_stand_once_in_the_grid() -> None:
    body = table(
        cell("wide", '<w:gridSpan w:val="2"/>') + cell("c"),
        cell("tall", '<w:vMerge w:val="restart"/>') + cell("b") + cell("c2"),
        cell("", "<w:vMerge/>") + cell("b2") + cell("c3"),
    )
    cells = {c.text: c for c in first_table(word.read(made(body))).cells}
    assert (cells["wide"].column_span, cells["c"].column) == (2, 2)
    assert (cells["tall"].row_span, cells["b2"].row, cells["b2"].column) == (2, 2, 1)
    assert len(cells) == 7


def test_rows_and_cells_inside_controls_are_in_the_table() -> None:
    row = f"<w:tr>{cell('a')}{control('', cell('b'))}</w:tr>"
    body = f"<w:tbl>{control('', row)}<w:tr>{control('<w:showingPlcHdr/>', cell('ask'))}{cell('d')}</w:tr></w:tbl>"
    assert [[c.text for c in r] for r in first_table(word.read(made(body))).rows] == [["a", "b"], ["", "d"]]


def test_a_deleted_row_is_gone() -> None:
    body = f"<w:tbl><w:tr>{cell('kept')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('gone')}</w:tr></w:tbl>"
    assert texts(word.read(made(body))) == ["kept"]


def test_nested_tables_stay_inside_their_cell() -> None:
    outer = first_table(word.read(made(table(cell(table(cell("inner")) + paragraph(run("own")))))))
    assert outer.cells[0].text == "own"
    assert [type(x) for x in outer.cells[0].content] == [Table, Paragraph]


def test_looks_and_headings() -> None:
    out = BytesIO()
    made_here = docx.Document()
    made_here.add_heading("Attendance", 2)
    line = made_here.add_paragraph()
    line.add_run("Term: ").bold = True
    line.add_run("Autumn")
    line.add_run(" (pick one)").italic = True
    made_here.add_paragraph("first", style="List Number")
    made_here.add_paragraph("second", style="List Number")
    made_here.add_paragraph("point", style="List Bullet")
    made_here.save(out)
    heading, looks, *lists = [b for b in word.read(out.getvalue()).blocks if isinstance(b, Paragraph)]
    assert (heading.level, looks.level) == (2, 0)
    assert [(r.text, r.bold, r.muted) for r in looks.runs] == [
        ("Term: ", True, False),
        ("Autumn", False, False),
        (" (pick one)", False, True),
    ]
    assert [p.text for p in lists] == ["1. first", "2. second", "• point"]


def test_places_name_heading_table_and_row() -> None:
    body = paragraph(run("Attendance", "<w:b/>")) + table(cell("a") + cell("b"), cell("c") + cell("d"))
    document = word.read(made(body))
    assert first_table(document).cells[3].location.place == "Attendance: table 1, row 2"
    assert first_table(document).cells[3].location.page is None


def test_margins_are_kept_apart_and_oddities_noted() -> None:
    header = f"<w:hdr NS>{paragraph(run('PEP of a child'))}</w:hdr>"
    comments = f"<w:comments NS><w:comment>{paragraph(run('please check'))}</w:comment></w:comments>"
    body = paragraph(run("text"), run("secret", "<w:vanish/>"), f"<w:del>{run('x')}</w:del>")
    document = word.read(made(body, header1=header, comments=comments))
    assert texts(document) == ["text"]
    assert {p.text for p in document.margins} == {"PEP of a child", "please check"}
    assert {note.code for note in document.notes} == {"hidden_text", "tracked_changes"}
    assert not any("secret" in note.message for note in document.notes)


def test_damaged_files() -> None:
    assert problem(b"") == "damaged"
    assert problem(b"PK\x03\x04 and nothing more") == "damaged"
    assert problem(made("<w:p>")) == "damaged"
    whole = made(paragraph(run("text " * 500)))
    assert problem(whole[: len(whole) // 2]) == "damaged"
    empty = BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert problem(empty.getvalue()) == "damaged"


def test_nested_past_all_sense_is_damaged() -> None:
    deep = cell("x")
    for _ in range(400):
        deep = f"<w:tc>{table(deep)}</w:tc>"
    assert problem(made(table(deep))) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", xml.encode(encoding))
    assert problem(out.getvalue()) == "unsafe"


def test_a_document_type_in_any_part_is_refused() -> None:
    assert problem(made(paragraph(run("x")), settings="<!DOCTYPE x []><x/>")) == "unsafe"


def test_a_bomb_is_too_big() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 62_000_000)
    assert problem(out.getvalue()) == "too_big"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_to_a_real_file_is_a_file_problem(data: st.DataObject) -> None:
    whole = bytearray(next((FIXTURES / "d3_labels").glob("*.docx")).read_bytes())
    for _ in range(data.draw(st.integers(1, 30))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileProblem):
        word.read(bytes(whole))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.docx")), ids=lambda p: p.stem)
def test_every_fixture_is_read_without_notes(path: Path) -> None:
    document = word.read(path.read_bytes())
    assert document.pages is None
    assert not document.notes
    assert sum(isinstance(block, Table) for block in document.blocks) >= 2
    assert all(p.location.place for p in document.paragraphs())
