"""What a part or a table of a form is about, told by what stands in it: for headings and column heads in unknown words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from vsdocs.extract.kinds import KEYS, fit_columns, kind_of, kind_of_column, mean_words
from vsdocs.extract.labels import SURE
from vsdocs.extract.people import MARKER, is_tick
from vsdocs.extract.spots import Grid, Line, Pair, Spot, Words
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import normal

#: parts of a PEP whose single boxes tell them; the fields of a part begin with its name
_PARTS = frozenset({"child", "school", "meeting", "send", "attendance", "sdq", "timetable"})
_ENOUGH = 3  # labels that tell a part
_PURE = 0.8  # of the labels that are known
_LONG = 5  # words: a target, an action or what money was spent on has mostly more
_SHORT = 4  # words: a level or grade has no more
_SOME = 0.5  # of a column of subjects are known ones

Columns = dict[int, str]


def part_of(spots: Sequence[Spot], vocabulary: FormVocabulary) -> str | None:
    """The section of spots under a heading in unknown words, as their labels tell; None where they do not."""
    labels = list(dict.fromkeys(_labels(spots)))
    for name in ("targets", "previous_targets", "actions", "pp_plus"):
        if sum(1 for label in labels if vocabulary.is_item(name, label)) > 1:
            return name
    pairs = [spot for spot in spots if isinstance(spot, Pair)]
    people = sum(is_person_card(pair.label.text, pair.value.text, vocabulary) for pair in pairs)
    if people > 1 and people * 2 > len(pairs):
        return "contacts"
    told: Counter[str] = Counter()
    for label in labels:
        found = [vocabulary.field(label)]
        found += [vocabulary.field_within(label, part) for part in _PARTS if found[0] is None]
        told.update(
            {known.id.partition(".")[0] for known in found if known and known.score >= SURE and known.id != "other"}
        )
    if not told:
        return None
    part, number = told.most_common(1)[0]
    return part if part in _PARTS and number >= _ENOUGH and number >= _PURE * max(told.total(), 1) else None


def is_person_card(label: str, value: str, vocabulary: FormVocabulary) -> bool:
    """Whether a label is a person's name over the role and how to reach the person, each on a line."""
    kinds = {kind_of(line, vocabulary) for line in value.split("\n")} if "\n" in value else set()
    return {"role", "reach"} <= kinds and kind_of(label, vocabulary) == "person"


def _labels(spots: Sequence[Spot]) -> Iterator[str]:
    for spot in spots:
        if isinstance(spot, Pair):
            yield spot.label.text
        elif isinstance(spot, Grid):
            yield from (head.text for head in spot.heads if head)


def list_of_answers(
    rows: Sequence[Sequence[Words | None]],
    kinds: Mapping[int, str],
    lengths: Mapping[int, float],
    vocabulary: FormVocabulary,
) -> tuple[str, Columns] | None:
    """The list that a table holds, and its columns, where no head is known; None where its answers do not tell.

    `kinds` and `lengths`, in words, of the answers go by column.
    """
    subjects = _are_subjects([words.text for row in rows if (words := row[0])], vocabulary)
    at = {kind: [column for column in kinds if kinds[column] == kind] for kind in set(kinds.values())}
    people, roles, ticks, reach = (at.get(kind, []) for kind in ("person", "role", "tick", "reach"))
    dates, money = at.get("date", []), at.get("money", [])
    wordy = [column for column in at.get("words", []) if lengths[column] > _SHORT]
    others = [column for column in kinds if kinds[column] and column > 0]
    verdicts = [column for column in others if kinds[column] in ("outcome", "verdict")]
    if subjects and others and all(lengths[column] <= _SHORT for column in others) and not (money or dates or reach):
        levels = [column for column in others if column not in verdicts]
        told = {0: "subject"} | dict(zip(levels, ("current", "target"), strict=False))
        return "attainment", told | dict.fromkeys(verdicts[:1], "on_track")
    if len(people) == len(roles) == 1 and not money:
        named = {people[0]: "name", roles[0]: "role"}
        if reach:
            return "contacts", named | dict.fromkeys(reach[:1], "details")
        return ("attendees", named | {_came(rows, ticks): "present"}) if ticks else None
    whose = people + roles
    if len(money) == 1 and wordy and not dates and not whose:
        return "pp_plus", {money[0]: "amount"} | dict(zip(wordy, ("purpose", "impact"), strict=False))
    if len(dates) == len(whose) == len(wordy) == 1 and not money:
        return "actions", {dates[0]: "due", whose[0]: "owner", wordy[0]: "action"}
    if len(wordy) > 1 and len(dates) == 1 and whose and lengths[wordy[0]] >= _LONG:
        return "targets", fit_columns("targets", {}, dict(kinds), dict(lengths))
    return None


def _came(rows: Sequence[Sequence[Words | None]], ticks: Sequence[int]) -> int:
    """Which column of ticks says who came: of 'Present' and 'Apologies' the fuller, of 'Invited' and 'Came' the other."""
    ticked = {at: {n for n, row in enumerate(rows) if (words := row[at]) and is_tick(words.text)} for at in ticks}
    within = [at for at in ticks if ticked[at] and any(ticked[at] < ticked[other] for other in ticks)]
    return within[0] if within else max(ticks, key=lambda at: len(ticked[at]))


def _are_subjects(answers: Sequence[str], vocabulary: FormVocabulary) -> bool:
    """Whether answers are school subjects: 'Maths', 'GCSE English', 'Combined Science'."""
    told = [normal(text) for text in answers if text]
    known = [text for text in told if any(f" {subject} " in f" {text} " for subject in vocabulary.subjects)]
    return len(told) > 1 and len(known) >= _SOME * len(told) and all(len(text.split()) <= _LONG for text in known)


def learn_columns(spots: Sequence[Spot], name: str, vocabulary: FormVocabulary) -> dict[str, str]:
    """Which columns of a list the unknown labels are that come again on each of its cards: label -> column."""
    answers: dict[str, list[str]] = {}
    for spot in spots:
        if isinstance(spot, Pair) and spot.section == name and not vocabulary.is_item(name, spot.label.text):
            answers.setdefault(normal(spot.label.text), []).append(spot.value.text)
    again = [label for label, said in answers.items() if label and len(said) > 1 and any(said)]
    found = {at: vocabulary.column(name, label) for at, label in enumerate(again)}
    known = {at: column.id for at, column in found.items() if column}
    single = {at for at, label in enumerate(again) if (box := vocabulary.field(label, name)) and box.score >= SURE}
    unknown = [at for at in range(len(again)) if at not in known and at not in single]
    if len(again) < _ENOUGH or not unknown:
        return {}
    kinds = {at: kind_of_column(answers[again[at]], vocabulary) for at in unknown}
    lengths = {at: mean_words(answers[again[at]]) for at in unknown}
    fitted = fit_columns(name, known, kinds, lengths)
    written = any(isinstance(spot, Line) and spot.section == name and MARKER.match(spot.words.text) for spot in spots)
    key = next((at for at, column in fitted.items() if column == KEYS[name]), None)
    if key is not None and (written or lengths[key] < _LONG):
        del fitted[key]
    return {again[at]: column for at, column in fitted.items()}
