"""The sections and sentences of reports, which are data: `templates/report/*.yaml`, or a council's own of that name."""

from functools import cached_property
from typing import Any, TypeVar

from pydantic import BaseModel, Field, model_validator

from vsdocs import packs
from vsdocs.cohort.kpis import all_kpis
from vsdocs.cohort.year import GROUPS
from vsdocs.errors import PackError
from vsdocs.generate.report.paper_words import Sentences, bad_slots
from vsdocs.packs import did_you_mean
from vsdocs.record import Frozen
from vsdocs.settings import Settings

Model = TypeVar("Model", bound=BaseModel)


class Place(Frozen):
    """A place that a person writes in."""

    id: str
    title: str
    prompt: str


class Years(Frozen):
    kpis: tuple[str, ...]
    caption: str


class Groups(Frozen):
    kpis: tuple[str, ...]
    groups: tuple[str, ...]
    caption: str


class Profile(Frozen):
    groups: tuple[str, ...]
    caption: str


class Chart(Frozen):
    kind: str  # bars | lines | shares | subjects | parts | across
    caption: str
    kpis: tuple[str, ...] = ()
    group: str | None = None
    special: str | None = None


class Part(Frozen):
    """One thing that a section shows."""

    text: str | None = None
    heading: str | None = None
    points: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    years: Years | None = None
    chart: Chart | None = None
    groups: Groups | None = None
    others: Years | None = None  # beside every group that figures are published of
    profile: Profile | None = None
    special: str | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Part":
        if len(self.model_fields_set) != 1:
            raise ValueError("a part is one thing: text, heading, points, sentences, years, chart, groups, …")
        return self


class Section(Frozen):
    id: str
    title: str
    under: str | None = None
    annex: bool = False
    parts: tuple[Part, ...] = ()
    write: tuple[Place, ...] = ()
    commentary: bool = False


class Outline(Frozen):
    """`annual.yaml`."""

    title: str
    title_young: str
    places: tuple[Place, ...]
    sections: tuple[Section, ...]

    def places_of(self, section: Section) -> tuple[Place, ...]:
        return (*section.write, *(self.places if section.commentary else ()))


class Words(Frozen):
    """`words.yaml`."""

    sentences: dict[str, str]
    margins: dict[str, str]
    no_data: str
    small_cohort: str
    hidden: str
    hidden_note: str
    place: str
    nouns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    singular: dict[str, str] = Field(default_factory=dict)
    progress: tuple[str, ...] = ()
    beside: tuple[str, ...]
    headlines: tuple[str, ...]
    groups: dict[str, str]
    orders: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    sign_off: tuple[str, ...]
    editions: dict[str, str]

    def noun(self, kpi: str, number: int = 2) -> str:
        """What a figure counts: children, or 1 child; plans; young people."""
        noun = next((noun for noun, kpis in self.nouns.items() if kpi in kpis), "children")
        return self.singular.get(noun, noun) if number == 1 else noun

    def coded(self, kind: str, code: str) -> str:
        return self.codes.get(kind, {}).get(code, code)

    def sentence(self, name: str, **said: object) -> str:
        return self.sentences[name].format(**said)


class Audience(Frozen):
    title: str
    how_often: str


class AudienceKpi(Frozen):
    id: str
    changes: str


class Audiences(Frozen):
    """`audiences.yaml`."""

    audiences: dict[str, Audience]
    kpis: tuple[AudienceKpi, ...]


class Young(Frozen):
    """`young.yaml`: the young people's version."""

    left_out: str
    hello: tuple[str, ...]
    parts: tuple["YoungPart", ...]
    none: str
    goodbye: tuple[str, ...]


class YoungPart(Frozen):
    heading: str
    before: str = ""
    lines: dict[str, str] = Field(default_factory=dict)  # KPI -> its sentence
    after: str = ""


#: sentence of `words.yaml` -> the slots that it may use
_SAID = ("difference", "published", "group", "series", "published_year")
SENTENCES: Sentences = {
    "value": ("title", "value"), "group": ("title", "parts"), "higher": ("part", "difference"), "lower": ("part", "difference"),
    "as_high": (), "small": ("one", "worth"), "small_mean": (), "no_data": ("title", "year"), "nought": ("title",),
    "hidden": ("title",), "more": ("difference", "last_year", "last"), "less": ("difference", "last_year", "last"),
    "equal": ("last_year", "last"), "same": ("last_year", "last"), "above": _SAID, "below": _SAID,
    "in_line": _SAID[1:], "within": ("margin",), "other_year": (), "left_out": ("left_out",),
}  # fmt: skip


class Wording:
    """The packs of a council, each read and checked when it is asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def outline(self) -> Outline:
        pack, outline = self._read("annual", Outline)
        slips: list[str] = []
        known = {section.id for section in outline.sections}
        for at, section in enumerate(outline.sections):
            place = pack.place(("sections", at))
            if section.under is not None and section.under not in known:
                slips.append(f"{place}: there is no section {section.under!r}{did_you_mean(section.under, known)}")
            for part in section.parts:
                slips += [f"{place}: {slip}" for slip in _slips(part)]
        return _sound(outline, slips)

    @cached_property
    def words(self) -> Words:
        pack, words = self._read("words", Words)
        slips = [slip for name, said in words.sentences.items()
                 for slip in bad_slots(said, SENTENCES.get(name, ()), pack.place(("sentences", name)))]  # fmt: skip
        slips += [
            f"{pack.place(('sentences',))}: {name!r} is missing here"
            for name in SENTENCES
            if name not in words.sentences
        ]
        slips += [
            f"{pack.place((name,))}: {slip}"
            for name, kpis in (("progress", words.progress), ("headlines", words.headlines), *words.nouns.items())
            for slip in _unknown(kpis, all_kpis(), "figure")
        ]
        return _sound(words, slips)

    @cached_property
    def audiences(self) -> Audiences:
        pack, found = self._read("audiences", Audiences)
        slips = [f"{pack.place(('kpis',))}: {s}" for s in _unknown([k.id for k in found.kpis], all_kpis(), "figure")]
        return _sound(found, slips)

    @cached_property
    def young(self) -> Young:
        pack, found = self._read("young", Young)
        kpis = [kpi for part in found.parts for kpi in part.lines]
        return _sound(found, [f"{pack.place(('parts',))}: {slip}" for slip in _unknown(kpis, all_kpis(), "figure")])

    def _read(self, name: str, model: type[Model]) -> tuple[packs.Pack, Model]:
        path = self.settings.template(f"report/{name}.yaml")
        pack = packs.load(path.parent, str(path))
        return pack, pack.parse(model)


def _sound(found: Model, slips: list[str]) -> Model:
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return found


def _slips(part: Part) -> list[str]:
    kpis = [
        *part.sentences,
        *(k for one in (part.years, part.groups, part.others, part.chart) if one for k in one.kpis),
    ]
    groups = [g for one in (part.groups, part.profile) if one for g in one.groups]
    groups += [part.chart.group] if part.chart and part.chart.group else []
    return [*_unknown(kpis, all_kpis(), "figure"), *_unknown(groups, GROUPS, "group")]


def _unknown(names: Any, known: Any, what: str) -> list[str]:
    return [f"there is no {what} {name!r}{did_you_mean(name, known)}" for name in names if name not in known]
