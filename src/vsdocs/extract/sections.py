"""What a part of the form is about, by its labels: a heading may promise one thing and the boxes under it ask for others."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from vsdocs.extract.content import part_of
from vsdocs.extract.grids import choose_list
from vsdocs.extract.kinds import BLOCKS, KEYS
from vsdocs.extract.labels import SURE, Labels
from vsdocs.extract.people import BULLET
from vsdocs.extract.spots import Grid, Heading, Line, Pair, Spot, Title
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import normal
from vsdocs.extract.written import list_of

_ONLY_NEW = frozenset({"area", "success_criteria", "provision", "responsible", "due", "cost", "baseline"})
_CARD = 3  # labels that two cards have in common
_ALIKE = 0.8  # of the labels of a card are those of the card before it
_RUN = 200  # labels that are looked at for records
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
    for group in _cards_kept(_groups(spots)):
        section = group[0].section
        if section is None and isinstance(group[0], Heading) and (part := part_of(group, vocabulary)):
            section, group = part, [replace(spot, section=part) if spot.section is None else spot for spot in group]
        if section in ("voice", *BLOCKS) and _asks_otherwise(group, section, labels):
            settled += [replace(spot, section=None) if spot.section == section else spot for spot in group]
        elif section == "previous_targets":
            settled += _new_ones(group, vocabulary)
        else:
            settled += group
    return _records(_listed(settled, vocabulary), vocabulary)


def _listed(spots: Sequence[Spot], vocabulary: FormVocabulary) -> list[Spot]:
    """The spots, lines after bullets that are no part of a list in the section that they or the label above show."""
    told: list[Spot] = []
    for is_line, run in groupby(spots, lambda spot: isinstance(spot, Line) and bool(BULLET.match(spot.words.text))):
        lines = list(run)
        if is_line and len(lines) > 1 and lines[0].section not in vocabulary.lists:
            above = told[-1] if told else None
            label = (
                above.label.text if isinstance(above, Pair) else above.words.text if isinstance(above, Title) else ""
            )
            about = vocabulary.section(label) if label else None
            texts = [spot.words.text for spot in lines if isinstance(spot, Line)]
            name = about.id if about and about.score >= SURE and about.id in KEYS else list_of(texts, vocabulary)
            lines = [replace(spot, section=name) if name else spot for spot in lines]
        told += lines
    return told


def _records(spots: Sequence[Spot], vocabulary: FormVocabulary) -> list[Spot]:
    """The spots, with a table for labels that come again in one order outside a list: 'Name', 'Role', 'Name', 'Role'."""
    found: list[Spot] = []
    at = 0
    while at < len(spots):
        rows = _rows_at(spots, at) if spots[at].section not in (*KEYS, "voice") else []
        heads = tuple(pair.label for pair in rows[0]) if rows else ()
        body = tuple(tuple(pair.value for pair in row) for row in rows)
        if rows and choose_list(heads, body, None, vocabulary) is not None:
            found.append(Grid(spots[at].section, heads, body))
            at += len(rows) * len(heads)
        else:
            found.append(spots[at])
            at += 1
    return found


def _rows_at(spots: Sequence[Spot], at: int) -> list[list[Pair]]:
    """The pairs from a place on as rows of the same labels; none where their labels do not come twice in one order."""
    pairs: list[Pair] = []
    for spot in spots[at : at + _RUN]:
        if not isinstance(spot, Pair) or spot.section != spots[at].section:
            break
        pairs.append(spot)
    labels = [normal(pair.label.text) for pair in pairs]
    width = labels.index(labels[0], 1) if labels and labels[0] in labels[1:] else 0
    rows = [pairs[start : start + width] for start in range(0, len(pairs), width)] if width > 1 else []
    alike = list(takewhile(lambda row: [normal(pair.label.text) for pair in row] == labels[:width], rows))
    return alike if len(alike) > 1 else []


def _new_ones(group: Sequence[Spot], vocabulary: FormVocabulary) -> Iterator[Spot]:
    """The spots under a heading of old targets, those of new ones that follow without a heading as targets.

    A 'Target 1' is a new one if what stands under it asks what only new targets are asked: who, by when, what help.
    """
    block: list[Spot] = []
    for spot in [*group, None]:
        opens = isinstance(spot, Pair) and vocabulary.is_item("targets", spot.label.text)
        if spot is None or opens:
            labels = [each.label.text for each in block if isinstance(each, Pair)]
            told = {c.id for text in labels if (c := vocabulary.column("targets", text)) and c.score >= SURE}
            old = {c.id for text in labels if (c := vocabulary.column("previous_targets", text)) and c.score >= SURE}
            new = len(told & _ONLY_NEW) > 1 and "outcome" not in old
            yield from (replace(each, section="targets") if new else each for each in block)
            block = []
        if spot is not None:
            block.append(spot)


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


def _cards_kept(groups: Iterator[list[Spot]]) -> Iterator[list[Spot]]:
    """The groups, a card of a list whose title is also that of a section with the cards before it: '2. Attendance'."""
    asked: set[str] = set()
    name: str | None = None
    for group in groups:
        labels = [normal(spot.label.text) for spot in group if isinstance(spot, Pair)]
        again = [label for label in labels if label in asked]
        if name and group[0].section != name and len(again) >= _CARD and len(again) >= _ALIKE * len(labels):
            heading = group[0]
            kept = [spot for spot in group[1:] if not isinstance(spot, Title)]
            title = [Title(name, heading.words)] if isinstance(heading, Heading) else []
            yield [*title, *(replace(spot, section=name) for spot in kept)]
            continue
        name = group[0].section if group[0].section in BLOCKS else None
        asked = set(labels) if name else set()
        yield group


def _asks_otherwise(group: Sequence[Spot], section: str, labels: Labels) -> bool:
    pairs = [spot for spot in group if isinstance(spot, Pair)]
    if section in BLOCKS and all(isinstance(spot, (Heading, Title, Pair)) for spot in group):
        asked = [pair.label.text for pair in pairs if normal(pair.label.text) != normal(_heading(group))]
        columns = [labels.vocabulary.column(section, text) for text in asked]
        sure = any(column is not None and column.score >= SURE for column in columns)
        if len(asked) > 1 and len(set(asked)) == len(asked) and not sure and all(text.endswith("?") for text in asked):
            return True
    others = [spot for spot in pairs if _is_other(spot.label.text, section, labels)]
    enough = _ENOUGH if section == "voice" or len(others) < len(pairs) else _ENOUGH - 1
    return len(others) >= enough and len(others) * 2 > len(pairs)


def _heading(group: Sequence[Spot]) -> str:
    return group[0].words.text if isinstance(group[0], Heading) else ""


def _is_other(text: str, section: str, labels: Labels) -> bool:
    """Whether a label is a known one of a single box that has no place in this section."""
    if labels.is_asked_of_child(text) or text.rstrip().endswith("?"):
        return False
    column = labels.vocabulary.column(section, text) if section in labels.vocabulary.lists else None
    if column is not None and column.score >= SURE:
        return False
    known = labels.vocabulary.field(text)
    if known is not None and known.id == "other":
        return known.score == 1.0
    return known is not None and known.score >= SURE and (section != "voice" or known.id not in _PERSONAL)
