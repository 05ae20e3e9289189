"""Broken, locked, disguised and harmful files: each has exactly its outcome, quickly, and none reaches out."""

import io
import socket
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FIXTURES, PEPS
from vsdocs import readers
from vsdocs.errors import FILE_PROBLEMS, FileProblem
from vsdocs.readers import door, word

HOSTILE = FIXTURES / "hostile"
READ = "read"

OUTCOMES = {
    "active.pdf": READ,
    "flat.xml": "unsupported",
    "header_in_comment.docx": "damaged",
    "huge_picture.pdf": "too_big",
    "many_laughs.docx": "unsafe",
    "many_pages.pdf": "too_big",
    "reaching_out.docx": READ,
    "web_page.doc": "unsupported",
    "adobe_only.pdf": "unsupported",
    "blank.pdf": "no_text",
    "bomb.docx": "unsafe",
    "bomb.pdf": "unsafe",
    "cut_short.docx": "damaged",
    "cut_short.pdf": "damaged",
    "data.csv": "ignored",
    "data.json": "ignored",
    "double_bomb.pdf": "unsafe",
    "empty.docx": "empty",
    "external_entity.docx": "unsafe",
    "giant_page.pdf": "too_big",
    "hidden_layer.pdf": READ,
    "letter.odt": "open_document",
    "letter.rtf": "rich_text",
    "locked.docx": "encrypted",
    "locked.pdf": "encrypted",
    "loop.pdf": "damaged",
    "lying_header.docx": "unsafe",
    "many_parts.docx": "too_big",
    "nested.docx": "damaged",
    "nested.pdf": "no_text",
    "notes.md": "ignored",
    "old.doc": "old_word",
    "old.xls": "spreadsheet",
    "owner_password_only.pdf": READ,
    "page.html": "ignored",
    "pdf_inside.docx": READ,
    "picture.pdf": "image",
    "plan.pages": "pages",
    "program.docx": "unsupported",
    "spreadsheet.docx": "spreadsheet",
    "word_inside.pdf": READ,
    "zeros.pdf": "empty",
    "zip_of_files.docx": "unsupported",
    "~$plan.docx": "ignored",
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def outcome(data: bytes) -> str:
    try:
        readers.read(data)
    except FileProblem as problem:
        return problem.code
    return READ


def test_every_hostile_file_is_listed() -> None:
    assert {path.name for path in HOSTILE.iterdir()} == set(OUTCOMES)


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_hostile_file_has_its_outcome(name: str) -> None:
    assert outcome((HOSTILE / name).read_bytes()) == OUTCOMES[name]


def test_a_file_is_told_by_its_content_whatever_it_is_called() -> None:
    for name in ("pdf_inside.docx", "word_inside.pdf", "owner_password_only.pdf"):
        document = readers.read((HOSTILE / name).read_bytes())
        assert [p.text for p in document.paragraphs()] == ["Personal Education Plan", "Name: Sam Example"]


def test_macros_are_not_run_but_told_and_nothing_outside_is_looked_at() -> None:
    document = readers.read((HOSTILE / "reaching_out.docx").read_bytes())
    assert [p.text for p in document.paragraphs()] == ["Personal Education Plan", "Field"]
    assert [note.code for note in document.notes] == ["macros", "reaches_out"]
    assert not document.margins


def test_a_part_of_more_paragraphs_than_any_plan_is_too_big() -> None:
    packed = io.BytesIO()
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{n * 7919 % 99991:x}</w:t></w:r></w:p>" for n in range(word.MAX_PARAGRAPHS + 1))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")
    assert outcome(packed.getvalue()) == "too_big"


def test_a_problem_says_nothing_of_the_file() -> None:
    """What a library says may quote the document, so it is neither in the message nor chained behind it."""
    for name in ("cut_short.docx", "cut_short.pdf", "loop.pdf"):
        with pytest.raises(FileProblem) as caught:
            readers.read((HOSTILE / name).read_bytes())
        assert str(caught.value) in FILE_PROBLEMS
        assert "Sam" not in "".join(FILE_PROBLEMS[caught.value.code])


def test_a_file_past_the_limit_is_not_opened() -> None:
    assert outcome(b"%PDF-1.7\n" + bytes(door.MAX_FILE)) == "too_big"


def test_sizes_are_counted_and_not_believed() -> None:
    """Many parts that are each small enough may not add up to more than the limit."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<a/>")
        for number in range(door.MAX_UNPACKED // 40_000_000 + 1):
            package.writestr(f"word/media/{number}.bmp", bytes(40_000_000))
    assert outcome(packed.getvalue()) == "too_big"


def test_a_document_type_is_found_in_any_encoding() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr(
            "word/document.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16")
        )
    assert outcome(packed.getvalue()) == "unsafe"


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_pep_cut_anywhere_is_read_or_refused(suffix: str) -> None:
    data = next(path for path in sorted(PEPS.rglob(f"*.{suffix}")) if "d6" not in path.name).read_bytes()
    for tenth in range(1, 10):
        assert outcome(data[: len(data) * tenth // 10]) in (READ, "damaged", "no_text")


@given(data=st.binary(max_size=400), start=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"{\\rtf", door._OLE]))
@settings(max_examples=150)
def test_any_bytes_have_an_outcome(data: bytes, start: bytes) -> None:
    assert outcome(start + data) in {READ, *FILE_PROBLEMS}


@given(places=st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=30))
@settings(max_examples=30)
def test_a_pdf_with_wrong_bytes_has_an_outcome(places: list[tuple[int, int]]) -> None:
    data = bytearray((FIXTURES / "not_peps" / "minutes.pdf").read_bytes())
    for place, value in places:
        data[place % len(data)] = value
    assert outcome(bytes(data)) in {READ, *FILE_PROBLEMS}


def test_a_stream_that_is_no_bomb_passes_the_door() -> None:
    stream = zlib.compress(bytes(5_000_000))
    data = b"%PDF-1.7\n1 0 obj <</Length 9>> stream\n" + stream + b"\nendstream"
    assert door.kind_of(data) is door.Kind.PDF


def test_made_files_are_small() -> None:
    assert max(path.stat().st_size for path in Path(HOSTILE).iterdir()) < 400_000
