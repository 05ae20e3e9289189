"""The package of a Word file: its parts as XML, who refers to whom, and the limits that keep both harmless.

Only parts inside the package are read. No entity is resolved, and nothing that a part names outside the package is
looked at.
"""

import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from vsdocs.errors import FileProblem
from vsdocs.readers.word_styles import W, value

MAX_PART = 60_000_000  # bytes of one unpacked part; a large PEP has under 2 MB
MAX_UNPACKED = 500_000_000  # bytes of the whole file unpacked

_STORE = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}"
_CORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"  # by this id controls are bound to the file's title and author
_STRICT = "{http://purl.oclc.org/ooxml/"  # names in files saved as 'Strict Open XML'
_USUAL = "{http://schemas.openxmlformats.org/"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)
_YEARS = {"officeDocument/": "officeDocument/2006/", "wordprocessingml/": "wordprocessingml/2006/"}


class Package:
    """The XML parts of a file, each parsed when asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {info.filename: info for info in archive.infolist()}
        if sum(info.file_size for info in self.names.values()) > MAX_UNPACKED:
            raise FileProblem("too_big")
        for name in self.names:
            if name.endswith((".xml", ".rels")):
                with archive.open(name) as part:
                    if b"<!DOCTYPE" in part.read(4096).upper():
                        raise FileProblem("unsafe")
        self._relations: dict[str, list[tuple[str, str]]] = {}
        found = self.related("", "officeDocument")
        self.main = found[0] if found else "word/document.xml"  #: the part that holds the body

    def xml(self, name: str) -> Any:
        """The root of a part, as `parsed`. Raises KeyError where it is missing."""
        return parsed(self.text(name))

    def text(self, name: str) -> bytes:
        """A part as it stands in the package."""
        if self.names[name].file_size > MAX_PART:
            raise FileProblem("too_big")
        return self.archive.read(name)

    def optional(self, name: str) -> Any | None:
        return self.xml(name) if name in self.names else None

    def parts(self, kind: str) -> list[str]:
        """The parts of a kind ('header', 'styles') that the body refers to; if it refers to none, those so named."""
        lead = f"{dirname(self.main)}/{kind}"
        usual = re.compile(rf"{re.escape(lead)}\d*\.xml")
        return self.related(self.main, kind) or sorted(
            name for name in self.names if name.startswith(lead) and usual.fullmatch(name)
        )

    def only(self, kind: str) -> Any | None:
        """The one part of a kind that a file has at most."""
        parts = self.parts(kind)
        return self.xml(parts[0]) if parts else None

    @cached_property
    def prompts(self) -> dict[str, str]:
        """The texts that the file's controls show while they are unfilled, by name."""
        parts = self.related(self.main, "glossaryDocument")
        found: dict[str, str] = {}
        for part in self.xml(parts[0]).iter(W + "docPart") if parts else ():
            text = " ".join("".join(t.text or "" for t in part.iter(W + "t")).split())
            if text:
                found[value(part.find(f"{W}docPartPr/{W}name"))] = text
        return found

    @cached_property
    def stores(self) -> dict[str, Any]:
        """The data that controls may be bound to, by id in capitals."""
        found: dict[str, Any] = {}
        for name in self.related(self.main, "customXml"):
            for about in self.related(name, "customXmlProps"):
                found[self.xml(about).get(_STORE + "itemID", "").upper()] = self.xml(name)
        for name in self.related("", "core-properties"):
            found[_CORE] = self.xml(name)
        return found

    def related(self, name: str, kind: str) -> list[str]:
        """The parts of one kind ('header', 'styles') that a part ('' for the package) refers to, each once."""
        if name not in self._relations:
            self._relations[name] = list(self._related(name))
        return list(dict.fromkeys(part for type_, part in self._relations[name] if type_.endswith(f"/{kind}")))

    def _related(self, name: str) -> Iterator[tuple[str, str]]:
        """The type and the name of each part of the package that a part refers to."""
        folder, base = dirname(name), name.rpartition("/")[2]
        rels = self.optional(join(folder, "_rels", f"{base}.rels"))
        for rel in rels if rels is not None else ():
            if rel.get("TargetMode") != "External":
                target = rel.get("Target", "")
                part = normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))
                if part in self.names:
                    yield rel.get("Type", ""), part


def parsed(text: bytes) -> Any:
    """The root of a part. Raises FileProblem('unsafe') where it has a document type."""
    root = etree.fromstring(text, _PARSER)
    if root.getroottree().docinfo.doctype:
        raise FileProblem("unsafe")
    if str(root.tag).startswith(_STRICT):
        _rename(root)
    return root


def _rename(root: Any) -> None:
    """Gives the elements and attributes of a strict file the names that all others have."""
    for element in root.iter():
        element.tag = _usual(element.tag)
        for name in [name for name in element.keys() if name.startswith(_STRICT)]:  # noqa: SIM118 (not a dict)
            element.set(_usual(name), element.get(name))
            del element.attrib[name]


def _usual(name: str) -> str:
    if not name.startswith(_STRICT):
        return name
    rest = name.removeprefix(_STRICT)
    for strict, usual in _YEARS.items():
        if rest.startswith(strict):
            return _USUAL + usual + rest.removeprefix(strict)
    return name
