"""What once made a reader stumble, stall or say too little: each with the small file or the words that show it."""

import math
import time

import pypdfium2
import pytest

from conftest import FIXTURES
from vsdocs import extract, readers
from vsdocs.document import Document, Format, Paragraph, Run, Table
from vsdocs.errors import FileProblem
from vsdocs.evidence import Location
from vsdocs.readers import sides
from vsdocs.readers.lines import Line
from vsdocs.readers.page import Page, Word
from vsdocs.readers.unseen import hide

ISSUES = FIXTURES / "issues"
READ = {  # file -> what it says of itself
    "carries_files.pdf": ["inserted_file", "scripts"],
    "empty_row.docx": [],
    "many_rules.pdf": [],
    "no_such_place.pdf": ["hidden_text"],
    "size_of_all_pages.pdf": [],
    "starts_a_program.docx": ["reaches_out"],
    "unseen_words.docx": ["hidden_text", "tracked_changes"],
    "unseen_words.pdf": ["hidden_text"],
}
REFUSED = {
    "drawn_again_and_again.pdf": "unsafe",
    "locked_by_a_certificate.pdf": "encrypted",
    "lost_page.pdf": "damaged",
}


def read(name: str) -> Document:
    return readers.read((ISSUES / name).read_bytes())


def test_every_issue_is_listed() -> None:
    told = (FIXTURES / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in ISSUES.iterdir()} == READ.keys() | REFUSED.keys()
    assert not [name for name in (READ | REFUSED) if f"`{name}`" not in told]


@pytest.mark.parametrize("name", READ)
def test_an_issue_is_read_and_tells_what_a_person_should_know(name: str) -> None:
    document = read(name)
    assert next(p.text for p in document.paragraphs() if p.text).startswith("Personal")
    assert [note.code for note in document.notes] == READ[name]
    with pytest.raises(FileProblem, match="not_a_pep"):
        extract.extract(document, source=name, sha256="0" * 64)


@pytest.mark.parametrize("name", REFUSED)
def test_an_issue_is_refused_for_the_right_reason(name: str) -> None:
    with pytest.raises(FileProblem, match=REFUSED[name]):
        read(name)


@pytest.mark.parametrize("name", ["unseen_words.docx", "unseen_words.pdf"])
def test_words_that_nobody_sees_are_not_read(name: str) -> None:
    """Hidden, deleted, white on white, smaller than a hair, see-through, beside the page."""
    said = [p.text for p in read(name).paragraphs() if p.text]
    assert "Gold" not in " ".join(said)
    assert said[-1].startswith("Seen")


def test_a_page_of_thousands_of_rules_is_read_at_once() -> None:
    """It took minutes where each word was compared with every rule, and each of those with every other."""
    started = time.process_time()
    read("many_rules.pdf")
    assert time.process_time() - started < 10


def test_words_stand_where_they_are_on_a_page_whose_size_is_that_of_all_pages() -> None:
    """The size may stand in the list of pages; it was taken for that of American paper, and the words to be off it."""
    [paragraph] = read("size_of_all_pages.pdf").paragraphs()
    assert paragraph.box is not None
    assert (round(paragraph.box.x0), round(paragraph.box.bottom)) == (20, 53)  # its letters stand at 50 points


def test_nothing_of_a_field_that_starts_a_program_is_read() -> None:
    assert [p.text for p in read("starts_a_program.docx").paragraphs()] == ["Personal Education Plan", "Shown"]


def test_tick_boxes_in_small_print_after_a_large_label_are_no_pair() -> None:
    def word(text: str, x0: float, x1: float, size: float, bold: bool = False) -> Word:
        return Word(text, x0, 724 - size, x1, 724, size, bold)

    boxes = [word("☐", 200, 207, 7), word("Yes", 209, 220, 7), word("☐", 300, 307, 7), word("No", 309, 320, 7)]
    assert sides._row(Line((word("Agreed", 60, 140, 24, bold=True), *boxes))) == []


@pytest.mark.parametrize("row", [0, 1, 2])
def test_a_table_with_an_empty_row_is_read(row: int) -> None:
    at = Location(None, "here")
    table = next(block for block in read("empty_row.docx").blocks if isinstance(block, Table))
    kept = tuple(cell for cell in table.cells if cell.row != row)
    for before in ((), (Paragraph((Run("My targets", bold=True),), at, 1),)):
        document = Document(Format.DOCX, (*before, Table(kept, at)))
        with pytest.raises(FileProblem, match="not_a_pep"):
            extract.extract(document, source="a.docx", sha256="0" * 64)


@pytest.mark.parametrize("far", [math.nan, math.inf, -math.inf, 1e30])
def test_words_at_no_place_are_left_out(far: float) -> None:
    page = pypdfium2.PdfDocument((ISSUES / "unseen_words.pdf").read_bytes())[0]
    here, there = Word("Here", 10, 10, 40, 20), Word("There", far, 10, far, 20)
    kept = hide([here, there], page, Page(1, 595, 842), lambda x, y: (x, 842 - y))
    assert list(kept) == [here]


@pytest.mark.parametrize(("times", "between"), [(3_000, b" \xb0 "), (3_000, b" [ "), (150, b" ")])
def test_what_is_drawn_again_and_again_is_refused_however_it_is_listed(times: int, between: bytes) -> None:
    data = (ISSUES / "drawn_again_and_again.pdf").read_bytes()
    start, end = data.index(b"[4 0 R"), data.index(b"]", data.index(b"[4 0 R"))
    with pytest.raises(FileProblem, match="unsafe"):
        readers.read(data[: start + 1] + between.join([b"4 0 R"] * times) + data[end:])
