"""What a section counts straight from a table, for which there is no one figure: judgements of schools, moves, destinations, events, money."""

from collections.abc import Iterator

from vsdocs.cohort import rows
from vsdocs.cohort.kpis.resources import financial_year
from vsdocs.cohort.suppress import Count, hidden, is_small
from vsdocs.cohort.year import bounds
from vsdocs.generate.report.blocks import Block, Grid, Text, bullets
from vsdocs.generate.report.figures import UNKNOWN, Figures, hidden_in_blocks


def ofsted_bars(figures: Figures) -> list[tuple[str, int | None]]:
    """How many children of school age learn at schools of each judgement; a number that is hidden is None.

    Those whose school has none are not among what is published: one of them would hide all the others.
    """
    cohort, order = figures.cohort, ("outstanding", "good", "requires_improvement", "inadequate", "not_inspected", "")
    found = dict.fromkeys(order, 0)
    for child in cohort.on_roll:
        if cohort.school_age(child):
            school = cohort.school_on(child.reference, cohort.school_day)
            found[(school.ofsted if school else None) or child.school_ofsted or ""] += 1
    if not any(found[name] for name in order[:-1]):
        return []
    names = {name: figures.words.coded("ofsted", name) if name else UNKNOWN for name in order}
    bars: list[tuple[str, int | None]] = [(names[name], found[name]) for name in order]
    if figures.small is None:
        return bars
    blocks = [[(names[name], found[name]) for name in order[at : at + 2]] for at in (0, 2)]
    bars = bars[:4]
    gone = hidden_in_blocks(blocks, figures.small)
    if gone is None or figures.shown("good_school").hidden:
        return [(name, None) for name, _ in bars]
    return [(name, None if name in gone else value) for name, value in bars]


def ofsted(figures: Figures) -> Iterator[Block]:
    bars = ofsted_bars(figures)
    table = [("Judgement", "Children of school age")]
    table += [(name, figures.words.hidden if value is None else str(value)) for name, value in bars]
    if bars:
        yield Grid("Ofsted judgements of children's schools", tuple(table), (3, 1.4))


def placements(figures: Figures) -> Iterator[Block]:
    """How many children moved how often, and the reasons that are told."""
    cohort, words = figures.cohort, figures.words
    if not cohort.tables.has(rows.Placement):
        yield Text(f"Placement moves: {words.no_data}.")
        return
    began, ended = (day.isoformat() for day in bounds(cohort.year))
    starts: dict[str, list[str]] = {}
    reasons: dict[str, int] = {}
    for row in cohort.tables.of(rows.Placement):
        if row.reference in cohort.references:
            starts.setdefault(row.reference, []).append(row.began)
            if row.reason and began <= row.began <= ended:
                reasons[row.reason] = reasons.get(row.reason, 0) + 1
    times = [sum(began <= day <= ended for day in sorted(days)[1:]) for days in starts.values()]
    blocks = [[(name, sum(n == at for n in times)) for at, name in enumerate(("None", "One", "Two"))]]
    many = ("Three or more", sum(n >= 3 for n in times))
    gone = frozenset[str]() if figures.small is None else hidden_in_blocks(blocks, figures.small)
    if gone is None or figures.shown("placement_moves").hidden:
        gone = frozenset(name for name, _ in (*blocks[0], many))
    table = [("Moves in the year", "Children")]
    table += [(name, words.hidden if name in gone else str(value)) for name, value in (*blocks[0], many)]
    yield Grid("Children by the number of their placement moves", tuple(table), (3, 1.4))
    if figures.small is None and reasons:
        once = sum(number == 1 for number in reasons.values())  # which tells of one child rather than of a reason
        ranked = sorted(((w, n) for w, n in reasons.items() if n > 1), key=lambda pair: (-pair[1], pair[0]))
        ranked += [("Reasons told of one move each", once)] * bool(once)
        yield Grid("Reasons for moves", (("Reason", "Moves"), *((why, str(n)) for why, n in ranked)), (3, 1.4))


