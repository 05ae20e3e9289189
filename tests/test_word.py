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
TORTURE = FIXTURES.parent / "word" / "torture.docx"


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
        (paragraph(run("Yes / "), run("No", "<w:strike/>")), ["Yes"]),
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


@settings(max_examples=60)
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


# -------------------------------------------------------------------------------------- everything that forms are made of
SEEN = {
    "controls": [
        "Inline ALFA after", "Block BRAVO", "Nested CHARLIE", "Unfilled:", "Unfilled by name:", "Unfilled by its words:",
        "Unfilled by style:",
        "Answer in the style of prompts: DELTA", "Boxes: ☒ in ☐ out", "☒", "ECHO", "☒", "FOXTROT", "Bound: Bound VICTOR",
        "Bound list: Listed LIMA", "Bound to nothing: GOLF",
    ],
    "fields before 2007": ["Legacy text HOTEL", "Legacy list INDIA", "Legacy box ☒ and ☐"],
    "signs": [
        "Typed ☒ one ☒ two ☐ three ☒ four ☐ five", "☒ wing ☐ two", "☒ set in Wingdings ☐ private",
        "softhyphen-firm-too\ttab\nline", "x=2",
    ],
    "tables": ["Wide", "R1C3", "Tall", "R2C2", "R2C3", "R3", "Inner JULIETT", "Late", "Ins row", "Old", "R6C3"],
    "lists": [
        "1. first", "1a) sub", "1b) sub", "(i) deep", "2. second", "2a) sub", "between", "3. third", "5. anew", "• bullet",
        "I. styled", "unlisted",
    ],
    "changes": ["KILO stays", "moved", "Cut in two", "seen on paper", "White on blue"],
    "choices": [
        "Struck: Yes", "Struck: No / N/A", "Struck with its stroke:  No", "Struck in a sentence: he reads.",
        "Lit: ☐ Autumn / ☒ Spring / ☐ Summer", "Bold: ☒ Yes / ☐ No", "Label: ☐ Initial / ☒ Review", "☒ Yes   ☐ No",
        "Name / address", "All of them and/or some",
    ],
    "rest": [
        "LIMO", "MIKE after", "link smart custom", "Block NOVEMBER", "Marked word", "Around", "Box OSCAR", "Old", "Box PAPA",
        "Strong in bold is not bold", "END",
    ],
}  # fmt: skip


def test_everything_is_read_once_in_order_and_nothing_that_is_not_seen() -> None:
    document = word.read(TORTURE.read_bytes())
    assert texts(document) == [text for part in SEEN.values() for text in part]
    assert [(p.location.place, p.text) for p in document.margins] == [
        ("header", "Head QUEBEC"),
        ("footer", "Foot ROMEO"),
        ("comments", "Comment SIERRA"),
        ("footnotes", "Note TANGO"),
        ("endnotes", "End UNIFORM"),
    ]
    assert "gone" not in repr(document)


def test_what_is_not_read_is_reported() -> None:
    notes = {note.code for note in word.read(TORTURE.read_bytes()).notes}
    assert notes == {"hidden_text", "tracked_changes", "struck_out", "inserted_file"}


def test_cells_stand_in_their_columns_however_they_are_merged() -> None:
    document = word.read(TORTURE.read_bytes())
    cells = {c.text: c for block in document.blocks if isinstance(block, Table) for c in block.cells}
    assert [(cells[t].row, cells[t].column) for t in ("Wide", "R1C3", "Tall", "R2C2", "R3", "Late")] == [
        (0, 0), (0, 2), (1, 0), (1, 1), (2, 1), (3, 1),
    ]  # fmt: skip
    assert (cells["Wide"].column_span, cells["Tall"].row_span, cells["Old"].column_span) == (2, 2, 2)
    assert cells["R6C3"].column == 2


def test_bold_of_a_run_style_in_a_bold_paragraph_is_turned_off() -> None:
    document = word.read(TORTURE.read_bytes())
    found = next(p for p in document.paragraphs() if p.text.startswith("Strong"))
    assert not found.runs[0].bold


def test_a_field_that_never_ends_hides_nothing() -> None:
    body = paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("text")) + paragraph(run("more"))
    assert texts(word.read(made(body))) == ["text", "more"]


@pytest.mark.parametrize("list_id", ["999999999", "x", ""])
def test_a_list_that_is_not_there_does_no_harm(list_id: str) -> None:
    body = paragraph(run("item"), props=f'<w:numPr><w:numId w:val="{list_id}"/></w:numPr>')
    assert texts(word.read(made(body))) in (["• item"], ["item"])


def test_a_file_of_pictures_has_no_text() -> None:
    pic = '<w:drawing><p:pic xmlns:p="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:drawing>'
    assert problem(made(paragraph(f"<w:r>{pic}</w:r>"))) == "no_text"
    assert texts(word.read(made(paragraph(f"<w:r>{pic}</w:r>", run("words"))))) == ["words"]


def test_a_file_saved_as_strict_open_xml_is_read() -> None:
    data = made(paragraph(run("strict")) + table(cell("a", '<w:gridSpan w:val="2"/>')))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as usual, zipfile.ZipFile(out, "w") as strict:
        body = usual.read("word/document.xml").decode()
        names = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        strict.writestr("word/document.xml", body.replace(W, names))
    document = word.read(out.getvalue())
    assert texts(document) == ["strict", "a"]
    assert first_table(document).cells[0].column_span == 2


def test_controls_of_an_old_kind_and_diagrams_are_reported() -> None:
    diagram = '<d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>'
    body = paragraph("<w:r><w:object><w:control/></w:object></w:r>", f"<w:r><w:drawing>{diagram}</w:drawing></w:r>")
    notes = {note.code for note in word.read(made(body)).notes}
    assert {"old_controls", "diagram"} <= notes
