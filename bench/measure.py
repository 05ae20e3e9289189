"""Measures how fast vsdocs is and writes docs/performance.md: `make bench`. Ends within 40 minutes on two cores."""

import platform
import sys
import tempfile
from datetime import date
from importlib.metadata import version
from pathlib import Path

import page
import reading
import starting
import sweeping

import vsdocs
from vsdocs.dates import in_words
from vsdocs.engine import cores

LIBRARIES = ("pypdfium2", "pdfplumber", "lxml", "python-docx", "tesserocr", "SQLAlchemy", "pydantic")
INTRODUCTION = """# How fast vsdocs is

Measured on {day} with vsdocs {version}, Python {python} and {libraries}, on {cores} cores of a shared {machine}
machine; repeat it with `make bench`. Times in one table are of one run, so believe the ratios before the times. The PEPs are
made from the fixtures: half Word, each with words of its own, 40 % PDFs with text and 10 % PDF forms, whose words repeat (what is
remembered of a text helps there as it would not on real PEPs); scans apart.
"""


def main() -> None:
    told = {
        "day": in_words(date.today()),
        "version": vsdocs.__version__,
        "python": platform.python_version(),
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "cores": cores(),
        "machine": platform.machine(),
    }
    page_of_docs = Path(__file__).parents[1] / "docs" / "performance.md"
    parts = {"One file": reading, "A sweep": sweeping, "Starting": starting, "Page and workbook": page}
    with tempfile.TemporaryDirectory() as home:
        text = INTRODUCTION.format(**told)
        for title, part in parts.items():
            text += "\n".join(["", f"## {title}", "", *part.lines(Path(home)), ""])
            sys.stdout.write(text)
    page_of_docs.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
