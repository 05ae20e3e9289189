"""Tables whose rows stand on rules of one length, with no upright ones between their columns."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vsdocs.document import Box, Table
from vsdocs.readers.columns import SAME, bottoms, is_banner, lowest_over, table_of
from vsdocs.readers.lines import Line, lines_of, remark_beside, segments
from vsdocs.readers.page import ByHeight, Rule, Word, contains


def rows_between_rules(
    rules: Sequence[Rule], words: list[Word], bands: Sequence[Box], walls: Sequence[Box]
) -> tuple[list[Table], list[Word]]:
    """Tables whose rows stand on rules of one length with no upright ones, and the words that are left."""
    found: list[Table] = []
    stacks = [stack for stack in _stacks(rules, walls, bands) if _may_have_rows(stack, bands)]
    standing = ByHeight(words if stacks else ())
    for stack in stacks:
        for rows, rule in _runs(stack, rules, standing, bands, walls):
            table = table_of(rows, rule.x0, rule.x1, bands, rule.joints)
            if table is not None:
                found.append(table)
                used = {word for row in rows for word in row}
                words = [word for word in words if word not in used]
                standing = ByHeight(words)
    return found, words


def _may_have_rows(stack: Sequence[Rule], bands: Sequence[Box]) -> bool:
    """Whether more than one row may stand on a stack: it has several rules, cells of its own, or a row of heads."""
    first = stack[0]
    return len(stack) > 1 or bool(first.joints) or any(abs(b.x0 - first.x0) < SAME for b in bands)


def _runs(
    stack: Sequence[Rule], rules: Sequence[Rule], words: ByHeight, bands: Sequence[Box], walls: Sequence[Box]
) -> Iterator[tuple[list[list[Word]], Rule]]:
    """Rows under each other, each the words above its rule; a stack is one run unless what stands between is no row."""
    runs: list[tuple[list[list[Word]], Rule]] = []
    storeys: list[int] = []  # of each run
    whole, follows = True, False
    for above, rule in _storeys(stack, rules, walls, bands, words):
        row = _under(rule, words, above, rule.top)
        title = _title_over(row, rule) if row else None
        row = [word for word in row if word not in title] if title else row
        follows = follows and not title
        if not row:
            continue
        pieces = _banners_apart(row, rule, bands)
        if not rule.joints and not all(_is_row(piece) or is_banner(piece, rule.x0, rule.x1, bands) for piece in pieces):
            whole = follows = False
            continue
        if follows and runs[-1][1].joints == rule.joints:
            runs[-1] = [*runs[-1][0], *pieces], rule
            storeys[-1] += 1
        else:
            runs.append((pieces, rule))
            storeys.append(1)
        follows = True
    for (rows, rule), count in zip(runs, storeys, strict=True):
        if count > 1 or (rule.joints and (len(rows) > 1 or (whole and len(runs) == 1))):
            yield rows, rule


def _under(rule: Rule, words: ByHeight, top: float, bottom: float) -> list[Word]:
    """The words between two heights that are no further left or right than a rule goes."""
    x0, x1 = rule.x0 - SAME, rule.x1 + SAME
    return [w for w in words.between(top, bottom) if x0 <= w.middle[0] <= x1 and top < w.middle[1] < bottom]


def _title_over(row: Sequence[Word], rule: Rule) -> set[Word]:
    """The words at the top of a row that run on over where its columns meet: a title between two tables."""
    title: set[Word] = set()
    lines = lines_of(row)
    while lines and remark_beside(lines[0]):
        title.update(lines.pop(0).words)
    if not rule.joints and len(lines) == 2 and _heads_table(*lines):
        title.update(lines[0].words)
    for line in lines[:-1] if rule.joints else []:
        boxes = [part.box for part in segments(line)]
        if len(boxes) > 1 or not any(
            boxes[0].x0 < joint - SAME and joint + SAME < boxes[0].x1 for joint in rule.joints
        ):
            break
        title.update(line.words)
    return title


def _heads_table(line: Line, heads: Line) -> bool:
    """Whether a bold line stands over a row of heads that are set otherwise, as the title of their table."""
    plain = all(not word.bold for word in heads.words) and len(segments(heads)) > 2
    return plain and len(segments(line)) == 1 and all(word.bold for word in line.words)


def _banners_apart(row: Sequence[Word], rule: Rule, bands: Sequence[Box]) -> list[list[Word]]:
    """The words above a rule, those on bands of colour across the table apart from the rest, from top to bottom."""
    across = [b for b in bands if b.x1 - b.x0 > 0.9 * (rule.x1 - rule.x0)]
    pieces: dict[Box | None, list[Word]] = {}
    for word in sorted(row, key=lambda w: w.bottom):
        pieces.setdefault(next((b for b in across if contains(b, *word.middle)), None), []).append(word)
    return list(pieces.values())


def _stacks(rules: Sequence[Rule], walls: Sequence[Box], bands: Sequence[Box]) -> list[list[Rule]]:
    """Rules of one length under each other with nothing but text between them."""
    stacks: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.top):
        if rule.x1 - rule.x0 < 120:
            continue
        for stack in stacks:
            last = stack[-1]
            if abs(last.x0 - rule.x0) < SAME and abs(last.x1 - rule.x1) < SAME:
                between = [b for b in walls if last.top < b.top < rule.top and min(b.x1, rule.x1) > max(b.x0, rule.x0)]
                if not between:
                    stack.append(rule)
                    break
        else:
            stacks.append([rule])
    return stacks


def _storeys(
    stack: Sequence[Rule], rules: Sequence[Rule], walls: Sequence[Box], bands: Sequence[Box], words: ByHeight
) -> list[tuple[float, Rule]]:
    """For each rule where its row begins; the first one's row is one line, or a band of colour that ends there."""
    first = stack[0]
    others = [w for w in walls if abs(w.bottom - first.top) >= SAME]
    start = lowest_over(first, bottoms(rules, others), default=0.0)
    head = _head_top(start, first, bands)
    above = _under(first, words, start, first.top) if head is None else []
    if above:
        start = max(start, lines_of(above)[-1].box.top - 1)
    stack = [*stack, *_open_row(stack, [*rules, *walls], words)]
    starts = [(start, first), *((before.top, rule) for before, rule in pairwise(stack))]
    if head is not None:
        starts.insert(0, (head, Rule(first.x0, start, first.x1, start, first.joints)))
    return [(_head_top(rule.top, rule, bands) or start, rule) for start, rule in starts]


