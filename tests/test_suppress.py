"""Small numbers of a publishable edition: every table that could lie behind what is shown is tried."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from vsdocs.cohort.suppress import Count, Tells, hidden, is_safe, is_small
from vsdocs.generate.report.figures import hidden_in_blocks

LEAST = 3  # a lower threshold, so that all tables can be tried

counts = st.integers(1, 8).flatmap(lambda of: st.integers(0, of).map(lambda part: Count(of, part)))
tells = st.builds(Tells, st.booleans(), st.booleans())
columns = st.tuples(st.lists(counts, min_size=2, max_size=3), tells).map(
    lambda made: [count._replace(tells=made[1]) for count in made[0]]
)


@cache
def splits(total: int, parts: int) -> tuple[tuple[int, ...], ...]:
    """Every way to part a number into so many."""
    if parts == 1:
        return ((total,),)
    return tuple((first, *rest) for first in range(total + 1) for rest in splits(total - first, parts - 1))


def behind(column: Sequence[Count], out: Sequence[int]) -> Iterator[tuple[tuple[int, int], ...]]:
    """(part, rest) of each hidden row, in every table of the same total and the same shown rows."""
    part = sum(column[at].part or 0 for at in out)
    rest = sum(column[at].of for at in out) - part
    for parts, rests in product(splits(part, len(out)), splits(rest, len(out))):
        if all(one + other for one, other in zip(parts, rests, strict=True)):  # a row that is listed has somebody
            yield tuple(zip(parts, rests, strict=True))


@settings(max_examples=120, suppress_health_check=[HealthCheck.filter_too_much])
@given(columns, columns)
def test_no_hidden_number_can_be_worked_out_from_the_rest(first: list[Count], second: list[Count]) -> None:
    table = list(zip(first, second, strict=False))
    wholes = [
        Count(sum(c.of for c in column), sum(c.part or 0 for c in column), column[0].tells)
        for column in zip(*table, strict=True)
    ]
    assume(not any(is_small(whole, LEAST) for whole in wholes))  # such a whole is hidden, and all its parts with it
    out = sorted(hidden(table, LEAST))
    assume(not out or is_safe([table[at] for at in out], LEAST))  # else none of the rows is listed
    for at, row in enumerate(table):
        assert at in out or not any(is_small(count, LEAST) for count in row)
    for number, whole in enumerate(wholes if out else []):
        column = [row[number] for row in table]
        for at, count in enumerate(column):
            assert at in out or not (count.tells.none and count.part == 0), "none of them, which tells of each"
            assert at in out or not (count.tells.all and count.part == count.of), "all of them, which tells of each"
        found = list(behind(column, out))
        known = [one for one in found if all(sum(one[place]) == column[at].of for place, at in enumerate(out))]
        told_by_the_whole = whole.part in (0, whole.of)
        for place in range(len(out)):
            assert len({sum(one[place]) for one in found}) > 1, "how many there are"
            if not told_by_the_whole:
                assert len({one[place][0] for one in found}) > 1, "of how many it holds"
                assert len({one[place][1] for one in found}) > 1, "of how many it does not hold"
                assert len({one[place][0] for one in known}) > 1, "where another column tells how many there are"


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_one_hidden_part_of_a_whole_never_stands_alone(numbers: list[int]) -> None:
    """Where more than one part has anybody."""
    out = hidden([[Count(number)] for number in numbers])
    small = {at for at, number in enumerate(numbers) if 0 < number < 6}
    assert small <= out
    if out and sum(numbers) >= 6:
        seen = [at for at in out if numbers[at]]
        assert len(seen) >= 2 or len(out) == len(numbers)
        assert sum(numbers[at] for at in out) >= 6


def test_a_table_that_its_own_list_would_tell_is_not_safe() -> None:
    assert not is_safe([[Count(1)]] * 6)  # six rows, six children: one in each
    assert is_safe([[Count(1)]] * 5 + [[Count(6)]])


def test_none_and_all_of_what_tells_of_each_child_are_hidden_however_many_there_are() -> None:
    both, hard = Tells(none=True, all=True), Tells(all=True)
    assert is_small(Count(12, 0, both))
    assert is_small(Count(40, 40, both))
    assert is_small(Count(40, 40, hard))
    assert not is_small(Count(40, 0, hard))
    assert not is_small(Count(0, 0, both))
    assert not is_small(Count(12, 6, both))
    assert hidden([[Count(12, 0, both)], [Count(20, 10, both)], [Count(50, 25, both)]]) == {0, 1}
    assert not is_safe([[Count(12, 0, both)], [Count(14, 0, both)]])  # together they tell it again


def test_what_is_not_small_is_shown() -> None:
    assert not hidden([[Count(20, 10)], [Count(30, 8)]])
    assert not hidden([[Count(0, 0)], [Count(30, 8)]])
    assert hidden([[Count(20, 10)], [Count(9, 4)], [Count(50, 20)]]) == {0, 1}


def test_blocks_whose_sums_are_known_hide_within_themselves_or_altogether() -> None:
    assert hidden_in_blocks([[("a", 20), ("b", 9)], [("c", 8)]], 6) == frozenset()
    assert hidden_in_blocks([[("a", 20), ("b", 3)], [("c", 8)]], 6) == {"a", "b"}
    assert hidden_in_blocks([[("a", 20), ("b", 8)], [("c", 3)]], 6) is None