def destinations(figures: Figures) -> Iterator[Block]:
    """Where young people went on to, each group beside the other."""
    words = figures.words
    shown: dict[str, dict[str, str]] = {}
    for group in ("post_16", "care_leaver"):
        blocks = figures.destinations(group)
        gone = frozenset[str]() if figures.small is None else hidden_in_blocks(blocks, figures.small)
        whole = figures.shown("post_16_eet" if group == "post_16" else "care_leavers_eet")
        for name, number in (pair for block in blocks for pair in block):
            is_hidden = gone is None or whole.hidden or name in gone
            shown.setdefault(name, {})[group] = words.hidden if is_hidden else str(number)
    if not shown:
        return
    groups = ("post_16", "care_leaver")
    table = [("Destination", *(words.coded("destination_group", group) for group in groups))]
    order = [name for name in words.codes.get("destination", {}) if name in shown]
    none = "0" if figures.small is None else words.hidden
    table += [(words.coded("destination", n), *(shown[n].get(group, none) for group in groups)) for n in order]
    yield Grid("Destinations", tuple(table), (3, 1.2, 1.2))


def _events(figures: Figures, kind: str, caption: str, people: str) -> Iterator[Block]:
    words, small = figures.words, figures.small
    found = [r for r in figures.cohort.tables.of(rows.Event) if r.academic_year == figures.year and r.kind == kind]
    if not found:
        yield Text(f"{caption}: {words.no_data}.")
        return
    gone: frozenset[int] = frozenset()
    if small is not None:
        counts = [Count(row.people or 0) for row in found]
        gone = hidden([[count] for count in counts], small)
        gone = frozenset(range(len(found))) if is_small(Count(sum(c.of for c in counts)), small) else gone
    table = [("What", people, "Times")]
    for at, row in enumerate(found):
        number = words.hidden if at in gone else words.no_data if row.people is None else f"{row.people:,}"
        table.append((row.title, number, words.no_data if row.sessions is None else str(row.sessions)))
    yield Grid(caption, tuple(table), (3, 1.2, 1))
    yield from bullets([f"{row.title}: {row.outcome}" for row in found if row.outcome])


def activities(figures: Figures) -> Iterator[Block]:
    yield from _events(figures, "activity", "Activities for children", "Places taken")


def training(figures: Figures) -> Iterator[Block]:
    yield from _events(figures, "training", "Training by the virtual school", "People")


def advice(figures: Figures) -> Iterator[Block]:
    yield from _events(figures, "advice", "What advice was asked for", "Requests")


def pp_plus(figures: Figures) -> Iterator[Block]:
    """The account of the financial year, and whether it balances."""
    words, year = figures.words, financial_year(figures.cohort)
    lines = [row for row in figures.cohort.tables.of(rows.Money) if row.financial_year == year]
    if not lines:
        yield Text(f"Pupil Premium Plus in the financial year {year}: {words.no_data}.")
        return
    table: list[tuple[str, ...]] = [("Heading", "Income (£)", "Spending (£)", "Children")]
    totals = {"income": 0.0, "spending": 0.0}
    for row in sorted(lines, key=lambda row: row.kind):
        totals[row.kind] += row.amount
        amounts = [f"{row.amount:,.2f}".removesuffix(".00") if row.kind == kind else "" for kind in totals]
        small = figures.small is not None and is_small(Count(row.children or 0), figures.small)
        table.append((row.heading, *amounts, words.hidden if small else "" if row.children is None else str(row.children)))  # fmt: skip
    money = {kind: f"{total:,.2f}".removesuffix(".00") for kind, total in totals.items()}
    table.append(("Total", money["income"], money["spending"], ""))
    yield Grid(f"Pupil Premium Plus, financial year {year}", tuple(table), (3, 1.3, 1.3, 1))
    left = round(totals["income"] - totals["spending"], 2)
    ask = " Say below where it is." if figures.small is None else ""
    gap = f"{abs(left):,.2f}".removesuffix(".00")
    if not left:
        yield Text(f"Income and spending balance: £{money['income']} each.")
    elif left > 0:
        yield Text(f"The account does not balance: £{gap} of the income is not in the spending.{ask}")
    else:
        yield Text(f"The account does not balance: £{gap} more was spent than came in.{ask}")
    yield from bullets([f"{row.heading}: {row.impact}" for row in lines if row.impact])
