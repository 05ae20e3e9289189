"""Labels in small print under the line that their value is written on, as over 'signature' on paper."""

from collections.abc import Sequence

from vsdocs.document import Field
from vsdocs.readers.columns import SAME, field_of
from vsdocs.readers.lines import Line, lines_of
from vsdocs.readers.page import ByHeight, Rule, Sorted, Word

BELOW = 5.0  # points: white space between a line and its label, at most
OVER = 30.0  # points: how high a value may stand over its line
SMALL = 0.92  # times the size of the value: what is smaller below it is a label
MANY = 3  # lines with labels under them: fewer are an accident
SHORTEST = 25.0  # points: a shorter rule is no line to write on

Pair = tuple[list[Line], list[Line], Rule]  # the label, its value above it, and the rule between


def labels_under(rules: Sequence[Rule], words: list[Word]) -> tuple[list[Field], list[Word]]:
    """The fields of lines with their labels under them, and the words that are left."""
    long = [rule for rule in rules if rule.x1 - rule.x0 > SHORTEST]
    if len(long) < MANY:
        return [], words
    by_height = ByHeight(words)
    found = [pair for rule in long if (pair := _pair(rule, rules, by_height))]
    if len(found) < MANY or any(_is_labelled_above(pair, [rule for *_, rule in found], words) for pair in found):
        return [], words
    used = {word for label, value, _ in found for line in (*label, *value) for word in line.words}
    fields = [field_of(label, value, rule.x1) for label, value, rule in found]
    return fields, [word for word in words if word not in used]


def _is_labelled_above(pair: Pair, rules: Sequence[Rule], words: Sequence[Word]) -> bool:
    """Whether the first value of a column has a label like the one below its line over it: then labels stand over values."""
    (label, value, rule), top = pair, pair[1][0].box.top
    if any(0 < rule.top - r.top < 3 * OVER and r.x0 < rule.x1 and r.x1 > rule.x0 for r in rules):
        return False
    near = [w for w in words if rule.x0 - SAME <= w.x0 < rule.x1 and 0 < top - w.middle[1] < 2 * value[0].size]
    return any(word.look == label[0].look for word in near)


def _pair(rule: Rule, rules: Sequence[Rule], words: Sorted[Word]) -> Pair | None:
    near = words.between(rule.top - OVER, rule.top + OVER)
    column = [w for w in near if rule.x0 - SAME <= w.x0 and w.x1 <= rule.x1 + SAME]
    if all(w.middle[1] <= rule.top - 1 for w in column) or all(w.middle[1] >= rule.top for w in column):
        return None  # with nothing below it, or nothing above it
    under = [r.top for r in rules if r.top > rule.top + SAME and r.x0 < rule.x1 and r.x1 > rule.x0]
    end = min(under, default=float("inf"))
    label = lines_of(w for w in column if rule.top - 1 < w.middle[1] < min(end, rule.top + OVER))[:1]
    if not label or label[0].box.top - rule.top > BELOW:
        return None
    over = [r.top for r in rules if r.top < rule.top - SAME and r.x0 < rule.x1 and r.x1 > rule.x0]
    start = max([rule.top - OVER, *over])
    above = lines_of(w for w in column if start < w.middle[1] < rule.top)
    value = [line for line in above if line.look == above[-1].look]
    value = [line for line in value if value[-1].box.bottom - line.box.bottom < 1.4 * line.size * len(value)]
    if not value or label[0].look[1] or value[-1].look[1] or value[-1].words[0].grey:
        return None
    small = label[0].size < SMALL * value[-1].size
    return (label, value, rule) if small else None
