"""Labels that ask for two things at once: 'Which school, and when did they join?', 'UPN / home language'."""

import re
from collections.abc import Sequence
from functools import lru_cache

from vsdocs.extract import values
from vsdocs.extract.answers import DATES, TYPED
from vsdocs.extract.found import BY_ANSWER
from vsdocs.extract.vocabulary import FormVocabulary
from vsdocs.extract.wording import LONGEST_TEXT, SURE, Match, normal

_ASKS = r"(?:when|where|who|what|how|which|since)"
_CLAUSES = re.compile(
    rf"\?\s*(?:and\s+)?|,?\s+and\s+(?={_ASKS}\b)|,\s+(?={_ASKS}\b)|,?\s+(?:and|&)\s+|\s*[/;]\s*", re.IGNORECASE
)
_SEVERAL = re.compile(r"[?,/;&]|\band\b")  # what clauses stand between
_BOTH = re.compile(rf"^({_ASKS}) (?:and|&) ({_ASKS})\b(.*)$", re.IGNORECASE)
_IF = re.compile(r"^if (?:so|yes|not|any),?\s+", re.IGNORECASE)
_PIECES = re.compile(r"(?<=[^\W\d_)]{3})\.\s+|(?<=\d)\.\s+(?=[A-Z])|;\s*|\n|\s+/\s+")
_LEADS = re.compile(
    r"(?:[\s,;:(–-]|\b(?:since|from|on|joined|started|until|in|by|there|dated?|date)\b)+$", re.IGNORECASE
)
_PREDICATE = re.compile(r"\s+(?:is|are|was|were)\s.*$", re.DOTALL)
_PLACE = re.compile(r"\b(?:in|at)\s+(?:the\s+)?(?!\d)([^\W\d][^.,;\n]{2,60})", re.IGNORECASE)
_SCORE = re.compile(
    r"([A-Za-z][A-Za-z -]{2,60}?)(?:\s*[:=–-]\s*|\s+(?:is|was|of|at)\s+|\s+)(\d{1,2})\b(?![%.]?\d|/\d\d/)"
)
_SCORES = frozenset(f"sdq.{each}" for each in ("total", "emotional", "conduct", "hyperactivity", "peer", "prosocial"))
_SHORT = frozenset({"child", "school", "meeting", "send", "sdq"})  # parts of a PEP whose answers are a few words
_LONGEST_ANSWER = 1_000  # characters
_FIGURES = frozenset({"sdq", "attendance"})  # sections whose boxes hold figures
_ROW = 3  # of them in a row
_BRIEF = 4  # words of each
_LABEL = 5  # words of the label of each
_KEPT = 4_000  # labels of which it is kept what they ask for; a form has a few hundred
_MOST = 4  # things that one label asks for


@lru_cache(maxsize=_KEPT)
def asked_together(label: str, section: str | None, vocabulary: FormVocabulary) -> tuple[Match, ...]:
    """The fields that the clauses of a label ask for, in its order; none where it asks for one thing or is not known."""
    if len(label) > LONGEST_TEXT:
        return ()
    said = normal(label)
    if not _SEVERAL.search(said):
        return ()
    said = _IF.sub("", said)
    if both := _BOTH.match(said):
        rest = _CLAUSES.split(both[3], maxsplit=1)
        clauses = [f"{both[1]}{rest[0]}", f"{both[2]}{rest[0]}", *rest[1:]]
    else:
        clauses = _CLAUSES.split(said)
    clauses = [clause for clause in clauses if clause.strip()]
    if not 1 < len(clauses) <= _MOST:
        return ()
    found = [vocabulary.field(clause, section) for clause in clauses]
    known = [match for match in found if match is not None and match.id != "other"]
    if len({match.id for match in known}) < len(known) or not known:
        return ()
    if len(known) == 1 and not re.search(rf"[?,] (?:and )?{_ASKS} ", label.casefold()):
        return ()
    if found[0] is None or (len(known) > 1 and any(_is_long(match.id) for match in known)):
        return ()
    return tuple(match for match in found if match is not None)


def shared_out(fields: Sequence[Match], answer: str) -> dict[str, str]:
    """Which part of one answer belongs to which of the fields asked for together; a field may get none."""
    if (len(fields) == 1 and _is_long(fields[0].id)) or len(answer) > _LONGEST_ANSWER:
        return {fields[0].id: answer}
    spans = values.find_dates(answer)
    shares = dict(zip((m.id for m in fields if m.id in DATES), (answer[a:b] for a, b in spans), strict=False))
    shares |= {m.id: answer for m in fields if m.id in TYPED}
    pieces = [piece for piece in _PIECES.split(answer) if piece.strip()]
    wordy = [piece for piece in pieces if not values.read_upn(piece)]
    for match in fields:
        if match.id in DATES or match.id in TYPED:
            continue
        if match.id == "meeting.venue":
            places = _PLACE.findall(answer)
            if places:
                shares[match.id] = places[-1].strip()
        elif wordy and (text := _before_date(wordy.pop(0))):
            shares[match.id] = text
    return shares


