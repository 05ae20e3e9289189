"""Words with a line through them, which are struck out, and words with one under them, which is no rule of the form."""

from collections.abc import Sequence

from vsdocs.readers.page import Page, Rule, Sorted, Word


def drop_struck(facts: Page) -> None:
    """Leaves out words with a line through their middle, and the line: a tracked deletion, as a PDF prints it."""
    uprights = Sorted([rule for rule in facts.rules if not rule.lies], lambda rule: rule.x0)
    lying = Sorted([rule for rule in facts.rules if rule.lies], lambda rule: rule.top)
    sides: dict[Rule, bool] = {}
    strikes: set[Rule] = set()
    struck: list[Word] = []
    for word in facts.words:
        height, width = word.bottom - word.top, word.x1 - word.x0
        high, low = word.top + height * 0.38, word.bottom - height * 0.28
        near = lying.between(high, low)
        if not near:
            continue
        through = [
            rule
            for rule in near
            if high < rule.top < low and min(rule.x1, word.x1) - max(rule.x0, word.x0) > 0.7 * width
        ]
        for rule in through:
            if rule not in sides:
                sides[rule] = _is_side(rule, uprights)
        through = [rule for rule in through if not sides[rule]]
        strikes.update(through)
        if through:
            struck.append(word)
    if struck:
        facts.words = without_struck(facts.words, struck)
        facts.rules = [rule for rule in facts.rules if rule not in strikes]


def _is_side(rule: Rule, uprights: Sorted[Rule]) -> bool:
    """Whether a lying rule is the side of a box, in which a legend stands that a browser leaves it out behind."""
    return all(
        any(abs(r.x0 - x) < 2 and r.top - 2 < rule.top < r.bottom + 2 for r in uprights.between(x - 2, x + 2))
        for x in (rule.x0, rule.x1)
    )


def without_struck(words: Sequence[Word], struck: Sequence[Word]) -> list[Word]:
    """The words without those struck out, nor the stroke between a struck alternative and what is left: 'Yes / No'."""
    gone = set(map(id, struck))
    kept = [word for word in words if id(word) not in gone]
    for word in struck:
        line = [w for w in kept if abs(w.middle[1] - word.middle[1]) < 0.4 * word.size]
        after = min((w for w in line if w.x0 >= word.x1 - 1), key=lambda w: w.x0, default=None)
        before = max((w for w in line if w.x1 <= word.x0 + 1), key=lambda w: w.x1, default=None)
        stroke = next((w for w in (after, before) if w and w.text in ("/", "|")), None)
        if stroke:
            kept = [w for w in kept if w is not stroke]
    return kept


def drop_underlines(facts: Page) -> None:
    """Leaves out rules that only underline words: they begin and end with them."""
    words = Sorted(facts.words, lambda word: word.bottom)
    largest = max((word.size for word in facts.words), default=0.0)
    facts.rules = [
        rule
        for rule in facts.rules
        if not (rule.lies and _underlines(rule, words.between(rule.top - 1 - largest, rule.top + largest)))
    ]


def _underlines(rule: Rule, words: Sequence[Word]) -> bool:
    over = [
        w for w in words if -1 < w.bottom - rule.top + 0.1 * w.size < 0.3 * w.size and w.x0 < rule.x1 and w.x1 > rule.x0
    ]
    return bool(over) and min(w.x0 for w in over) <= rule.x0 + 1.5 and max(w.x1 for w in over) >= rule.x1 - 1.5
