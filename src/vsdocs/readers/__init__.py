"""Readers: the bytes of a file in, the neutral document out. Each decides nothing about PEPs."""

from collections.abc import Callable

from vsdocs.document import Document
from vsdocs.errors import FileProblem
from vsdocs.readers.door import Kind, kind_of

#: Part of the name of every stored reading: raise it when a reader's output changes, and old readings are made again.
READER_VERSION = "8"

#: Told how many pages a file has, as soon as that is known.
PagesSeen = Callable[[int], None]


def load() -> None:
    """Load the libraries that reading needs, ahead of the first file."""
    from vsdocs.readers import pdf, word  # noqa: F401


def read(data: bytes, seen: PagesSeen = lambda pages: None) -> Document:
    """The document in a file's bytes, whatever its name was. `seen` is told how many pages a PDF has.

    Raises FileProblem, and nothing else, where the file gives none; its code is one of `errors.FILE_PROBLEMS`
    (`ignored` for kinds that nobody submits).
    """
    kind = kind_of(data)
    if kind is Kind.IGNORED:
        raise FileProblem("ignored")
    try:
        if kind is Kind.WORD:
            from vsdocs.readers.word import read as read_word

            return read_word(data)
        from vsdocs.readers.pdf import read as read_pdf  # the PDF and image libraries take a while to load

        return read_pdf(data, seen)
    except FileProblem:
        raise
    except MemoryError:
        raise FileProblem("too_big") from None
    except Exception:  # a library's own error may quote the document, so it is not passed on
        raise FileProblem("damaged") from None
