"""What a Word file asks for from outside itself. Nothing of it is fetched or started; a person is told."""

import re
import zipfile
from posixpath import basename
from typing import Any

from lxml import etree

from vsdocs.readers.word_package import Package
from vsdocs.readers.word_styles import W

_FAR = re.compile(r"(?:https?|ftp|mhtml):|file:(?://[^/]|/{4}|/*\\\\)|\\\\|//", re.IGNORECASE)
_FIELDS = re.compile(
    r"^\s*(?:(?:DDE|DDEAUTO)\b|(?:INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK)\b.*(?:https?:|\\\\))", re.IGNORECASE
)


def reaches_out(package: Package, body: Any) -> bool:
    """Whether opening the file in Word would fetch something from another computer, or talk to another program.

    Links that a person must click do no harm by themselves, nor do templates on the school's own drives.
    """
    return any(_is_far(package, name) for name in package.names if name.endswith(".rels")) or any(
        _FIELDS.match(words) for words in _instructions(body)
    )


def _is_far(package: Package, name: str) -> bool:
    try:
        links = list(package.xml(name))
    except (etree.XMLSyntaxError, KeyError, zipfile.BadZipFile):  # of a part that nothing was read from
        return False
    for rel in links:
        kind, target = basename(rel.get("Type", "")), rel.get("Target", "")
        if rel.get("TargetMode") != "External" or kind == "hyperlink" or not _FAR.match(target):
            continue
        if kind != "attachedTemplate" or re.match("https?:", target, re.IGNORECASE):
            return True
    return False


def _instructions(body: Any) -> list[str]:
    """What the fields of a part do: each from its beginning, however many pieces it was written in."""
    found = [element.get(W + "instr", "") for element in body.iter(W + "fldSimple")]
    for element in body.iter(W + "fldChar", W + "instrText"):
        if element.tag == W + "fldChar":
            if element.get(W + "fldCharType") == "begin":
                found.append("")
        elif found:
            found[-1] += element.text or ""
    return found
