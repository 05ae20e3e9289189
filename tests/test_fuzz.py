"""Damaged files, odd documents and odd values, by chance but the same each time; `make fuzz` looks for more of them."""

import random
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FIXTURES, PEPS, ROOT
from vsdocs import extract, pipeline, readers, rubric
from vsdocs.document import Box, Cell, Document, Field, Format, Paragraph, Run, Table
from vsdocs.errors import FILE_PROBLEMS, FileProblem
from vsdocs.evidence import Location
from vsdocs.extract import values
from vsdocs.readers import door, pdf, word

sys.path.insert(0, str(ROOT / "fuzz"))
import damage

AT = Location(1, "here")
SEEDS = {
    "docx": [FIXTURES / "word", PEPS / "d1_controls", PEPS / "d2_fourcol", FIXTURES / "issues"],
    "pdf": [FIXTURES / "acroform", PEPS / "d5_epep", FIXTURES / "issues", FIXTURES / "hostile"],
}
LARGEST = 200_000  # bytes of a file that is damaged here


# --------------------------------------------------------------------------------------------------------------- files
@cache
def seeds(kind: str) -> list[bytes]:
    paths = [path for folder in SEEDS[kind] for path in sorted(folder.glob(f"*.{kind}"))]
    return [path.read_bytes() for path in paths if path.stat().st_size < LARGEST]


def outcome(data: bytes) -> str:
    """What comes of a file, without the net that `readers.read` spreads under its libraries."""
    try:
        kind = door.kind_of(data)
        if kind is door.Kind.IGNORED:
            return "ignored"
        document = (word if kind is door.Kind.WORD else pdf).read(data)
        extract.extract(document, source="a", sha256="0" * 64)
    except FileProblem as problem:
        return problem.code
    return "read"


@pytest.mark.parametrize("kind", SEEDS)
def test_a_damaged_file_has_an_outcome(kind: str) -> None:
    found = set()
    for number in range(60):
        chance = random.Random(number)
        found.add(outcome(damage.damaged(chance.choice(seeds(kind)), chance)))
    assert found <= {"read", *FILE_PROBLEMS}
    assert found - {"damaged", "encrypted", "unsafe"}  # some get past the door


@given(st.binary(max_size=200), st.integers(0, 99))
@settings(max_examples=20, derandomize=True)
def test_any_bytes_inside_a_file_have_an_outcome(middle: bytes, share: int) -> None:
    for kind in SEEDS:
        data = seeds(kind)[share % len(seeds(kind))]
        place = len(data) * share // 100
        assert outcome(data[:place] + middle + data[place + len(middle) :]) in {"read", *FILE_PROBLEMS}


# ----------------------------------------------------------------------------------------------------------- documents
@cache
def documents() -> list[Document]:
    return [readers.read(path.read_bytes()) for path in sorted((PEPS / "d2_fourcol").glob("*.docx"))]


@cache
def texts() -> list[str]:
    return sorted({p.text for document in documents() for p in document.paragraphs() if p.text})


ODD = ["", "☒", "☐", "☒☐", "Yes ☒ No ☐", "-1", "99/99/9999", "£", "£1e9", "%", ":", "::", "a:b:c", "(", "\\", "{{", "\u202e",
       "😀", "٣", "²", "½", "A" * 300, "Ⅷ", "_" * 30, "Z12345678901²", "0000-00-00", "1/1/1", "\x00"]  # fmt: skip
