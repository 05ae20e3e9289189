"""Grids: which list a row of column heads belongs to, and which column each head is."""

import re
from collections.abc import Sequence

from vsdocs.extract.content import list_of_answers
from vsdocs.extract.kinds import KEYS, fit_columns, kind_of_column, mean_words
from vsdocs.extract.labels import SURE
from vsdocs.extract.spots import Grid, Pair, Words
from vsdocs.extract.values import read_date
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import Match, normal

_TELLING = frozenset({"money", "date", "outcome", "verdict", "reach"})  # kinds of answers that make a list of a grid
_NOW = re.compile(r"to date|so far|overall|this (?:school |academic )?year|current|total", re.IGNORECASE)
_PAST = re.compile(r"\b(?:last|previous|prior)\b", re.IGNORECASE)
_CAME = re.compile(r"\b(?:came|attend\w*|present)\b", re.IGNORECASE)
_NO_BOX = frozenset({"other", "meeting.attendees"})  # labels that do not make single boxes of heads
_WHOLE_DATE = len("2026-01-31")
_SOME = 0.7  # a head that at least a word query knows
#: outside a section of its own, a list of people is told by one of these columns
_MARKS = {"attendees": {"present", "absent"}, "contacts": {"email", "phone", "details"}}


def is_signatures(heads: Sequence[Words], vocabulary: FormVocabulary) -> bool:
    signed = any(vocabulary.column("signatures", h.text) for h in heads if h)
    present = any((c := vocabulary.column("attendees", h.text)) and c.id == "present" for h in heads if h)
    return signed and not present


def choose_list(
    heads: Sequence[Words], rows: Sequence[Sequence[Words | None]], section: str | None, vocabulary: FormVocabulary
) -> tuple[str, dict[int, str]] | None:
    """The list that these column heads belong to, and which of its columns each head is; None for no list.

    A column of ticks for one outcome is written `=met`. Heads in unknown words are told by the answers under them.
    """
    kinds = {
        at: kind_of_column((words.text for row in rows if (words := row[at])), vocabulary) for at in range(len(heads))
    }
    lengths = {at: mean_words([words.text for row in rows if (words := row[at])]) for at in kinds}
    fields = {at: found for at, head in enumerate(heads) if head and (found := vocabulary.field(head.text, section))}
    single = {at for at, found in fields.items() if found.score >= SURE and found.id not in _NO_BOX}
    known = [vocabulary.columns(head.text) if head else {} for head in heads]
    best: tuple[float, str, dict[int, str]] | None = None
    for name in KEYS:
        columns, scores, others = _columns(name, heads, [each.get(name) for each in known], kinds, vocabulary)
        sure = sum(1 for score in scores.values() if score >= _SOME)
        keyed = KEYS[name] in columns.values()
        if (
            sure > 1
            or (sure and keyed and section is None)
            or (section == name and (sure or _TELLING & set(kinds.values())))
        ):
            unknown = {at: kind for at, kind in kinds.items() if at not in columns and at not in others | single}
            if name in _MARKS and KEYS[name] not in columns.values():
                unknown |= {at: kinds[at] for at in others | single if kinds[at] == "person"}
            if name == "attainment":
                unknown = {at: kind for at, kind in unknown.items() if not _PAST.search(heads[at].text)}
            fitted = fit_columns(name, columns, unknown, lengths)
            columns, scores = columns | fitted, scores | dict.fromkeys(fitted, 0.5)
        if KEYS[name] not in columns.values() and section == name and len(columns) > 1:
            free = [at for at in range(len(heads)) if at not in columns]
            if free:
                columns[free[0]], scores[free[0]] = KEYS[name], 0.5
        total = sum(scores.values()) + (section == name)
        if name == "previous_targets" and any(
            column == "outcome" and kinds[at] in ("outcome", "verdict") for at, column in columns.items()
        ):
            total += 1.5
        told = name == "attendees" and section == "meeting" and any(_CAME.search(h.text) for h in heads if h)
        if section != name and not told and not _MARKS.get(name, set(columns.values())) & set(columns.values()):
            total -= 1.0
        if KEYS[name] in columns.values() and len(columns) > 1 and (best is None or total > best[0]):
            best = (total, name, columns)
    if best is None:
        listed = None
        if len(single) <= (len(rows) > 1) and (section is None or section not in KEYS):
            listed = list_of_answers(rows, kinds, lengths, vocabulary)
        return listed
    as_fields = sum(fields[at].score for at in single)
    if as_fields >= best[0] and best[1] != section:
        return None
    return best[1], best[2]