def _is_long(path: str) -> bool:
    """Whether a field's answer may be sentences, of which none can be told to be another's."""
    return path != "other" and path.partition(".")[0] not in _SHORT


def _before_date(piece: str) -> str:
    """A piece of an answer up to its date, without the words that lead to the date."""
    spans = values.find_dates(piece)
    text = _LEADS.sub("", piece[: spans[0][0]]) if spans else piece
    return _PREDICATE.sub("", text).strip(" .,;")


def each_of(label: str, answer: str, section: str | None, vocabulary: FormVocabulary) -> list[tuple[Match, str]]:
    """The single boxes of 'Emotional / Conduct / Peer' over '5 / 1 / 3', each with its answer; none where it is none."""
    labels, answers = label.split("/"), answer.split("/")
    if not 1 < len(labels) == len(answers):
        return []
    found = [vocabulary.field(part, section) for part in labels]
    sure = [match for match in found if match is not None and match.score >= SURE and match.id != "other"]
    told = len({match.id for match in sure}) == len(labels)
    return list(zip(sure, (part.strip() for part in answers), strict=True)) if told else []


def lost_fields(section: str | None, text: str, vocabulary: FormVocabulary) -> list[tuple[Match, str]]:
    """The single boxes of figures in a row, each after its label: 'Emotional __ | Conduct 2 | Total 23'; none where it is none."""
    if section not in _FIGURES or len(text) > _LONGEST_ANSWER:
        return []
    words = re.sub(r"[|\t]", " ", text.partition("\n")[0]).split()
    told: list[tuple[Match, list[str]]] = []
    at = 0
    while at < len(words):
        found, length = _field_at(words[at:], section, vocabulary) if words[at][:1].isupper() else (None, 0)
        if found:
            told.append((found, []))
            at += length
        else:
            if told:
                told[-1][1].append(words[at])
            at += 1
    figures = [(found, " ".join(said)) for found, said in told]
    once = len({found.id for found, _ in figures}) == len(figures) >= _ROW
    brief = all(len(said.split()) <= _BRIEF for _, said in figures[:-1])
    return (
        [(found, re.sub(r"[_.…—-]{2,}|^[—-]$", "", said).strip()) for found, said in figures] if once and brief else []
    )


def scores_told(text: str, vocabulary: FormVocabulary) -> list[tuple[Match, str]]:
    """The scores of an SDQ told in a sentence: 'Total 11. Emotional 4, conduct 1 and peer problems 3'; none where there are few."""
    told: dict[str, tuple[Match, str]] = {}
    for found in _SCORE.finditer(text[:_LONGEST_ANSWER]):
        words = found[1].split()
        for start in range(max(0, len(words) - _LABEL), len(words)):
            known = vocabulary.field(" ".join(words[start:]), "sdq")
            if known and known.score >= SURE and known.id in _SCORES:
                told.setdefault(known.id, (known, found[2]))
                break
    if len(told) < _ROW:
        return []
    return [*told.values(), *((Match(path, BY_ANSWER), said) for path, said in values.tells_sdq(text).items())]


def _field_at(words: list[str], section: str, vocabulary: FormVocabulary) -> tuple[Match | None, int]:
    """The box of a section that a known label at the start of some words stands for, and how many words it has."""
    for length in range(min(_LABEL, len(words)), 0, -1):
        found = vocabulary.field(" ".join(words[:length]), section)
        ours = found is not None and found.score >= SURE and found.id.startswith(f"{section}.")
        if ours and not words[length - 1][:1].isdigit() and words[length - 1].strip("_.…—-"):
            return found, length
    return None, 0


def answered_together(
    label: str, answer: str, section: str | None, known: Match | None, vocabulary: FormVocabulary
) -> list[tuple[Match, str]]:
    """The single boxes that a label asks for at once, each with its share of the answer; none where it asks for one.

    `known`: what the label as a whole stands for. A date that the answer does not give keeps the words round the others.
    """
    fields = asked_together(label, section, vocabulary)
    if not fields or (known is not None and known.score >= SURE and (len(fields) < 2 or known.id != fields[0].id)):
        return []
    shares = shared_out(fields, answer) if answer else {wanted.id: "" for wanted in fields}
    for wanted in fields:
        if wanted.id in DATES and wanted.id not in shares:
            shares[wanted.id] = _without_dates(answer)
    return [(wanted, shares[wanted.id]) for wanted in fields if wanted.id in shares]


def _without_dates(answer: str) -> str:
    for start, end in reversed(values.find_dates(answer)):
        answer = f"{answer[:start]} {answer[end:]}"
    return answer


def figures_of(section: str | None, label: str, answer: str, vocabulary: FormVocabulary) -> list[tuple[Match, str]]:
    """The single boxes of which an answer holds several figures, each with its own; none where it is one answer."""
    if figures := lost_fields(section, answer, vocabulary):
        done = values.tells_sdq(answer) if section == "sdq" else {}
        return figures + [(Match(path, BY_ANSWER), said) for path, said in done.items()]
    if section == "sdq" and (scores := scores_told(answer, vocabulary)):
        return scores
    return each_of(label, answer, section, vocabulary) if section != "voice" else []
