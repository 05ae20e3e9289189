"""Where things are, and what a council says of itself in `vsdocs.toml`: its name and address, its look, its own templates."""

import re
import tomllib
import warnings
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from vsdocs.errors import PackError
from vsdocs.packs import Pack, Place

DEFAULT_RUBRIC = "dorset-2025-26"
FILE = "vsdocs.toml"
LEAST_CONTRAST = 4.5  # WCAG 2.2, level AA
MOST_BYTES, MOST_PIXELS = 5_000_000, 40_000_000  # of a picture


def _line(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("a text in quotes stands here")
    if not value.strip():
        raise ValueError("nothing stands between the quotes: write it, or take the line away")
    if re.search(r"[\x00-\x1f\x7f\x85\u2028\u2029]", value):
        raise ValueError("this is more than one line: keep it on one")
    return value


def _lines(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise ValueError('a list stands here, each text in quotes: ["1 High Street", "Brightwater"]')
    return value


def is_address(text: str) -> bool:
    """Is this one e-mail address and nothing else?"""
    return re.fullmatch(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", text, re.ASCII) is not None


def _address(text: str) -> str:
    """One e-mail address and nothing else: no comma, no line break, no display name."""
    if not is_address(text):
        raise ValueError(f"{text!r} is not one e-mail address")
    return text


def _number(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"\d{3}", value, re.ASCII):
        raise ValueError('three digits stand here, in quotes: "838"')
    return value


def _small(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or not 3 <= value <= 50:
        raise ValueError("a whole number from 3 to 50 stands here, without quotes: the DfE takes 6")
    return value


def _colour(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError('a colour is a # and six figures or letters A to F, in quotes: "#1F3A5F" is a dark blue')
    if (contrast := _contrast(value)) < LEAST_CONTRAST:
        raise ValueError(
            f"{value} is too pale to be read on white paper (contrast {contrast:.1f}, at least {LEAST_CONTRAST}): take a darker one"
        )
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError("a day stands here: 2026-09-03, year, month, day") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("a day stands here: 2026-09-03, year, month, day")
    if not 2000 <= value.year < 2100:
        raise ValueError(f"{value.year} cannot be the year of a term: is it the wrong century?")
    return value


def _days(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError("two days stand here, the first and the last: [2026-10-26, 2026-10-30]")
    return value


def luminance(colour: str) -> float:
    """How light a colour is, from 0 to 1, as WCAG 2.2 counts it."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * light for weight, light in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(colour: str) -> float:
    """The contrast of a colour on white."""
    return 1.05 / (luminance(colour) + 0.05)


Line = Annotated[str, BeforeValidator(_line)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_lines)]
Number = Annotated[str, BeforeValidator(_number)]
Address = Annotated[Line, AfterValidator(_address)]
Colour = Annotated[str, BeforeValidator(_colour)]
Day = Annotated[date, BeforeValidator(_day)]
HalfTerm = Annotated[tuple[Day, Day], BeforeValidator(_days)]
FilePath = Annotated[Path, BeforeValidator(lambda value: value if isinstance(value, Path) else _line(value))]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _is_table(cls, value: object) -> object:
        if not isinstance(value, dict | cls):
            raise ValueError(f"this is the head of a table: write [{cls.__name__.lower()}] on a line of its own")
        return value


class Authority(_Part):
    """Who writes. What is not given stands as a visible blank in what is written."""

    name: Line | None = None
    number: Number | None = None  # the first three digits of its schools' DfE numbers
    address: Lines = ()
    telephone: Line | None = None
    email: Address | None = None
    lead: Line | None = None  # who signs where a PEP names no virtual school lead


class Look(_Part):
    """How what we write looks. Paths are relative to the settings file."""

    logo: FilePath | None = None
    logo_says: Line | None = None  # what stands for the logo where it is read aloud
    signature: FilePath | None = None  # a picture of it
    colour: Colour = "#1F3A5F"  # of headings
    templates: FilePath | None = None  # a folder of `vsdocs templates copy`; ours where it is not given


class Post(_Part):
    """Whom drafts of e-mails may be written to: addresses that end so ('.sch.uk'); anybody where nothing is given."""

    domains: Lines = ()
    practice: Address | None = None  # who gets what is written in practice mode


LONGEST_TERM = 200  # days: a longer one has a slip in a year


class Term(_Part):
    """One term as the authority's calendar has it, with its first and last day, and those of the holiday in its middle."""

    name: Line  # "Autumn 2026"
    begins: Day
    ends: Day
    half_term: HalfTerm | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        if not 0 < (self.ends - self.begins).days <= LONGEST_TERM:
            raise ValueError(f"this term ends {self.ends} and begins {self.begins}: one of the two cannot be right")
        if self.half_term and not self.begins < self.half_term[0] <= self.half_term[1] < self.ends:
            raise ValueError("its half_term does not lie inside it, or its last day comes before its first")
        return self


def _listed(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise ValueError("each term has a head of its own: write [[term]], with two brackets")
    return value


class Report(_Part):
    """How reports are published."""

    small: Annotated[int, BeforeValidator(_small)] = 6  # children: numbers below it are hidden in a publishable edition


class Settings(_Part):
    authority: Authority = Authority()
    look: Look = Look()
    post: Post = Post()
    term: Annotated[tuple[Term, ...], BeforeValidator(_listed)] = ()
    report: Report = Report()

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
        what, _, where = str(error).rpartition(" (at ")
        at = re.search(r"line (\d+), column (\d+)", where)
        place = f"{at[1]}:{at[2]}" if at else f"{max(len(text.splitlines()), 1)}:1"
        raise PackError(
            f"{FILE}:{place}: {what}",
            'Texts stand in quotes, and paths are written with /: logo = "pictures/logo.png".',
        ) from None
    except (UnicodeDecodeError, OSError):
        raise PackError(f"{FILE}:1:1: cannot be read as UTF-8 text", "Save the file as UTF-8 text.") from None
    pack = Pack(path.stem, data, _places(text))
    settings = pack.parse(Settings)
    look = settings.look
    found: dict[str, Path] = {}
    slips = _term_slips(pack, settings.term)
    for name in ("logo", "signature", "templates"):
        if (named := getattr(look, name)) is not None:
            found[name] = path.parent / named
            if slip := _folder_slip(found[name]) if name == "templates" else _picture_slip(found[name]):
                slips.append(f"{pack.place(('look', name))}: {named.as_posix()} {slip}")
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return settings.model_copy(update={"look": look.model_copy(update=found)})


def _term_slips(pack: Pack, terms: tuple[Term, ...]) -> list[str]:
    """Terms that overlap, or have the same name."""
    slips = []
    ordered = sorted(enumerate(terms), key=lambda one: one[1].begins)
    for (_, before), (at, term) in pairwise(ordered):
        if term.begins <= before.ends:
            slips.append(f"{pack.place(('term', at, 'begins'))}: {term.name} begins before {before.name} has ended")
    seen: set[str] = set()
    for at, term in enumerate(terms):
        if term.name.casefold() in seen:
            slips.append(f"{pack.place(('term', at, 'name'))}: there is another term called {term.name}")
        seen.add(term.name.casefold())
    return slips


def _folder_slip(path: Path) -> str:
    if path.is_dir():
        return ""
    return (
        "is a file: name the folder that holds it"
        if path.exists()
        else "is not there: `vsdocs templates copy` makes it"
    )


def _picture_slip(path: Path) -> str:
    """Why a file cannot stand in a letter as a picture; '' if it can."""
    if not path.is_file():
        return "is not there; paths begin beside this file"
    if path.stat().st_size > MOST_BYTES:
        return "is bigger than 5 MB: save it smaller"
    from PIL import Image  # only where a picture is named

    try:
        with warnings.catch_warnings(action="error"), Image.open(path, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height <= MOST_PIXELS:
                picture.load()
                return ""
    except Exception:  # noqa: S110  # half a dozen kinds for a damaged picture
        pass
    return "is no PNG or JPEG picture of at most 40 million dots, or it is damaged"


def _places(text: str) -> dict[tuple[str | int, ...], Place]:
    """Where each key stands. TOML's own reader does not say; keys of ours are plain words in plain tables."""
    places: dict[tuple[str | int, ...], Place] = {(): (FILE, 1, 1)}
    table: tuple[str | int, ...] = ()
    count: dict[tuple[str | int, ...], int] = {}  # of the tables in a list: [[term]]
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*(\[{1,2})\s*([\w.-]+)\s*\]", line):
            table = tuple(head[2].split("."))
            places.setdefault(table, (FILE, number, line.index("[") + 1))
            if head[1] == "[[":
                at = count.get(table, 0)
                count[table] = at + 1
                table = (*table, at)
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
