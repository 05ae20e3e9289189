"""What a part of the form is about, by its labels: a heading may promise one thing and the boxes under it ask for others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from vsdocs.extract.grids import BLOCKS
from vsdocs.extract.labels import SURE, Labels
from vsdocs.extract.spots import Heading, Pair, Spot
from vsdocs.extract.vocabulary import FormVocabulary

_ENOUGH = 3  # labels of single boxes that contradict a heading
_PERSONAL = frozenset(
    [
        "other",
        "aspirations",
        "enrichment",
        "transition",
        "carer_views",
        "voice_method",
        "strengths",
        "needs",
        "qa_feedback",
    ]
)


def settle(spots: Sequence[Spot], vocabulary: FormVocabulary) -> list[Spot]:
    """The spots, with no section for those under a heading of voice or of a list whose labels ask for other things.

    'ALL ABOUT ME' heads the child's views on one form and the child's details on another.
    """
    labels = Labels(vocabulary)
    settled: list[Spot] = []
    for group in _groups(spots):
        section = group[0].section
        if section in ("voice", *BLOCKS) and _asks_otherwise(group, section, labels):
            settled += [replace(spot, section=None) if spot.section == section else spot for spot in group]
        else:
            settled += group
    return settled


def _groups(spots: Sequence[Spot]) -> Iterator[list[Spot]]:
    """The spots from one heading to the next."""
    group: list[Spot] = []
    for spot in spots:
        if isinstance(spot, Heading) and group:
            yield group
            group = []
        group.append(spot)
    if group:
        yield group


def _asks_otherwise(group: Sequence[Spot], section: str, labels: Labels) -> bool:
    pairs = [spot for spot in group if isinstance(spot, Pair)]
    others = [spot for spot in pairs if _is_other(spot.label.text, section, labels)]
    return len(others) >= _ENOUGH and len(others) * 2 > len(pairs)


def _is_other(text: str, section: str, labels: Labels) -> bool:
    """Whether a label is a known one of a single box that has no place in this section."""
    if labels.is_asked_of_child(text) or text.rstrip().endswith("?"):
        return False
    column = labels.vocabulary.column(section, text) if section in labels.vocabulary.lists else None
    if column is not None and column.score >= SURE:
        return False
    known = labels.vocabulary.field(text)
    return known is not None and known.score >= SURE and known.id not in _PERSONAL