def _columns(
    name: str, heads: Sequence[Words], known: Sequence[Match | None], kinds: dict[int, str], vocabulary: FormVocabulary
) -> tuple[dict[int, str], dict[int, float], set[int]]:
    """Which columns of one list the heads are, how sure each is, each column once; and the heads known for none of them.

    `known`: what each head means in that list.
    """
    columns: dict[int, str] = {}
    scores: dict[int, float] = {}
    others: set[int] = set()
    roles = [at for at, kind in kinds.items() if kind == "role"]
    if name in _MARKS and len(roles) == 1:  # a column of job titles, whatever it is called
        columns[roles[0]], scores[roles[0]] = "role", 1.0
    for at, (head, found) in enumerate(zip(heads, known, strict=True)):
        if found is not None and found.id == "_other":
            others.add(at)
        if found is None or found.id == "_other" or at in columns:
            continue
        if name == "attainment" and found.score < SURE and _PAST.search(head.text):
            continue  # 'At the end of last key stage'
        if found.id == KEYS[name] and kinds[at] in ("money", "date", "reach"):
            continue
        rival = next((i for i, column in columns.items() if column == found.id), None)
        ours = _weight(head, found.id, found.score, vocabulary)
        if rival is not None and _weight(heads[rival], found.id, scores[rival], vocabulary) >= ours:
            continue
        if rival is not None:
            del columns[rival], scores[rival]
        columns[at], scores[at] = found.id, found.score
    if name == "attendees" and "name" not in columns.values():  # 'People present'
        columns |= {at: "name" for at, column in columns.items() if column == "present" and kinds[at] == "person"}
    outcomes = _outcome_heads(heads, vocabulary) if name == "previous_targets" else {}
    if len(outcomes) > 1:
        columns = {at: c for at, c in columns.items() if at not in outcomes and c != "outcome"} | outcomes
        scores = {at: scores.get(at, 1.0) for at in columns}
    if name in ("contacts", "attendees") and heads and not heads[0] and "role" not in columns.values():
        columns[0], scores[0] = "role", 0.5
    return columns, scores, others


def _weight(head: Words, column: str, score: float, vocabulary: FormVocabulary) -> tuple[float, bool, bool]:
    """How much a head counts against another for one column: 'Target grade' more than 'Predicted', 'Working at' than 'Level'."""
    words = normal(head.text).split()
    return round(score, 1), column in words, not set(words) <= set(vocabulary.vague)


def _outcome_heads(heads: Sequence[Words], vocabulary: FormVocabulary) -> dict[int, str]:
    """Columns to tick, one for each outcome: 'Met', 'Partly met', 'Not met'."""
    found: dict[int, str] = {}
    for at, head in enumerate(heads):
        if head and "/" not in head.text and len(head.text.split()) <= 3:
            outcome = vocabulary.choice("previous_targets.outcome", head.text)
            if outcome and f"={outcome}" not in found.values():
                found[at] = f"={outcome}"
    return found


