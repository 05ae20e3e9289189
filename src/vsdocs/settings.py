"""Where things are, and what a council says of itself in `vsdocs.toml`: its name and address, its look, its own templates."""

import re
import sys
import tomllib
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from vsdocs.errors import PackError
from vsdocs.packs import Pack, Place

DEFAULT_RUBRIC = "dorset-2025-26"
FILE = "vsdocs.toml"


def is_address(text: str) -> bool:
    """Is this one e-mail address and nothing else?"""
    return re.fullmatch(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", text, re.ASCII) is not None


def _address(text: str) -> str:
    """One e-mail address and nothing else: no comma, no line break, no display name."""
    if not is_address(text):
        raise ValueError(f"{text!r} is not one e-mail address")
    return text


Address = Annotated[str, AfterValidator(_address)]
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\r\n]*$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Authority(_Part):
    """Who writes. What is not given stands as a visible blank in what is written."""

    name: Line | None = None
    number: Annotated[str, Field(pattern=r"^\d{3}$")] | None = (
        None  # the first three digits of its schools' DfE numbers
    )
    address: tuple[Line, ...] = ()
    telephone: Line | None = None
    email: Address | None = None


class Look(_Part):
    """How what we write looks. Paths are relative to the settings file."""

    logo: Path | None = None
    logo_says: Line | None = None  # what stands for the logo where it is read aloud
    signature: Path | None = None  # a picture of it
    colour: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] = "#1F3A5F"  # of headings
    templates: Path | None = None  # a folder of `vsdocs templates copy`; ours where it is not given


class Post(_Part):
    """Whom drafts of e-mails may be written to: addresses that end so ('.sch.uk'); anybody where nothing is given."""

    domains: tuple[Line, ...] = ()
    practice: Address | None = None  # who gets what is written in practice mode


class Settings(_Part):
    authority: Authority = Authority()
    look: Look = Look()
    post: Post = Post()

    @property
    def templates(self) -> Path:
        """The folder with the templates: the council's own, or those that ship."""
        return self.look.templates or data_folder("templates")

    def template(self, *names: str) -> Path:
        """The first of these files that the council's own folder has, else the first that ships."""
        places = [folder / name for folder in (self.templates, data_folder("templates")) for name in names]
        return next((path for path in places if path.is_file()), places[-1])


def load(folder: Path | None = None) -> Settings:
    """The settings of `vsdocs.toml` in this folder (the working one), else in the user's own; the defaults where there are none.

    Raises `PackError` with every slip as `file:line:column`, and where a file that it names is not there.
    """
    for place in (folder or Path(), platformdirs.user_config_path("vsdocs", appauthor=False, roaming=False)):
        if (path := place / FILE).is_file():
            return _load(path)
    return Settings()


def _load(path: Path) -> Settings:
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"{where[1]}:{where[2]}" if where else "1:1"
        raise PackError(f"{FILE}:{place}: {error}", 'Texts stand in quotes: name = "Brightwater".') from None
    except (UnicodeDecodeError, OSError):
        raise PackError(f"{FILE}:1:1: cannot be read as UTF-8 text", "Save the file as UTF-8 text.") from None
    pack = Pack(path.stem, data, _places(text))
    settings = pack.parse(Settings)
    look = settings.look
    found: dict[str, Path] = {}
    slips = []
    for name in ("logo", "signature", "templates"):
        if (named := getattr(look, name)) is not None:
            found[name] = path.parent / named
            if not found[name].exists():
                slips.append(f"{pack.place(('look', name))}: there is no {named} beside this file")
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return settings.model_copy(update={"look": look.model_copy(update=found)})


def _places(text: str) -> dict[tuple[str | int, ...], Place]:
    """Where each key stands. TOML's own reader does not say; keys of ours are plain words in plain tables."""
    places: dict[tuple[str | int, ...], Place] = {(): (FILE, 1, 1)}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            table = tuple(head[1].split("."))
            places.setdefault(table, (FILE, number, line.index("[") + 1))
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            places.setdefault((*table, *key[1].split(".")), (FILE, number, key.start(1) + 1))
    return places


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
