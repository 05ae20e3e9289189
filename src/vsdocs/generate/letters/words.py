"""The PEP's own words in a letter: what is praised with, what is weak and how to put it better."""

import re
from collections.abc import Iterable

from vsdocs.document import TICKED, UNTICKED
from vsdocs.generate.case import Words
from vsdocs.generate.letters.phrases import Phrases
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import (
    asks_for_worries,
    is_glad,
    may_be_praised,
    praiseworthy,
    private,
    quotable,
    words_of_the_child,
)
from vsdocs.judgement import Finding, Judgement, Quote, TargetJudgement
from vsdocs.language.speaker import Whose
from vsdocs.record import Extraction, value_at

LONGEST_PRAISE = 300  # characters

_TARGET = re.compile(r"targets\[(\d+)\]")
_ANSWER = re.compile(r"voice\[(\d+)\]")
_OF_THE_CHILD = re.compile(r"voice\[\d+\]\.answer|aspirations")
_QUOTED = re.compile(r"‘(.+?)’(?=[\s.,;:)]|$)")
#: The child, by another word than the name; or a quotation, which is left as it is.
_CHILD = re.compile(
    r"‘.{1,1000}?’(?=[\s.,;:)]|$)|(?<!\w)'(?:[^']|'(?=\w))*'(?!\w)|(?P<child>\b[Tt]he (?:child|young person)\b)"
)
_BULLETS = re.compile(r"\s*•\s*")
_STOPS = re.compile(r"\.’(?=[.,;]|\s+[a-z])")  # a quoted full stop inside a sentence
_OUR_QUOTES = re.compile(r"(?<!Asked )(?<!Under )“([^”]+)”")


