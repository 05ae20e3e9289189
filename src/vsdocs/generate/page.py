"""The sweep as one web page: a single file that opens anywhere, asks nothing of the network, and keeps its own counsel.

The lists are plain tables that read without scripts. The details of each PEP lie in the page as compact JSON and are drawn
when somebody opens them, so that a page of 1,500 PEPs stays quick. Text from documents reaches the page only as text:
through autoescape, and through `textContent`.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from vsdocs.dates import in_words, parse_iso
from vsdocs.errors import PackError
from vsdocs.generate import listing
from vsdocs.generate.listing import FACET_WORDS, GRADE_WORDS, LINK_WORDS, MET_WORDS, SEVERITY_WORDS, Entry
from vsdocs.generate.overview import Line, Overview, overview
from vsdocs.generate.plain import plain
from vsdocs.generate.themes import Theme
from vsdocs.judgement import Finding, Grade, Quote, TargetJudgement
from vsdocs.language.thread import golden_thread
from vsdocs.outcome import OutcomeKind, Problem, Sweep
from vsdocs.record import Role
from vsdocs.settings import data_folder

_YEARS = ["Nursery", "Reception", *(f"Year {n}" for n in range(1, 14))]


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart that is also a table. `length` is 0-100, of the longest line."""

    key: str
    label: str
    meaning: str
    count: int
    share: str
    length: int


class _Strings:
    """Each text once, known by its number: the same advice stands in a thousand PEPs."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str | None) -> int:
        return self.numbers.setdefault(plain(text or ""), len(self.numbers))


def render(sweep: Sweep) -> str:
    """The whole page as HTML, self-contained; the same sweep gives the same page. A slip in the template is a PackError."""
    try:
        return _render(sweep)
    except TemplateError as error:
        line = getattr(error, "lineno", None) or 1
        raise PackError(
            f"templates/sweep/page.html:{line}:1: {error.message}", "Correct the template, or put back the one we ship."
        ) from None


def _render(sweep: Sweep) -> str:
    view = overview(sweep)
    peps, people, areas, found = view.peps, view.for_a_person, view.areas, view.themes
    environment = Environment(
        loader=FileSystemLoader(data_folder("templates") / "sweep"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style, script = (_inline(environment, name) for name in ("page.css", "page.js"))
    schools = sorted({e.school for e in peps}, key=str.casefold)
    leads = sorted({e.lead for e in peps} - {""}, key=str.casefold)
    rows, details = _drawn(sweep, view, schools, leads)
    words = {
        "grades": {_key(grade): word for grade, word in GRADE_WORDS.items()},
        "met": {state.value: word for state, word in MET_WORDS.items()},
    }
    return environment.get_template("page.html").render(
        style=style,
        script=script,
        policy=_policy(style, script),
        run=sweep.run,
        day=in_words(date.fromisoformat(sweep.run.today)),
        files=len(sweep.files),
        peps=peps,
        moderated=sum(line.is_moderated for line in peps),
        people=people,
        troubles=[(outcome, problem, list(same)) for (outcome, problem), same in groupby(people, _trouble)],
        themes=found,
        theme_bars=_theme_bars(found),
        outcomes=_outcome_bars(sweep),
        grades=_grade_bars(peps),
        areas=areas,
        weak_by_area={area: [t for t in found if t.area == area] for area in areas},
        schools=schools,
        leads=leads,
        years=sorted({e.year_group for e in peps} - {""}, key=_year_order),
        key=_key,
        grade_words=words["grades"],
        index=_json({"words": words, "rows": rows}),
        details=_json(details),
    )


def _inline(environment: Environment, name: str) -> Markup:
    """One of our own files, to stand in the page as it is."""
    assert environment.loader is not None
    text, _, _ = environment.loader.get_source(environment, name)
    return Markup(text.replace("\r\n", "\n"))  # noqa: S704 - shipped with vsdocs, never from a document


def _policy(style: str, script: str) -> str:
    """Nothing may load or run in the page but these two texts."""
    marks = ["'sha256-" + base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() + "'" for t in (style, script)]
    return (
        f"default-src 'none'; style-src {marks[0]}; script-src {marks[1]}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _json(value: Any) -> Markup:
    """JSON that can stand in a script element: nothing in it can end the element or open a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)  # noqa: S704 - escaped above


