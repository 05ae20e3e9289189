"""Tables without rules, every other row of which stands on a band of colour that its cells draw side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vsdocs.document import Box, Table
from vsdocs.readers.columns import table_of
from vsdocs.readers.lines import Line, lines_of, segments
from vsdocs.readers.page import Rule, Word, contains, side_by_side

TOUCH = 1.5  # points: cells no further apart are one row
SAME = 3.0  # points: edges closer than this are in line
TIGHT = 0.9  # times the size: white space between two lines of one row, at most
ROW = 1.5  # times the height of a band: a row between two of them is hardly higher
MOST = 40.0  # points: a higher band is no row


@dataclass(frozen=True, slots=True)
class _Stripe:
    """One coloured row, and where its cells meet."""

    box: Box
    joints: tuple[float, ...]


def zebra_tables(bands: Sequence[Box], rules: Sequence[Rule], words: list[Word]) -> tuple[list[Table], list[Word]]:
    """The tables that coloured rows make with the plain rows between, above and below them, and the words that are left."""
    found: list[Table] = []
    for stripes in (part for stack in _stacks(_stripes(bands)) for part in _parted(stack, words)):
        if any(_parts_rows(rule, stripes) for rule in rules):
            continue
        first, last = stripes[0], stripes[-1]
        height = max(stripe.box.bottom - stripe.box.top for stripe in stripes)
        inside = [w for w in words if first.box.x0 - SAME <= w.middle[0] <= first.box.x1 + SAME]
        above = lines_of(w for w in inside if w.middle[1] < first.box.top)
        below = lines_of(w for w in inside if w.middle[1] > last.box.bottom)
        rows = _plain(list(reversed(above)), first, -1, height)[::-1]
        headed = rows or all(word.bold for word in inside if contains(first.box, *word.middle))
        headed = headed or all(_is_labelled(stripe, inside) for stripe in stripes)
        headed = headed or (len(first.joints) > 1 < len(stripes))  # it goes on from the page before
        for number, stripe in enumerate(stripes):
            rows.append([w for w in inside if contains(stripe.box, *w.middle)])
            after = stripes[number + 1].box.top if number + 1 < len(stripes) else stripe.box.bottom
            rows.append([w for w in inside if stripe.box.bottom < w.middle[1] < after])
        rows += _plain(below, last, 1, height)
        rows = [row for row in rows if row]
        table = table_of(rows, first.box.x0, first.box.x1, [], first.joints) if headed and len(rows) > 1 else None
        if table is not None:
            found.append(table)
            used = {word for row in rows for word in row}
            words = [word for word in words if word not in used]
    return found, words


def _is_labelled(stripe: _Stripe, words: Sequence[Word]) -> bool:
    """Whether a row is a label that stands out, with its value beside it."""
    row = [word for word in words if contains(stripe.box, *word.middle)]
    if len(stripe.joints) != 1:
        return False
    label, value = ([w for w in row if (w.middle[0] < stripe.joints[0]) == left] for left in (True, False))
    if not label or not value:
        return False
    return any(
        all(outs) and not all(ins)
        for outs, ins in (
            ([w.bold for w in label], [w.bold for w in value]),
            ([w.grey for w in label], [w.grey for w in value]),
        )
    )


def _parts_rows(rule: Rule, stripes: Sequence[_Stripe]) -> bool:
    """Whether a rule stands between rows, which then are told by their rules."""
    first, last = stripes[0].box, stripes[-1].box
    beside = rule.x0 < first.x1 - SAME and rule.x1 > first.x0 + SAME
    return beside and first.bottom - SAME < rule.top < last.bottom + 2 * (last.bottom - last.top)


def _stripes(bands: Sequence[Box]) -> list[_Stripe]:
    return [
        _Stripe(Box(row[0].x0, row[0].top, row[-1].x1, row[0].bottom), tuple(cell.x0 for cell in row[1:]))
        for row in side_by_side(bands, TOUCH)
        if len(row) > 1 and row[0].bottom - row[0].top < MOST
    ]


def _stacks(stripes: Sequence[_Stripe]) -> list[list[_Stripe]]:
    """Stripes of the same cells, one row apart."""
    stacks: list[list[_Stripe]] = []
    for stripe in stripes:
        last = stacks[-1][-1] if stacks else None
        height = stripe.box.bottom - stripe.box.top
        if last and _alike(last, stripe) and 0 < stripe.box.top - last.box.bottom < 2 * ROW * height:
            stacks[-1].append(stripe)
        else:
            stacks.append([stripe])
    return stacks


def _parted(stripes: Sequence[_Stripe], words: Sequence[Word]) -> Iterator[Sequence[_Stripe]]:
    """Stripes up to each heading that stands between two of them, and those after it."""
    start = 0
    for number, (stripe, after) in enumerate(pairwise(stripes)):
        between = lines_of(
            w for w in words if stripe.box.bottom < w.middle[1] < after.box.top and w.x0 > stripe.box.x0 - SAME
        )
        if len(between) > 1 and any(_is_heading(line) for line in between):
            yield stripes[start : number + 1]
            start = number + 1
    yield stripes[start:]


def _is_heading(line: Line) -> bool:
    return len(segments(line)) == 1 and all(word.bold for word in line.words)


def _alike(one: _Stripe, other: _Stripe) -> bool:
    edges = [(one.box.x0, other.box.x0), (one.box.x1, other.box.x1), *zip(one.joints, other.joints, strict=False)]
    return len(one.joints) == len(other.joints) and all(abs(a - b) < SAME for a, b in edges)


def _plain(lines: Sequence[Line], stripe: _Stripe, step: int, height: float) -> list[list[Word]]:
    """The rows above (`step` -1) or below a stripe that stand in its columns, going away from it: to the heads, or one."""
    rows: list[list[Word]] = []
    edge = stripe.box.top if step < 0 else stripe.box.bottom
    for line in lines:
        near = line.box.bottom if step < 0 else line.box.top
        parts = [part.box for part in segments(line)]
        crossing = any(b.x0 < joint - SAME and joint + SAME < b.x1 for b in parts for joint in stripe.joints)
        more = step > 0 and bool(rows) and not crossing and near - edge < TIGHT * line.size  # the last row goes on
        if more:
            rows[-1].extend(line.words)
        elif abs(near - edge) > height or crossing or len(parts) < 2 or (step > 0 and rows):
            break
        else:
            rows.append(list(line.words))
        edge = line.box.top if step < 0 else line.box.bottom
        if step < 0 and all(word.bold for word in line.words):
            break
    return rows
