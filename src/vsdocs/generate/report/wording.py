"""The sections and sentences of reports, which are data: `templates/report/*.yaml`, or a council's own of that name."""

from functools import cached_property
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, model_validator

from vsdocs import packs
from vsdocs.cohort.kpis import all_kpis
from vsdocs.cohort.year import GROUPS
from vsdocs.errors import PackError
from vsdocs.generate.report import slots
from vsdocs.packs import did_you_mean
from vsdocs.record import Frozen
from vsdocs.settings import Settings

Model = TypeVar("Model", bound=BaseModel)


#: what a section shows that vsdocs makes: `specials.SPECIALS`, and two that the report itself sees to
SPECIALS = (
    "places", "sign_off", "facts", "key_points", "headlines", "area_sentences", "pointers", "definitions", "published", "ofsted",
    "placements", "destinations", "activities", "training", "advice", "pp_plus",
)  # fmt: skip
SHARES = ("pep_gold", "pep_green", "pep_amber", "pep_red")


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
    kind: Literal["bars", "lines", "shares", "subjects", "parts", "across"]
    caption: str
    kpis: tuple[str, ...] = ()
    group: str | None = None
    special: Literal["ofsted"] | None = None

    @model_validator(mode="after")
    def _has_what_it_draws(self) -> "Chart":
        if self.kind == "across":
            if (self.group is None) == (self.special is None):
                raise ValueError("a chart across shows a group, or is special: give one of them")
        elif not self.kpis:
            raise ValueError("a chart of this kind shows figures: give kpis")
        elif self.kind == "parts" and self.group is None:
            raise ValueError("a chart of parts shows those of a group: give group")
        elif self.kind == "shares" and self.kpis != SHARES:
            raise ValueError(f"a chart of shares shows the four grades: kpis: [{', '.join(SHARES)}]")
        return self


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


class Tells(Frozen):
    """Figures that a publishable edition hides where they hold of none of the children, and where of all."""

    none: tuple[str, ...]
    all: tuple[str, ...]


class Ambition(Frozen):
    """What the standards ask of a figure, where no published one says it."""

    kpi: str
    at_least: float
    source: str


class Words(Frozen):
    """`words.yaml`."""

    sentences: dict[str, str]
    margins: dict[str, str]
    no_data: str
    small_cohort: str
    hidden: str
    hidden_note: str
    tells_of_each: Tells
    few: str
    few_note: str
    place: str
    nouns: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    singular: dict[str, str] = Field(default_factory=dict)
    progress: tuple[str, ...] = ()
    beside: tuple[str, ...]
    headlines: tuple[str, ...]
    ambitions: tuple[Ambition, ...] = ()
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
    kpis: tuple[str, ...]


class Audiences(Frozen):
    """`audiences.yaml`."""

    audiences: dict[str, Audience]
    changes: dict[str, tuple[str, ...]]  # how often -> the figures that change so often

    def change(self, kpi: str) -> str:
        return next((how_often for how_often, kpis in self.changes.items() if kpi in kpis), "")


class Young(Frozen):
    """`young.yaml`: the young people's version."""

    left_out: str
    hello: tuple[str, ...]
    parts: tuple["YoungPart", ...]
    none: str
    goodbye: tuple[str, ...]


class YoungChart(Frozen):
    """Ten little people for each figure. `about`: what is read aloud before the lines, `line` what of each."""

    caption: str
    kpis: dict[str, str]  # KPI -> what its row says
    about: str
    line: str
    nearly: str


class YoungPart(Frozen):
    heading: str
    new_page: bool = False
    chart: YoungChart | None = None
    points: tuple[str, ...] = ()
    before: str = ""
    lines: dict[str, str] = Field(default_factory=dict)  # KPI -> its sentence
    after: str = ""


