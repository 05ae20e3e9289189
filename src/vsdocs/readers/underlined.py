"""Answers written on a short rule after their label: 'Held on ____ at ____', as on forms that are filled in by pen."""

from collections.abc import Sequence

from vsdocs.document import TICKED, UNTICKED, Box, Field
from vsdocs.readers.columns import field_of
from vsdocs.readers.lines import Line, lines_on, segments
from vsdocs.readers.page import Page, Rule, Sorted, Word, around, contains

SHORT = (12.0, 0.62)  # points, and share of the page's width: how long a rule for an answer is
NEAR = 14.0  # points between a label and the rule for its answer, at most
UNDER = (-0.15, 0.65)  # times the size: how far below the line that words stand on their rule may be
LONGEST = 60  # characters of a label


def underlined(page: Page, tables: Sequence[Box]) -> list[Field]:
    """The labels with a rule after them and the words on it; takes those words from the page. None lies in a table."""
    shortest, widest = SHORT
    rules = [
        rule
        for rule in page.rules
        if rule.lies
        and shortest <= rule.x1 - rule.x0 <= widest * page.width
        and not any(contains(table, (rule.x0 + rule.x1) / 2, rule.top, 2.0) for table in tables)
    ]
    found: list[Field] = []
    lying = Sorted(rules, lambda rule: rule.top)
    for line in lines_on(page) if rules else []:
        under = _under(line, lying)
        begin = 0.0
        for rule in under:
            label = _label([word for word in line.words if begin <= word.middle[0] < rule.x0], rule)
            begin = rule.x1
            if label is None:
                continue
            written = [word for word in line.words if rule.x0 <= word.middle[0] <= rule.x1]
            value = [Line(tuple(written))] if written else []
            field = field_of([label], value, page.width)
            used = {*label.words, *written}
            page.words = [word for word in page.words if word not in used]
            box = around([*used, rule])
            found.append(Field(field.label, field.value, field.location, box, field.confidence))
    return found


def _under(line: Line, rules: Sorted[Rule]) -> list[Rule]:
    """The rules that words on a line stand on, from left to right."""
    stands = line.words[0].bottom - 0.22 * line.words[0].size
    above, below = (share * line.size for share in UNDER)
    near = rules.between(stands + above - 0.1, stands + below + 0.1)
    return sorted((rule for rule in near if above <= rule.top - stands <= below), key=lambda rule: rule.x0)


def _label(before: Sequence[Word], rule: Rule) -> Line | None:
    """The words that end where a rule begins; of tick boxes before them only what is not the last box's own word."""
    if not before:
        return None
    words = segments(Line(tuple(before)))[-1].words
    ticks = [number for number, word in enumerate(words) if word.text in (TICKED, UNTICKED)]
    words = words[ticks[-1] + 2 :] if ticks else words
    label = Line(tuple(words)) if words else None
    near = label is not None and -2 <= rule.x0 - label.box.x1 <= NEAR
    return label if label and near and len(label.text) <= LONGEST else None
