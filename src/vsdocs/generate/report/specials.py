"""What a section shows besides figures of the whole: accounts, lists of the year's events, where children learn and go on to."""

from collections.abc import Callable, Iterator, Sequence

from vsdocs.cohort import rows
from vsdocs.cohort.figure import Unit
from vsdocs.cohort.kpis import all_kpis
from vsdocs.cohort.kpis.later import financial_year
from vsdocs.cohort.suppress import Count, hidden, is_small
from vsdocs.cohort.year import bounds
from vsdocs.dates import in_words
from vsdocs.generate.report import said
from vsdocs.generate.report.blocks import Block, Grid, Heading, Text, bullets
from vsdocs.generate.report.figures import UNKNOWN, Figures, hidden_in_blocks

AREA_KPIS = ("ks2_rwm", "attainment_8", "attendance", "persistent_absence", "suspended", "pep_each_term")
MOST_POINTERS = 6


def facts(figures: Figures) -> Iterator[Block]:
    cohort, roll = figures.cohort, figures.shown("roll")
    counted = in_words(cohort.day)
    schools = {one.school for child in cohort.on_roll if (one := cohort.school_on(child.reference, cohort.school_day))}
    schools |= {child.school for child in cohort.on_roll if child.school and not schools}
    leads = {child.lead for child in cohort.on_roll if child.lead}
    yield Grid(
        "The virtual school in numbers",
        (
            ("Fact", "Number"),
            (f"Children on the roll on {counted}", said.cell(figures.words, roll)),
            (
                f"In care for twelve months or more on {counted if cohort.is_before_census else '31 March'}",
                said.cell(figures.words, figures.shown("reportable")),
            ),
            ("Schools and other providers that they attend", f"{len(schools)}" if schools else figures.words.no_data),
            ("Virtual school leads with a caseload", f"{len(leads)}" if leads else figures.words.no_data),
        ),
        (3, 1.4),
    )
    if told := figures.so_far(["reportable"]):
        yield Text(told, "Note")


def key_points(figures: Figures) -> Iterator[Block]:
    yield from bullets([said.short(figures, kpi) for kpi in figures.words.headlines if figures.has_data([kpi])])
    if missing := [all_kpis()[k].title.lower() for k in figures.words.headlines if not figures.has_data([k])]:
        yield Text(f"No data: {'; '.join(missing)}.")


def headlines(figures: Figures) -> Iterator[Block]:
    words, kpis = figures.words, [kpi for kpi in figures.words.headlines if figures.has_data([kpi])]
    wanted = [year for year in (figures.last_year, figures.year) if year]
    table = [("Measure", *wanted, "Published")]
    for kpi in kpis:
        cells = [said.cell(words, figures.shown(kpi, year)) for year in wanted]
        table.append((all_kpis()[kpi].title, *cells, said.published_cell(words, all_kpis()[kpi], figures.beside(kpi))))
    if kpis:
        yield Grid("Headlines", tuple(table), (3, *[1.2] * len(wanted), 1.6))


def sign_off(figures: Figures) -> Iterator[Block]:
    yield Text("This report has been approved by the following people.", "Lead in")
    table = [("Role", "Name", "Date of sign-off"), *((role, "", "") for role in figures.words.sign_off)]
    yield Grid("Sign-off", tuple(table), (2, 3, 2))


# ------------------------------------------------------------------------------------------------------- where they learn


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


def area_sentences(figures: Figures) -> Iterator[Block]:
    """In area against out of area, figure by figure."""
    lines = []
    for kpi in AREA_KPIS:
        parts = dict(figures.parts(kpi, "area"))
        near, far = parts.get("In area"), parts.get("Out of area")
        if near is None or far is None or near.value is None or far.value is None:
            continue
        apart = said.difference(figures, far, near.value)
        way = "the same" if not apart else f"{abs(apart):.1f} points {'higher' if apart > 0 else 'lower'} out of area"
        values = (f"{name} {said.number(figures.words, one.kpi, one.value or 0)} ({said.of(figures.words, one)})"
                  for name, one in (("in area", near), ("out of area", far)))  # fmt: skip
        small = " This is a small cohort." if near.figure.is_small or far.figure.is_small else ""
        lines.append(f"{near.kpi.title}: {', '.join(values)}: {way}.{small}")
    yield from bullets(lines)


# ------------------------------------------------------------------------------------------------------ events and money


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


# ---------------------------------------------------------------------------------------------------- priorities, annexes


def pointers(figures: Figures) -> Iterator[Block]:
    """The headlines that differ by more than their margin from what is published or from last year, apart by direction."""
    found: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for kpi in figures.words.headlines:
        shown, beside = figures.shown(kpi), figures.beside(kpi)
        last = figures.shown(kpi, figures.last_year).value if figures.last_year else None
        if shown.value is None or not shown.kpi.better:
            continue
        limit = figures.margin(shown)[1]
        gaps = [said.difference(figures, shown, other) for other in (beside.value if beside else None, last) if other is not None]  # fmt: skip
        gap = next((gap for gap in gaps if abs(gap) > limit), 0.0)
        if gap:
            found[gap * shown.kpi.better > 0].append((abs(gap) / max(abs(shown.value), 1.0), said.sentence(figures, kpi)))  # fmt: skip
    for better, title in ((True, "Where the figures have moved the right way"), (False, "Where the figures ask for work")):  # fmt: skip
        lines = [line for _, line in sorted(found[better], key=lambda pair: -pair[0])][:MOST_POINTERS]
        yield Heading(2, title, place=True)
        yield from bullets(lines) if lines else [Text("No headline differs by more than its margin.")]


def definitions(figures: Figures) -> Iterator[Block]:
    table: list[Sequence[str]] = [("Figure", "How it is counted", "On whose authority")]
    for kpi in all_kpis().values():
        if figures.has_data([kpi.id]):
            table.append((kpi.title, f"{kpi.definition}.", kpi.authority))
    if len(table) == 1:
        yield Text(f"{figures.words.no_data.capitalize()}.")
        return
    yield Grid("Definitions of the figures", tuple(map(tuple, table)), (2, 3.2, 2))
    missing = [kpi.title for kpi in all_kpis().values() if not figures.has_data([kpi.id])]
    if missing:
        yield Text(f"There is no data for: {'; '.join(missing)}.")


def published(figures: Figures) -> Iterator[Block]:
    table: list[tuple[str, ...]] = [("Measure", "Year", "Group", "Value", "Series and source")]
    for kpi in all_kpis().values():
        for one in figures.published(kpi.id):
            value = said.number(figures.words, kpi, one.value) if kpi.unit is not Unit.POUNDS else f"£{one.value:,.0f}"
            source = "; ".join(filter(None, (one.series, one.source)))
            table.append((kpi.title, one.academic_year, one.group, value, source))
    yield Text("A published figure is set beside ours only where its source is known. One series is never mixed with another.", "Lead in")  # fmt: skip
    if len(table) > 1:
        yield Grid("Published figures", tuple(table), (2, 0.9, 1.6, 0.9, 3.2))


SPECIALS: dict[str, Callable[[Figures], Iterator[Block]]] = {
    one.__name__: one
    for one in (
        facts, key_points, headlines, sign_off, ofsted, placements, destinations, area_sentences, activities, training, advice,
        pp_plus, pointers, definitions, published,
    )
}  # fmt: skip