def _open_row(stack: Sequence[Rule], things: Sequence[Rule | Box], words: ByHeight) -> list[Rule]:
    """Where a last row ends that has no rule below it: as close under the last one as the others, in the same columns."""
    if len(stack) < 3 or not stack[-1].joints:
        return []
    before, last = stack[-2:]
    end = min(
        (t.top for t in things if t.top > last.top + 2 and t.x0 < last.x1 and t.x1 > last.x0), default=float("inf")
    )
    row, below = _under(last, words, before.top, last.top), _under(last, words, last.top, end)
    if not row or not below:
        return []
    lines = lines_of(below)
    gap, usual = lines[0].box.top - last.top, lines_of(row)[0].box.top - before.top
    parts = [part.box for part in segments(lines[0])]
    starts = (last.x0, *last.joints)
    aligned = all(any(-1 <= b.x0 - start < 12 for start in starts) for b in parts)
    if gap > usual + 2 or len(parts) < 2 or not aligned:
        return []
    bottom = lines[0].box.bottom
    for above, line in pairwise(lines):
        if line.box.bottom - above.box.bottom > 1.4 * line.size or len(segments(line)) > len(parts):
            break
        bottom = line.box.bottom
    return [Rule(last.x0, bottom + 1, last.x1, bottom + 1, last.joints)]


def _head_top(bottom: float, rule: Rule, bands: Sequence[Box]) -> float | None:
    """Where a coloured row of heads begins that ends at a height and is as wide as a rule."""
    return next((b.top for b in bands if abs(b.bottom - bottom) < SAME and abs(b.x0 - rule.x0) < SAME), None)


def _is_row(words: Sequence[Word]) -> bool:
    """Whether words between two rules stand in columns, all set alike from top to bottom."""
    lines = lines_of(words)
    cut = [parts for line in lines if len(parts := segments(line)) > 1]
    if len(cut) > 2 and all(parts[0].look != parts[1].look for parts in cut):
        return False  # labels with their values beside them, line after line
    return any(len(segments(line)) > 1 for line in lines) and len({line.look[:3] for line in lines}) == 1