def _key(grade: Grade | None) -> str:
    return grade.value if grade else "none"


def _trouble(line: Line) -> tuple[str, Problem | None]:
    return listing.OUTCOME_WORDS[line.trouble or line.outcome], line.problem


def _year_order(year: str) -> tuple[int, str]:
    return (_YEARS.index(year) if year in _YEARS else len(_YEARS), year)


def _bars(lines: Sequence[tuple[str, str, str, int]], whole: int) -> list[Bar]:
    longest = max((count for *_, count in lines), default=0) or 1
    return [
        Bar(key, label, meaning, count, f"{count / whole:.0%}" if whole else "–", round(100 * count / longest))
        for key, label, meaning, count in lines
    ]


def _grade_bars(peps: Sequence[Line]) -> list[Bar]:
    tally = Counter(line.grade for line in peps)
    lines = [(_key(g), word, listing.GRADE_MEANINGS[g], tally[g]) for g, word in GRADE_WORDS.items()]
    return _bars(lines, len(peps))


def _outcome_bars(sweep: Sweep) -> list[Bar]:
    counts = sweep.counts
    lines = [
        (kind.value, listing.OUTCOME_WORDS[kind], listing.OUTCOME_MEANINGS[kind], counts[kind.value])
        for kind in OutcomeKind
    ]
    return _bars(lines, len(sweep.files))


def _theme_bars(found: Sequence[Theme]) -> dict[str, int]:
    longest = max((theme.peps for theme in found), default=0) or 1
    return {theme.criterion: round(100 * theme.peps / longest) for theme in found}


def _row(entry: Entry, schools: Sequence[str], leads: Sequence[str]) -> dict[str, Any]:
    """What the filters ask of one PEP. Schools and leads are numbers, so that no name stands in the page's address."""
    lead = entry.contact(Role.VIRTUAL_SCHOOL_LEAD)
    people = (entry.child, entry.school, lead, entry.contact(Role.DESIGNATED_TEACHER))
    return {
        "id": entry.id,
        "grade": _key(entry.grade),
        "school": schools.index(entry.school),
        "lead": leads.index(lead) if lead else -1,
        "year": entry.year_group,
        "weak": sorted({f"c:{f.id}" for f in entry.weaknesses} | {f"a:{f.area}" for f in entry.weaknesses}),
        "person": bool(entry.problem),
        "flag": bool(entry.judgement and entry.judgement.flags),
        "score": entry.judgement.score if entry.judgement else None,
        "text": plain(" ".join([*people, *entry.sources])),
    }