class OwnWords:
    """The words of one PEP as its letter quotes them. `reworded`: targets that a change rewords already."""

    def __init__(self, pep: Extraction, judgement: Judgement, phrases: Phrases, slots: Words) -> None:
        self.pep, self.record, self.judgement, self.phrases, self.slots = pep, pep.record, judgement, phrases, slots
        self.reworded: set[int] = set()

    def plain(self, words: str) -> str:
        """Words of the rubric: 'the child' by name, except inside words of the PEP."""
        text = _BULLETS.sub(" / ", _STOPS.sub("’", one_line(words))).replace("‘ / ", "‘").replace("….", "…")
        named = _CHILD.sub(lambda found: self.slots["forename"] if found["child"] else found[0], text)
        return private(named, self.record)

    def praise(self, finding: Finding) -> str:
        """Why a criterion is met, with the words that show it; '' where they are too few to show anything.

        An adult's words in the child's part are not held up as the child's.
        """
        reason = self.plain(" ".join(finding.reasons))
        shown = [quoted[1] for quoted in _QUOTED.finditer(reason)]
        if shown:
            if not all(self.is_the_childs(quote.field) for quote in finding.evidence):
                return ""
            return reason if all(map(may_be_praised, shown)) and len(reason) <= LONGEST_PRAISE else ""
        words = self._strong_words(finding)
        told_in_confidence = any(_ANSWER.match(quote.field) for quote in finding.evidence)
        return f"{reason} {words}".strip() if words or told_in_confidence else ""

    def _strong_words(self, finding: Finding) -> str:
        """The best words that a met criterion rests on."""
        for index in self.targets_of(finding, reverse=True):
            if may_be_praised(self.record.targets[index].text or ""):
                return self._target_words(index)
        return self.fullest(self._evidence(finding))

    def fullest(self, quotes: Iterable[Quote]) -> str:
        """Of these quotations, cut down to what may be praised, an answer about something good, and the longest."""
        childs = [q for q in quotes if self.is_the_childs(q.field)]
        calm = [q for q in childs if not _TARGET.match(q.field) and not asks_for_worries(self._question(q.field))]
        cut = [q.model_copy(update={"text": praiseworthy(q.text, self.record)}) for q in calm]
        worth = [(is_glad(self._question(q.field)), len(q.text), q) for q in cut if q.text]
        best = max(worth, key=lambda w: w[:2], default=None)
        return self._words(best[2]) if best else ""

    def is_the_childs(self, path: str) -> bool:
        """Whether a field is elsewhere than in the child's part, or holds what the child said or showed."""
        whose = words_of_the_child(path, self.record) if _OF_THE_CHILD.fullmatch(path) else Whose.OWN
        return whose is not None and whose.faithful

    def weak(self, finding: Finding, why: str) -> tuple[str, tuple[str, ...]]:
        """What the PEP says where a criterion is not met, unless `why` quotes it already; and how to put it better.

        Of several targets, the one furthest from SMART that the letter has not spoken of, with the advice on its wording.
        """
        targets = self.targets_of(finding)
        if targets:
            index = next((i for i in targets if i not in self.reworded), targets[0])
            judged, text = self._judged(index), self.record.targets[index].text
            says = "" if quotable(text, self.record, 30).rstrip("…") in why else self._target_words(index)
            if judged and judged.advice and finding.id not in self.phrases.examples:
                self.reworded.add(index)
                return says, judged.advice
            return says, self._advice(finding, text)
        quoted = _QUOTED.search(why)
        if quoted:
            return "", self._advice(finding, quoted[1])
        for quote in self._evidence(finding):
            words = quotable(quote.text, self.record)
            if len(words.split()) > 1 and words not in why:
                return self._words(quote), self._advice(finding, quote.text)
        return "", self._advice(finding, next((q.text for q in self._evidence(finding)), None))

    def _evidence(self, finding: Finding) -> list[Quote]:
        """The quotations of a finding that are words: not the evidence of a whole table, and not a row of tick boxes."""
        worded = [q for q in finding.evidence if q.text and not set(q.text) & {TICKED, UNTICKED}]
        return [q for q in worded if not isinstance(value_at(self.record, q.field), tuple)]

    def _advice(self, finding: Finding, quoted: str | None) -> tuple[str, ...]:
        """The rubric's advice, with an example to copy and fill, in words of this PEP where it has some."""
        example, words = self.phrases.examples.get(finding.id, ""), quotable(quoted, self.record, 100)
        if not example or ("{quote}" in example and not words):
            return finding.advice
        filled = self.slots.say(example, quote=words.rstrip(".:; "))
        return (*finding.advice, self.phrases.for_example.format(example=filled))

    def targets_of(self, finding: Finding, reverse: bool = False) -> list[int]:
        """Indexes of the targets that a finding is about, the weakest (or the strongest) first."""
        if not finding.evidence or not _TARGET.match(finding.evidence[0].field):
            return []
        found = {int(m[1]) for quote in finding.evidence if (m := _TARGET.match(quote.field))}
        written = [i for i in sorted(found) if i < len(self.record.targets) and self.record.targets[i].text]
        scores = {i: judged.score if (judged := self._judged(i)) else 0.5 for i in written}
        return sorted(written, key=lambda i: -scores[i] if reverse else scores[i])

    def _judged(self, index: int) -> TargetJudgement | None:
        text = one_line(self.record.targets[index].text or "")
        return next((judged for judged in self.judgement.targets if one_line(judged.text) == text), None)

    def _target_words(self, index: int) -> str:
        words = quotable(self.record.targets[index].text, self.record)
        shown = self.pep.evidence.get(f"targets[{index}].text")
        return f"{self.phrases.target.format(number=index + 1)} “{words}”{self._page(shown.page if shown else None)}"

    def _page(self, page: int | None) -> str:
        return f" {self.phrases.page.format(page=page)}" if page else ""

    def _words(self, quote: Quote) -> str:
        """A quotation; a child's answer with its question."""
        words = f"“{quotable(quote.text, self.record)}”{self._page(quote.page)}"
        question = quotable(self._question(quote.field), self.record, 90)
        if not question:
            return words
        before = self.phrases.asked if question.endswith("?") else self.phrases.under
        return f"{before.format(question=question.rstrip(':'))} {words}"

    def _question(self, path: str) -> str:
        """The question that a field of the child's voice answers; '' for any other field."""
        answered = _ANSWER.match(path)
        if not answered or int(answered[1]) >= len(self.record.voice):
            return ""
        return self.record.voice[int(answered[1])].question or ""


def repeats(words: str, others: Iterable[str]) -> bool:
    """Are the same words of the PEP quoted in one of the others?"""
    starts = [quoted[1][:30] for pattern in (_QUOTED, _OUR_QUOTES) for quoted in pattern.finditer(words)]
    return any(start in other for start in starts for other in others)
