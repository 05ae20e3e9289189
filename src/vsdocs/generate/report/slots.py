"""The slots that the texts of the annual report's files may use, and what in them is not as it has to be.

What a sentence may use stands here, so that a slip is told with its line before anything is written.
"""

from collections.abc import Iterable, Iterator

from vsdocs.generate.report.paper_words import Sentences, bad_slots
from vsdocs.packs import Pack, did_you_mean

_SAID = ("difference", "published", "group", "series", "published_year")
_LAST = ("difference", "last_year", "last")
#: sentence of `words.yaml` -> the slots that it may use
SENTENCES: Sentences = {
    "value": ("title", "value"), "group": ("title", "parts"), "higher": ("part", "difference"), "lower": ("part", "difference"),
    "as_high": (), "small": ("one", "worth"), "small_mean": (), "no_data": ("title", "year"), "nought": ("title",),
    "hidden": ("title",), "hidden_all": ("titles",), "no_data_all": ("titles",), "more": _LAST, "less": _LAST, "fewer": _LAST,
    "up": _LAST, "down": _LAST, "like": ("group", "value"), "other_children": (), "asked": ("wanted", "source"), "no_pointer": (),
    "equal": ("last_year", "last"), "same": ("last_year", "last"), "above": _SAID, "below": _SAID,
    "in_line": _SAID[1:], "within": ("margin",), "other_year": (), "left_out": ("left_out",),
}  # fmt: skip
#: the rules by which two values are in line (figures.py)
MARGINS: Sentences = {
    "one": ("one", "margin"), "half": ("margin",), "day": ("margin",), "chance": ("margin", "n"), "none": (),
}  # fmt: skip
EDITIONS: Sentences = {"internal": (), "publishable": ()}
#: single texts of `words.yaml`
WORDS: Sentences = {
    "hidden_note": ("small",), "few": (), "few_note": ("small",), "place": ("prompt",), "no_data": (), "small_cohort": (), "hidden": (),
}  # fmt: skip
OUTLINE = ("year", "next_year")
TITLES: Sentences = {"title": ("year",), "title_young": ("year",)}
#: texts of `young.yaml`: of the whole file, and of a part
YOUNG: Sentences = {"left_out": ("small",), "hello": ("year",)}
LINE = ("value", "of")
#: texts of a part's chart
CHART: Sentences = {"caption": (), "about": (), "line": ("of_ten", "said"), "nearly": ("said",)}


def named(pack: Pack, part: str, known: Sentences) -> Iterator[str]:
    """Slips of a mapping whose keys are known: one is missing, one is called otherwise, a slot is unknown."""
    has = pack.data.get(part, {})
    yield from (f"{pack.place((part,))}: {name!r} is missing here" for name in known if name not in has)
    for name, text in has.items():
        if name not in known:
            yield f"{pack.place((part, name))}: nothing here is called {name!r}{did_you_mean(name, known)}"
        else:
            yield from bad_slots(text, known[name], pack.place((part, name)))


def single(pack: Pack, known: Sentences) -> Iterator[str]:
    """Slips of texts that stand for themselves, or of lists of them."""
    for name, slots in known.items():
        for path, text in _texts(pack.data.get(name), (name,)):
            yield from bad_slots(text, slots, pack.place(path))


def outline(pack: Pack) -> Iterator[str]:
    """Slips of the texts of `annual.yaml` that are filled in. Prompts and captions are printed as they are."""
    yield from single(pack, TITLES)
    for at, section in enumerate(pack.data.get("sections", ())):
        found: list[tuple[tuple[str | int, ...], object]] = [((), section.get("title"))]
        found += [
            (("parts", number, kind), part.get(kind))
            for number, part in enumerate(section.get("parts", ()))
            for kind in ("text", "heading", "points")
        ]
        for below, value in found:
            for path, text in _texts(value, ("sections", at, *below)):
                yield from bad_slots(text, OUTLINE, pack.place(path))


def young_lines(pack: Pack) -> Iterator[str]:
    for at, part in enumerate(pack.data.get("parts", ())):
        for kpi, text in part.get("lines", {}).items():
            yield from bad_slots(text, LINE, pack.place(("parts", at, "lines", kpi)))
        for name, text in part.get("chart", {}).items():
            if name in CHART:
                yield from bad_slots(text, CHART[name], pack.place(("parts", at, "chart", name)))


def _texts(value: object, path: tuple[str | int, ...]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        return [(path, value)]
    if isinstance(value, list):
        return [((*path, at), text) for at, text in enumerate(value) if isinstance(text, str)]
    return []
