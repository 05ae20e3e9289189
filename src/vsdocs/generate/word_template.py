"""Word templates that a council edits in Word: `{{ placeholders }}` in, a finished .docx out.

A template is filled from one pydantic model, whose fields are the placeholders and whose descriptions explain them. Text
from a PEP prints literally, whatever it holds: `&`, `<`, `{{ 7*7 }}`. The bytes depend on nothing but the arguments and the
files that they name. `{{ logo }}` and `{{ signature }}`, each alone in its paragraph, may stand in every template.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate
from markupsafe import escape
from pydantic import BaseModel

from vsdocs.errors import PackError
from vsdocs.generate.plain import one_line
from vsdocs.generate.word.blank import blank, drop_idle_pictures
from vsdocs.generate.word.placeholders import Checker, parts_of
from vsdocs.generate.word.values import context, environment
from vsdocs.generate.word.wrong import wrong_things
from vsdocs.settings import Settings

AUTHOR = "Virtual School"  # where the settings name no authority
REFERENCE = "vsdocs-reference"  # the property by which a file that went astray is traced
ADVICE = "Correct the template in Word; templates/README.md lists its placeholders."

_NO_SETTINGS = Settings()


def fill(
    template: Path, values: BaseModel, *, title: str, reference: str, today: date, settings: Settings = _NO_SETTINGS
) -> bytes:
    """The template with its placeholders filled, as the bytes of a .docx dated `today`."""
    word = DocxTemplate(io.BytesIO(blank(template, settings.look)))
    word.render(context(values) | _read_aloud(values, settings), environment(), autoescape=True)
    drop_idle_pictures(word.docx)
    made, author = datetime.combine(today, time()), _short(settings.authority.name or AUTHOR)
    core = word.docx.core_properties
    core.title, core.identifier, core.author, core.last_modified_by = _short(title), _short(reference), author, author
    core.language, core.comments, core.keywords, core.subject, core.category = "en-GB", "", "", "", ""
    core.created, core.modified, core.revision = made, made, 1
    _add_reference(word.docx.part.package, reference)
    saved = io.BytesIO()
    word.save(saved)
    return repacked(saved.getvalue(), today)


def _read_aloud(values: BaseModel, settings: Settings) -> dict[str, str]:
    """What stands for the pictures where a letter is read aloud."""
    lead, authority = getattr(values, "lead", ""), settings.authority.name
    return {
        "logo_says": settings.look.logo_says or (f"Logo of {authority}" if authority else "Logo"),
        "signature_says": f"Signature of {lead}" if lead and not lead.startswith("[") else "Signature",
    }


def _short(text: str) -> str:
    """A property holds 255 characters at most."""
    return one_line(text)[:255]


def _add_reference(package: Any, reference: str) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{REFERENCE}">'
        f"<vt:lpwstr>{escape(one_line(reference))}</vt:lpwstr></property></Properties>"
    )
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    part = Part(PackURI("/docProps/custom.xml"), kind, xml.encode(), package)
    package.relate_to(part, f"{office}/relationships/custom-properties")


def repacked(docx: bytes, day: date) -> bytes:
    """The same .docx with every part dated `day`, so that equal letters are equal byte for byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            small = name.endswith(".png")  # already
            info.compress_type, info.create_system = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED, 0
            new.writestr(info, old.read(name))
    return out.getvalue()


def check(template: Path, sample: BaseModel, required: Iterable[str], settings: Settings = _NO_SETTINGS) -> None:
    """Raise PackError with every fault of a template: each wrong or missing placeholder, its place, its likely spelling.

    `sample` is a full set of values: its model says which placeholders there are, and it is rendered as a last trial.
    """
    try:
        document = Document(str(template))
        parts = parts_of(document)
    except Exception:  # python-docx raises half a dozen kinds for a file that is no Word file
        raise PackError(
            f"{template.name}: this is not a Word file (.docx), or it is damaged",
            "Copy the template that ships with vsdocs and edit that in Word.",
        ) from None
    faults = [f"{template.name}: {what}" for what in wrong_things(document)]
    used: set[str] = set()
    for part, paragraphs in parts.items():
        checker = Checker(f"{template.name}: {part}", paragraphs, type(sample))
        faults += checker.faults()
        used |= checker.used
    faults += [f"{template.name}: the placeholder {{{{ {name} }}}} is missing" for name in required if name not in used]
    if not faults:
        faults = _trial(template, sample, settings)
    if faults:
        raise PackError("\n".join(faults), ADVICE)


def _trial(template: Path, sample: BaseModel, settings: Settings) -> list[str]:
    """Faults that show only when the template is filled, with much and with nothing: a loop that a table cuts in two."""
    for values in (sample, _emptied(sample)):
        try:
            filled = fill(template, values, title="Trial", reference="trial", today=date(2000, 1, 1), settings=settings)
            left = list(_left_over(filled))
        except Exception as error:  # docxtpl passes on whatever lxml and Jinja raise
            return [f"{template.name}: cannot be filled: {error}"]
        if left:
            return [f"{template.name}: {text}: these braces are not a placeholder" for text in left]
    return []


def _emptied(sample: BaseModel) -> BaseModel:
    """The same with empty texts and lists."""
    empty: dict[type, object] = {str: "", tuple: ()}
    return sample.model_copy(update={name: empty[type(value)] for name, value in sample if type(value) in empty})


def _left_over(docx: bytes) -> Iterator[str]:
    for paragraphs in parts_of(Document(io.BytesIO(docx))).values():
        yield from (text for text in paragraphs if re.search(r"\{\{|\}\}|\{%|%\}", text))
