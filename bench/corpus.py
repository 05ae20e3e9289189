"""PEPs for measuring: as many distinct ones as are asked for, made from the fixtures. Half are Word, 40 % PDFs with text, 10 % a
PDF form that was filled in. A Word file gets a surname of its own and words of its own in every longer text, so that nothing
that is remembered of one helps with the next; a PDF gets a comment behind its end, which changes its hash and not what is
read."""

import io
import json
import re
import zipfile
from pathlib import Path

_LONG = re.compile(rb"(<w:t(?: [^>]*)?>[^<]{40,})</w:t>")

FIXTURES = Path(__file__).parents[1] / "fixtures"
WORD = sorted(FIXTURES.glob("peps/*/*.docx"))
PDF = sorted(path for path in FIXTURES.glob("peps/*/*.pdf") if "scan" not in path.name)
FORM = sorted(FIXTURES.glob("acroform/*.pdf"))
SCAN = sorted(path for path in FIXTURES.glob("peps/*/*.pdf") if "scan" in path.name)


def make(folder: Path, count: int) -> list[Path]:
    """Write `count` PEPs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, number, _template(number)) for number in range(count)]


def scans(folder: Path, count: int) -> list[Path]:
    """Write `count` scanned PEPs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, number, SCAN[number % len(SCAN)]) for number in range(count)]


def _template(number: int) -> Path:
    turn, place = divmod(number, 10)
    kind = WORD if place < 5 else PDF if place < 9 else FORM
    return kind[(turn * 5 + place) % len(kind)]


def _write(folder: Path, number: int, template: Path) -> Path:
    path = folder / f"{number:05d}{template.suffix}"
    data = template.read_bytes()
    path.write_bytes(_renamed(data, template, number) if template.suffix == ".docx" else data + b"%% %d\n" % number)
    return path


def _renamed(data: bytes, template: Path, number: int) -> bytes:
    truth = json.loads(template.with_suffix("").with_suffix(".truth.json").read_text(encoding="utf-8"))
    old, new = truth["record"]["child"]["surname"].encode(), f"Invented{number:05d}".encode()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in parts.infolist():
            text = parts.read(part)
            if part.filename == "word/document.xml":
                text = _LONG.sub(rb"\1 Note %d.</w:t>" % number, text.replace(old, new))
            changed.writestr(part, text)
        changed.comment = b"%d" % number
    return made.getvalue()