def _drawn(
    sweep: Sweep, view: Overview, schools: Sequence[str], leads: Sequence[str]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What the filters ask of each PEP, and what is drawn when it is opened, both in the order of the lines."""
    strings = _Strings()
    drawn = {
        entry.id: (_row(entry, schools, leads), _detail(entry, view.areas, strings))
        for entry in listing.entries(sweep)
        if entry.pep
    }
    rows, details = zip(*(drawn[line.id] for line in view.peps), strict=True) if drawn else ((), ())
    return list(rows), {"strings": list(strings.numbers), "peps": list(details)}


def _detail(entry: Entry, areas: dict[str, str], strings: _Strings) -> dict[str, Any]:
    judgement, problem = entry.judgement, entry.problem
    return {
        "facts": [[strings(label), strings(value)] for label, value in _facts(entry) if value],
        "rule": strings(judgement.rule if judgement else None),
        "problem": [strings(problem.message), strings(problem.advice)] if problem else None,
        "flags": [
            [f.severity, strings(SEVERITY_WORDS.get(f.severity, f.severity)), strings(f.message)]
            for f in (judgement.flags if judgement else ())
        ],
        "areas": [
            [
                strings(f"{title} (not found on this form, not counted)" if listing.unseen(entry, area) else title),
                _key(listing.area_grade(entry, area)),
                [_finding(entry, f, strings) for f in entry.findings if f.area == area],
            ]
            for area, title in areas.items()
        ],
        "targets": [_target(t, strings) for t in (judgement.targets if judgement else ())],
        "threads": [strings(line) for line in _threads(entry)],
        "warnings": [strings(_at_page(w.message, w.page)) for w in (entry.pep.warnings if entry.pep else ())],
    }


def _facts(entry: Entry) -> list[tuple[str, str | None]]:
    assert entry.pep is not None
    record = entry.pep.record
    return [
        ("School", entry.school),
        ("Year group", entry.year_group),
        ("Designated Teacher", entry.contact(Role.DESIGNATED_TEACHER)),
        ("Virtual School Lead", entry.contact(Role.VIRTUAL_SCHOOL_LEAD)),
        ("Moderation", _moderation(entry)),
        ("PEP meeting", _day(record.meeting.date)),
        ("Next PEP meeting", _day(record.meeting.next_date)),
        ("File" if len(entry.sources) == 1 else "Copies of the file", "\n".join(entry.sources)),
    ]


def _moderation(entry: Entry) -> str | None:
    """Who graded it and what was suggested; for a suggested grade, that nobody has yet."""
    moderation = entry.moderation
    if moderation is None:
        return "Nobody yet: the grade is a suggestion" if entry.grade else None
    told = f"{GRADE_WORDS[entry.grade]} by {moderation.reader} on {_day(moderation.day)}; suggested: {GRADE_WORDS[entry.suggested]}"
    return f"{told}. {moderation.reason}".strip() if moderation.reason else told


def _finding(entry: Entry, finding: Finding, strings: _Strings) -> list[Any]:
    return [
        strings(finding.title),
        finding.state.value,
        _key(finding.grade) if finding.grade else None,
        [_quote(entry, quote, strings) for quote in finding.evidence],
        [strings(reason) for reason in finding.reasons],
        [strings(advice) for advice in finding.advice],
        strings(finding.authority),
    ]


def _quote(entry: Entry, quote: Quote, strings: _Strings) -> list[int]:
    words, own = listing.quotation(entry.pep, quote)
    place = ", ".join(part for part in (f"page {quote.page}" if quote.page else "", quote.location) if part)
    return [int(own), strings(words), strings(" · ".join(filter(None, (listing.field_words(quote.field), place))))]


def _target(target: TargetJudgement, strings: _Strings) -> list[Any]:
    facets = [
        [strings(word), facet.met, strings(facet.words), strings(facet.because)]
        for name, word in FACET_WORDS.items()
        if (facet := target.facets.get(name))
    ]
    return [strings(target.text), target.smart, facets, [strings(advice) for advice in target.advice]]


def _threads(entry: Entry) -> list[str]:
    """The golden thread of each target, link by link, with the words of the plan that carry it."""
    assert entry.pep is not None
    lines = []
    for thread in golden_thread(entry.pep.record):
        number = int(thread.target.removeprefix("targets[").removesuffix("]")) + 1
        links = [
            (word, getattr(thread, name), "cannot tell" if name in thread.unsure else "not seen")
            for name, word in LINK_WORDS.items()
        ]
        shown = [f"{word} ‘{plain(link.words)}’" if link else f"{word}: {missing}" for word, link, missing in links]
        lines.append(f"Target {number}: {' → '.join(shown)}")
    return lines


def _at_page(message: str, page: int | None) -> str:
    return f"{message} (page {page})" if page else message


def _day(text: str | None) -> str | None:
    day = parse_iso(text)
    if day is None:
        return text
    return in_words(day) if text and len(text) > len("2026-05") else f"{day:%B %Y}"
