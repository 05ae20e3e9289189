"""Where things are: the rubrics and templates that ship with vsdocs, and the store on this machine."""

import sys
from pathlib import Path

import platformdirs

DEFAULT_RUBRIC = "dorset-2025-26"


def data_folder(name: str) -> Path:
    """The shipped folder `rubrics` or `templates`: inside an installed wheel, or at the top of a checkout."""
    installed = Path(__file__).parent / "_data" / name
    if installed.is_dir():
        return installed
    return Path(__file__).parents[2] / name


def default_store() -> str:
    """Path of the store where `--store` does not name one: local to this machine, never a roaming profile."""
    return str(platformdirs.user_data_path("vsdocs", appauthor=False, roaming=False) / "vsdocs.sqlite")


def is_terminal() -> bool:
    return sys.stderr.isatty()