def turned(
    heads: Sequence[Words], rows: Sequence[Sequence[Words | None]], section: str | None, vocabulary: FormVocabulary
) -> tuple[tuple[Words, ...], tuple[tuple[Words | None, ...], ...]] | None:
    """A grid whose items stand side by side, as heads over rows; None where it does not.

    'Target 1', 'Target 2' over rows of what is asked of each, or subjects over 'Working at', 'Aiming for', 'On track?'.
    """
    if not rows or len(heads) < 2 or any(row[0] is None for row in rows):
        return None
    sides = tuple(row[0] or heads[0] for row in rows)
    if all(is_item_head(head.text) for head in heads[1:]):
        return sides, tuple(tuple(row[at] for row in rows) for at in range(1, len(heads)))
    for name, key in KEYS.items():
        if section not in (name, None) and name != "attainment":
            continue
        down, across = _known(name, sides, vocabulary) - {key}, _known(name, heads[1:], vocabulary) - {key}
        if len(down) > 1 and not across and len(down) * 2 >= len(sides):
            subject = Words(next(vocabulary.lists[name].columns[key].labels()), heads[0].location)
            return (subject, *sides), tuple((heads[at], *(row[at] for row in rows)) for at in range(1, len(heads)))
    return None


def _known(name: str, labels: Sequence[Words], vocabulary: FormVocabulary) -> set[str]:
    found = (vocabulary.column(name, label.text) for label in labels if label)
    return {column.id for column in found if column and column.id != "_other" and column.score >= _SOME}


def is_item_head(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:smart )?(?:target|goal|outcome|objective|action|priority)?\s*(?:no\.?\s*)?(?:\d{1,2}|one|two|three|four|five|six)"
            r"|(?:smart )?(?:target|goal|outcome|objective|action|priority) [a-f]",
            normal(text) or text.strip(),
        )
    )


def best_row(rows: Sequence[Sequence[Words | None]]) -> Sequence[Words | None] | None:
    """Of several rows of figures under the same heads the one to date or of the last date; else the first filled in."""
    filled = [row for row in rows if any(w and w.text for w in row)]
    for row in filled:
        if row[0] and _is_now(row[0].text):
            return row
    told = [row for row in filled if any(row[1:])]
    dated = [(day, row) for row in told if row[0] and len(day := read_date(row[0].text) or "") == _WHOLE_DATE]
    if len(dated) == len(told) > 0:
        return max(dated, key=lambda pair: pair[0])[1]
    return filled[0] if filled else (rows[0] if rows else None)


def best_column(heads: Sequence[Words], rows: Sequence[Sequence[Words | None]]) -> int:
    """Of several columns of figures beside the same labels, the one to date or of the last date; else the first."""
    for at, head in enumerate(heads):
        if at and _is_now(head.text) and any(row[at] for row in rows):
            return at
    days = [(read_date(head.text) or "", at) for at, head in enumerate(heads) if at and any(row[at] for row in rows)]
    if days and all(len(day) == _WHOLE_DATE for day, _ in days):
        return max(days)[1]
    later = [at for at, head in enumerate(heads) if at and not _PAST.search(head.text) and any(row[at] for row in rows)]
    return later[0] if later else 1


def _is_now(label: str) -> bool:
    return bool(_NOW.search(label)) and not _PAST.search(label)


def pairs_of(spot: Grid, vocabulary: FormVocabulary) -> list[Pair]:
    """A grid that is no list: heads over the values of single boxes, or labels in the first column."""
    heads, rows, section = spot.heads, spot.rows, spot.section
    labels = [vocabulary.field(head.text, section) for head in heads]
    sides = [row[0] for row in rows if row[0] and vocabulary.field(row[0].text, section)]
    above = section != "voice" and len(sides) < sum(1 for label in labels if label) > (len(heads) > 1)
    alone = len(rows) == 1 and not sides and all(heads) and any(label and label.score >= SURE for label in labels)
    if (
        above
        or (alone and section != "voice" and len(heads) > 1)
        or (section == "voice" and len(rows) == 1 and all(heads))
    ):
        row = best_row(rows) or [None] * len(heads)
        return [
            Pair(section, head, value or Words("", head.location))
            for head, label, value in zip(heads, labels, row, strict=True)
            if label is not None or section == "voice"
        ]
    pairs = [Pair(section, heads[0], heads[1])] if section == "voice" and not rows and len(heads) == 2 else []
    at = best_column(heads, rows)
    for row in rows:
        if row[0] and len(row) > 1:
            pairs.append(Pair(section, row[0], row[at] or Words("", row[0].location)))
    return pairs
