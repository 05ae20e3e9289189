"""What can go wrong, each with its exit code, in words for the person at the desk.

Two kinds of trouble are kept apart. Trouble *in a document* (damaged, encrypted, not a PEP) is a `FileProblem`: a reader
raises it, the pipeline turns it into one Outcome, and the sweep goes on. Trouble *in the program's own files or
surroundings* (a rubric with a slip, no room on the disk) is a `VsdocsError` and stops the command.

No message may hold a child's name, a file name or text from a document: a file is known by its id.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of every command: a promise, published in the README."""

    DONE = 0
    OUR_FAULT = 1
    USAGE = 2
    UNREADABLE = 3
    NOT_A_PEP = 4
    BAD_PACK = 5
    MISSING_PROGRAM = 6
    STORE = 7
    SOME_UNREADABLE = 8
    LOCKED = 9
    CANNOT_WRITE = 10
    REFUSED = 11
    STOPPED = 130


class VsdocsError(Exception):
    """A command cannot go on. `message` says what happened and `advice` what to do next."""

    exit_code = ExitCode.OUR_FAULT

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class PackError(VsdocsError):
    """A rubric, form vocabulary or template has a slip; every slip found is listed as `file:line:column: what`."""

    exit_code = ExitCode.BAD_PACK


class StoreError(VsdocsError):
    exit_code = ExitCode.STORE


class LockedError(VsdocsError):
    exit_code = ExitCode.LOCKED


class CannotWriteError(VsdocsError):
    exit_code = ExitCode.CANNOT_WRITE


class CannotReadError(VsdocsError):
    exit_code = ExitCode.UNREADABLE


@contextmanager
def reading() -> Iterator[None]:
    """Around the reading of a list, notes or a sheet that a person gave: what cannot be opened is told so."""
    try:
        yield
    except OSError:
        raise CannotReadError(
            "This file could not be opened: another program may have it open, or it may be kept online only.",
            "Close it in Excel or Word, or right-click it and choose 'Always keep on this device'; then try again.",
        ) from None


class MissingProgramError(VsdocsError):
    exit_code = ExitCode.MISSING_PROGRAM


class UsageError(VsdocsError):
    exit_code = ExitCode.USAGE


class RefusedError(VsdocsError):
    """Done as asked, this could put one child's data into another child's hands."""

    exit_code = ExitCode.REFUSED


class NotYetError(RefusedError):
    """Something that was asked for needs what is not there: a person's grade, a date. Nobody's data is in danger."""

    exit_code = ExitCode.USAGE


class FileProblem(Exception):
    """This file gives no record. `code` is one of `FILE_PROBLEMS`; the words for people come from there."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message, self.advice, self.outcome = FILE_PROBLEMS[code]


#: code -> (what happened and why, what to do next, outcome of the contract)
FILE_PROBLEMS: dict[str, tuple[str, str, str]] = {
    "encrypted": (
        "This file needs a password, so it could not be opened.",
        "Ask the school for a copy without a password.",
        "unreadable",
    ),
    "damaged": (
        "This file is damaged or incomplete, so it could not be opened.",
        "Open it yourself: if it opens, save it again under a new name; if not, ask the school to send it again.",
        "unreadable",
    ),
    "empty": (
        "This file is empty: it holds nothing at all.",
        "Ask the school to send it again; the upload or e-mail may have failed.",
        "unreadable",
    ),
    "unsupported": (
        "This kind of file is not read; vsdocs reads Word (.docx) and PDF files.",
        "Open it in the program that made it and save it as .docx or PDF.",
        "unreadable",
    ),
    "old_word": (
        "This is a Word file of the kind made before 2007 (.doc), which is not read.",
        "Open it in Word and use Save As to make a .docx.",
        "unreadable",
    ),
    "open_document": (
        "This is an OpenDocument file (.odt), which is not read.",
        "Open it in Word or LibreOffice and use Save As to make a .docx.",
        "unreadable",
    ),
    "rich_text": (
        "This is a rich text file (.rtf), which is not read.",
        "Open it in Word and use Save As to make a .docx.",
        "unreadable",
    ),
    "pages": (
        "This is an Apple Pages file, which is not read.",
        "Ask the school to export it as Word or PDF.",
        "unreadable",
    ),
    "image": (
        "This is a picture, not a document.",
        "Scan or print the pages to PDF and use that instead.",
        "unreadable",
    ),
    "spreadsheet": (
        "This is a spreadsheet or presentation, not a PEP form.",
        "If a school fills its PEPs in this way, print it to PDF and use that instead.",
        "unreadable",
    ),
    "too_big": (
        "This file is too big to be read safely.",
        "Check that it is one child's PEP; print it to PDF again without pictures, or split it.",
        "unreadable",
    ),
    "unsafe": (
        "This file holds something a PEP never needs and that can harm a computer, so it was not opened.",
        "Do not open it. Ask the school to print the PEP to PDF and send that.",
        "unreadable",
    ),
    "timed_out": (
        "Reading this file took too long and was stopped.",
        "Open it and print it to PDF again, then sweep once more.",
        "unreadable",
    ),
    "crashed": (
        "The reader stopped while this file was open.",
        "Open it and print it to PDF again, then sweep once more; if that does not help, report the file's id.",
        "unreadable",
    ),
    "no_text": (
        "No words could be made out on any page.",
        "If it is a scan, scan it again at 200 dpi or more, straight and dark enough; or ask for the Word file.",
        "unreadable",
    ),
    "no_ocr": (
        "This is a scan, and the part that reads scans is not installed.",
        "Run `vsdocs doctor` to see what is missing.",
        "unreadable",
    ),
    "not_a_pep": (
        "This document does not look like a Personal Education Plan.",
        "If it is one, run `vsdocs extract` on it to see what was found, and tell us which form it is.",
        "not_a_pep",
    ),
    "no_access": (
        "This file could not be opened: another program may have it open, it may be kept online only, or it is a broken link.",
        "Close it in Word, or right-click it and choose 'Always keep on this device'; then sweep again.",
        "unreadable",
    ),
    "changing": (
        "This file was still being written or copied while it was read.",
        "Wait until the copying is done; then sweep again.",
        "unreadable",
    ),
    "ignored": (
        "This is not a kind of file that PEPs come in.",
        "Nothing needs doing.",
        "ignored",
    ),
    "two_children": (
        "This file seems to hold the plans of two children, so it was not graded.",
        "Open it and split it into one file for each child; then sweep again.",
        "needs_person",
    ),
    "identity_unsure": (
        "It is not certain which child this plan is about, so no letter was drafted.",
        "Open it and check the name and date of birth at its top; ask the school to fill them in.",
        "needs_person",
    ),
    "cannot_grade": (
        "Too much of this plan could not be made out to suggest a grade.",
        "Read it yourself and grade it by hand; a Word copy or a better scan would help.",
        "needs_person",
    ),
}

#: Problems of the moment: the file is read again next time.
PASSING_PROBLEMS = frozenset({"timed_out", "crashed", "no_access", "changing", "no_ocr"})
