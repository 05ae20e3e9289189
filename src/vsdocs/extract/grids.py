"""Grids: which list a row of column heads belongs to, and which column each head is."""

import re
from collections.abc import Sequence

from vsdocs.extract.labels import SURE
from vsdocs.extract.spots import Words
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import normal

#: lists whose items may be blocks of label-value pairs, with the column that makes an item
KEYS = {
    "targets": "text",
    "previous_targets": "text",
    "pp_plus": "purpose",
    "actions": "action",
    "attainment": "subject",
    "attendees": "name",
    "contacts": "name",
}
#: outside a section of its own, a list of people is told by one of these columns
_MARKS = {"attendees": {"present", "absent"}, "contacts": {"email", "phone", "details"}}


def is_signatures(heads: Sequence[Words], vocabulary: FormVocabulary) -> bool:
    signed = any(vocabulary.column("signatures", h.text) for h in heads if h)
    present = any((c := vocabulary.column("attendees", h.text)) and c.id == "present" for h in heads if h)
    return signed and not present


def choose_list(
    heads: Sequence[Words], section: str | None, vocabulary: FormVocabulary
) -> tuple[str, dict[int, str]] | None:
    """The list that these column heads belong to, and which of its columns each head is; None for no list.

    A column of ticks for one outcome is written `=met`.
    """
    best: tuple[float, str, dict[int, str]] | None = None
    for name in KEYS:
        columns, scores = _columns(name, heads, vocabulary)
        if KEYS[name] not in columns.values() and section == name and len(columns) > 1:
            free = [at for at in range(len(heads)) if at not in columns]
            if free:
                columns[free[0]], scores[free[0]] = KEYS[name], 0.5
        total = sum(scores.values()) + (section == name)
        if section != name and not _MARKS.get(name, set(columns.values())) & set(columns.values()):
            total -= 1.0
        if KEYS[name] in columns.values() and len(columns) > 1 and (best is None or total > best[0]):
            best = (total, name, columns)
    if best is None:
        return None
    fields = [found for head in heads if head and (found := vocabulary.field(head.text, section))]
    as_fields = sum(found.score for found in fields if found.score >= SURE and found.id != "other")
    if as_fields >= best[0] and best[1] != section:
        return None
    return best[1], best[2]


def _columns(name: str, heads: Sequence[Words], vocabulary: FormVocabulary) -> tuple[dict[int, str], dict[int, float]]:
    """Which columns of one list the heads are, and how sure each is; each column once."""
    columns: dict[int, str] = {}
    scores: dict[int, float] = {}
    for at, head in enumerate(heads):
        found = vocabulary.column(name, head.text) if head else None
        if found is None or found.id == "_other":
            continue
        rival = next((i for i, column in columns.items() if column == found.id), None)
        if rival is not None and scores[rival] >= found.score:
            continue
        if rival is not None:
            del columns[rival], scores[rival]
        columns[at], scores[at] = found.id, found.score
    outcomes = _outcome_heads(heads, vocabulary) if name == "previous_targets" else {}
    if len(outcomes) > 1:
        columns = {at: c for at, c in columns.items() if at not in outcomes and c != "outcome"} | outcomes
        scores = {at: scores.get(at, 1.0) for at in columns}
    if name in ("contacts", "attendees") and heads and not heads[0] and "role" not in columns.values():
        columns[0], scores[0] = "role", 0.5
    return columns, scores


def _outcome_heads(heads: Sequence[Words], vocabulary: FormVocabulary) -> dict[int, str]:
    """Columns to tick, one for each outcome: 'Met', 'Partly met', 'Not met'."""
    found: dict[int, str] = {}
    for at, head in enumerate(heads):
        if head and "/" not in head.text and len(head.text.split()) <= 3:
            outcome = vocabulary.choice("previous_targets.outcome", head.text)
            if outcome and f"={outcome}" not in found.values():
                found[at] = f"={outcome}"
    return found


def is_item_head(text: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:smart )?(?:target|goal|outcome|objective|action|priority)?\s*(?:no\.?\s*)?\d{1,2}",
            normal(text) or text.strip(),
        )
    )


def best_row(rows: Sequence[Sequence[Words | None]]) -> Sequence[Words | None] | None:
    """Of several rows of figures under the same heads, the one to date; else the first that is filled in."""
    filled = [row for row in rows if any(w and w.text for w in row)]
    for row in filled:
        if row[0] and re.search(r"to date|overall|this year|current|total", row[0].text, re.IGNORECASE):
            return row
    return filled[0] if filled else (rows[0] if rows else None)