WORDS = st.one_of(st.deferred(lambda: st.sampled_from(texts())), st.sampled_from(ODD), st.text(max_size=20))
RUNS = st.builds(
    Run, WORDS, bold=st.booleans(), muted=st.booleans(), size=st.sampled_from([None, 0.0, -1.0, 8.0, 10.0, 14.0]),
    confidence=st.sampled_from([1.0, 1.0, 0.3, 0.0]),
)  # fmt: skip
PARAGRAPHS = st.builds(
    Paragraph, st.lists(RUNS, max_size=2).map(tuple), st.just(AT), level=st.sampled_from([0, 0, 0, 1, 6]),
    box=st.sampled_from([None, Box(0, 0, 0, 0), Box(10, 10, 50, 20)]),
)  # fmt: skip
CELLS = st.builds(
    Cell, st.integers(0, 5), st.integers(0, 4), st.lists(PARAGRAPHS, max_size=2).map(tuple), st.just(AT),
    row_span=st.sampled_from([1, 1, 2, 50, 0]), column_span=st.sampled_from([1, 1, 2, 500, 0]), shaded=st.booleans(),
)  # fmt: skip
TABLES = st.builds(Table, st.lists(CELLS, max_size=14).map(tuple), st.just(AT))
BLOCKS = st.one_of(PARAGRAPHS, TABLES, st.builds(Field, WORDS, WORDS, st.just(AT)))


@given(
    st.integers(0, 3), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3), BLOCKS), max_size=5),
    st.sampled_from(list(Format)),
)  # fmt: skip
@settings(max_examples=12, derandomize=True)
def test_any_document_has_an_outcome(of: int, changes: list[tuple[int, int, Any]], form: Format) -> None:
    """A real form with blocks put in and taken out."""
    blocks = list(documents()[of % len(documents())].blocks)
    for place, gone, block in changes:
        blocks[place : place + gone] = [block]
    document = Document(form, tuple(blocks))
    try:
        found = extract.extract(document, source="a", sha256="0" * 64)
    except FileProblem as problem:
        codes = {problem.code}
    else:
        codes = set()
        pipeline.grade(found, rubric.load("dorset-2025-26"), date(2026, 11, 22))
    assert codes <= {"not_a_pep", "too_big"}


# -------------------------------------------------------------------------------------------------------------- values
PIECES = ["1", "12", "31", "2024", "/", "-", ".", ",", " ", "\n", "\t", "st", "of", "May", "sept", "£", "%", "x", "=", "total", "@", "a.b",
          "Yes", "No", "☒", "☐", "[x]", "[ ]", ":", "Year", "R", "A", "0" * 12, "٣", "²", "½", "(", ")", "nil", "9" * 400, "by", "Sam"]  # fmt: skip
SAID = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=60))
NUMBERS: list[Callable[[str], float | None]] = [
    values.read_number, values.read_percent, values.read_count, values.read_total, values.read_money,
]  # fmt: skip


@given(SAID, st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.booleans())
@settings(max_examples=120, derandomize=True)
def test_a_date_is_a_date_or_none(text: str, near: date | None, ahead: bool) -> None:
    found = values.read_date(text, near, ahead)
    assert found is None or date.fromisoformat(found if len(found) == 10 else f"{found}-01").year in range(1900, 2100)
    assert all(0 <= start < end <= len(text) for start, end in values.find_dates(text))


@given(SAID)
@settings(max_examples=120, derandomize=True)
def test_a_number_is_a_number_or_none(text: str) -> None:
    for read in NUMBERS:
        found = read(text)
        assert found is None or abs(found) < 1e9
    assert values.read_year_group(text) in {None, "N", "R", *map(str, range(1, 14))}


@given(SAID)
@settings(max_examples=120, derandomize=True)
def test_other_values_are_taken_from_the_text_or_none(text: str) -> None:
    upn = values.read_upn(text)
    assert upn is None or (len(upn) == 13 and values.is_upn(upn) in (True, False))
    assert values.is_upn(text) in (True, False)
    assert values.UNTICKED not in values.read_choice(text)
    for read in (values.read_email, values.read_phone):
        found = read(text)
        assert found is None or found
    assert isinstance(values.without_contact(text), str)
    assert all(part is None or part for part in values.split_name(text))
    assert isinstance(values.tells_sdq(text), dict)
    assert isinstance(values.yes_no_inside(text), list)