class Wording:
    """The packs of a council, each read and checked when it is asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def outline(self) -> Outline:
        pack, outline = self._read("annual", Outline)
        slips: list[str] = []
        known = {section.id for section in outline.sections if section.under is None}
        for at, section in enumerate(outline.sections):
            place = pack.place(("sections", at))
            if section.under is not None and section.under not in known:
                slips.append(
                    f"{place}: no section of the first level is called {section.under!r}{did_you_mean(section.under, known)}"
                )
            for number, part in enumerate(section.parts):
                at_part = pack.place(("sections", at, "parts", number))
                slips += [f"{at_part}: {slip}" for slip in _slips(part)]
        return _sound(outline, [*slips, *slots.outline(pack)])

    @cached_property
    def words(self) -> Words:
        pack, words = self._read("words", Words)
        slips = [*slots.named(pack, "sentences", slots.SENTENCES), *slots.named(pack, "margins", slots.MARGINS),
                 *slots.named(pack, "editions", slots.EDITIONS), *slots.single(pack, slots.WORDS),
                 *slots.named(pack, "groups", dict.fromkeys(GROUPS, ()))]  # fmt: skip
        slips += [
            f"{pack.place((name,))}: {slip}"
            for name, kpis in (
                ("progress", words.progress),
                ("headlines", words.headlines),
                ("ambitions", [one.kpi for one in words.ambitions]),
                *words.nouns.items(),
                ("tells_of_each", words.tells_of_each.none),
                ("tells_of_each", words.tells_of_each.all),
            )
            for slip in _unknown(kpis, all_kpis(), "figure")
        ]
        return _sound(words, slips)

    @cached_property
    def audiences(self) -> Audiences:
        pack, found = self._read("audiences", Audiences)
        listed: dict[tuple[str, ...], tuple[str, ...]] = {
            ("audiences", name, "kpis"): one.kpis for name, one in found.audiences.items()
        }
        listed |= {("changes", how_often): kpis for how_often, kpis in found.changes.items()}
        slips = [
            f"{pack.place(path)}: {s}" for path, kpis in listed.items() for s in _unknown(kpis, all_kpis(), "figure")
        ]
        slips += [
            f"{pack.place(('audiences', name, 'kpis'))}: how often {kpi!r} changes is not said under `changes`"
            for name, one in found.audiences.items()
            for kpi in one.kpis
            if kpi in all_kpis() and not found.change(kpi)
        ]
        return _sound(found, slips)

    @cached_property
    def young(self) -> Young:
        pack, found = self._read("young", Young)
        kpis = [kpi for part in found.parts for kpi in (*part.lines, *(part.chart.kpis if part.chart else ()))]
        slips = [f"{pack.place(('parts',))}: {slip}" for slip in _unknown(kpis, all_kpis(), "figure")]
        return _sound(found, [*slips, *slots.single(pack, slots.YOUNG), *slots.young_lines(pack)])

    def _read(self, name: str, model: type[Model]) -> tuple[packs.Pack, Model]:
        path = self.settings.template(f"report/{name}.yaml")
        pack = packs.load(path.parent, str(path))
        return pack, pack.parse(model)


def _sound(found: Model, slips: list[str]) -> Model:
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return found


def chart_slips(chart: Chart) -> list[str]:
    """What a chart names and nothing is called."""
    groups = [chart.group] if chart.group else []
    return [*_unknown(chart.kpis, all_kpis(), "figure"), *_unknown(groups, GROUPS, "group")]


def _slips(part: Part) -> list[str]:
    kpis = [
        *part.sentences,
        *(k for one in (part.years, part.groups, part.others) if one for k in one.kpis),
    ]
    groups = [g for one in (part.groups, part.profile) if one for g in one.groups]
    slips = chart_slips(part.chart) if part.chart else []
    special = [part.special] if part.special else []
    return [
        *slips,
        *_unknown(kpis, all_kpis(), "figure"),
        *_unknown(groups, GROUPS, "group"),
        *_unknown(special, SPECIALS, "special part"),
    ]


def _unknown(names: Any, known: Any, what: str) -> list[str]:
    return [f"there is no {what} {name!r}{did_you_mean(name, known)}" for name in names if name not in known]
