"""A finished document, about to leave: what it is, about whom, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vsdocs.record import Extraction

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing


@dataclass(frozen=True)
class Recipient:
    """Who gets it, taken from the one record that it is about. `email` is one address, or None: then no mail is drafted."""

    name: str | None
    email: str | None
    school: str | None


@dataclass(frozen=True)
class Written:
    """One document. `name` is its file's stem, made of ids only; `subject` is neutral: a reference and no name."""

    name: str
    docx: bytes
    subject: str
    about: tuple[Extraction, ...]  # the children it was asked for: one for a letter, a list for a panel
    recipient: Recipient | None = None
    gaps: tuple[str, ...] = ()  # the blanks that a person must fill
    vectors: "Mapping[bytes, Drawing]" = field(default_factory=dict)  # its pictures that a PDF draws
