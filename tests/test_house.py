"""The house stays as it is drawn: short files, no rooms for odds and ends, and a wheel that holds what it needs."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT
from vsdocs import __version__

SOURCES = sorted((ROOT / "src").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_no_file_grows_past_600_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


def test_no_room_for_odds_and_ends() -> None:
    assert not {path.stem for path in SOURCES} & {"utils", "helpers", "types", "common", "misc"}


def test_the_changelog_begins_with_this_version() -> None:
    heading = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None
    assert heading[1] == __version__
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_no_clock_below_the_doors() -> None:
    clocks = re.compile(r"date\.today\(|datetime\.now\(|time\.time\(")
    doors = ROOT / "src" / "vsdocs" / "cli"
    assert [p.name for p in SOURCES if doors not in p.parents and clocks.search(p.read_text(encoding="utf-8"))] == []


def test_help_loads_nothing_heavy() -> None:
    heavy = (
        "spacy", "lxml", "cv2", "numpy", "pdfminer", "pypdfium2", "sqlalchemy", "docxtpl", "xlsxwriter", "pydantic", "rich",
        "yaml", "simplemma", "holidays", "reportlab", "bidi", "arabic_reshaper",
    )  # fmt: skip
    code = (
        "import sys; from click.testing import CliRunner; from vsdocs.cli import vsdocs;"
        "assert CliRunner().invoke(vsdocs, ['--help']).exit_code == 0;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_word_file_is_graded_without_what_pdfs_scans_and_letters_need() -> None:
    idle = (
        "spacy",
        "cv2",
        "numpy",
        "pdfminer",
        "pypdfium2",
        "tesserocr",
        "sqlalchemy",
        "alembic",
        "docxtpl",
        "xlsxwriter",
        "reportlab",
    )
    path = next((ROOT / "fixtures" / "peps").rglob("*.docx"))
    code = (
        "import sys; from datetime import date; from pathlib import Path; from vsdocs import pipeline, rubric, worker;"
        f"found = pipeline.read(Path({str(path)!r}).read_bytes(), 'pep.docx');"
        "assert pipeline.grade(found, rubric.load('dorset-2025-26'), date(2026, 1, 15));"
        f"print([name for name in {idle} if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_wheel_holds_rubrics_templates_and_forms(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    fonts = tmp_path / "installed" / "vsdocs" / "generate" / "pdf" / "fonts"
    assert len(list(fonts.glob("*.ttf"))) == 6
    assert len(list(fonts.glob("LICENSE-*.txt"))) == 2
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "installed")}

    def vsdocs(*arguments: str) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "vsdocs", *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert told.returncode == 0, told.stderr
        return told.stdout

    assert "dorset-2025-26" in vsdocs("rubric", "list")
    pep = next((ROOT / "fixtures" / "peps").rglob("*.docx"))
    assert '"record"' in vsdocs("extract", str(pep), "--json")
    swept = vsdocs("sweep", str(pep.parent), "--out", str(tmp_path / "out"), "--store", str(tmp_path / "store.sqlite"))
    assert "graded" in swept
    assert (
        str(tmp_path / "installed")
        in subprocess.run(
            [sys.executable, "-c", "import vsdocs; print(vsdocs.__file__)"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
