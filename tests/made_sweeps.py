"""Sweeps for tests of what is written from them: real records from `fixtures/peps`, with judgements made up by hand."""

import hashlib
import json
from pathlib import Path

from vsdocs.document import Format
from vsdocs.evidence import Evidence, State
from vsdocs.judgement import (
    AreaGrade,
    ChildShown,
    Facet,
    Finding,
    Flag,
    Grade,
    Judgement,
    Met,
    Quote,
    RubricShown,
    TargetJudgement,
)
from vsdocs.outcome import Outcome, OutcomeKind, Problem, Run, Settled, Sweep
from vsdocs.record import Extraction, PepRecord

FIXTURES = Path(__file__).parents[1] / "fixtures" / "peps"
RUN = Run(id="run-1", today="2026-04-02", rubric="dorset-2025-26", rubric_version="1", term="spring 2026")
#: Texts that a sheet or a browser might obey, or choke on.
HOSTILE = [
    '=HYPERLINK("http://example.org","click")',
    "+1+1",
    "@SUM(A1:A9)",
    "-2+3",
    "{=1+1}",
    "https://example.org/",
    "mailto:a@example.org",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- {{ 7*7 }} {% raw %}",
    "St Mary's & St John's",
    "ring\x07 the\x00 bell\x1b[31m",
    "line\u2028separator",
    "\u202egnirts desrever\u202c",
    "\ud800 lone",
    "_x0041_ and _x000D_",
    "نور تحب القراءة 🎈",
    "\ufffe\uffff",
    "x" * 40_000,
    "a\r\nb\rc",
]
AREAS = {
    "targets": "Targets",
    "voice": "My views, wishes and feelings",
    "pp_plus": "Pupil Premium Plus",
    "sdq": "Strengths and Difficulties Questionnaire",
    "rest": "The rest of the plan",
}


def pep(stem: str, *, source: str | None = None, **changed: object) -> Extraction:
    """The Extraction of a fixture, its evidence being its own values. `changed` replaces parts of the record."""
    truth = json.loads(next(FIXTURES.rglob(f"{stem}.truth.json")).read_text(encoding="utf-8"))
    record = PepRecord.model_validate(truth["record"] | changed)
    name = source or f"{truth['layout']}/{truth['source']}"
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    paged = 1 if truth["format"] == "pdf" else None
    evidence = {
        f"voice[{n}].answer": Evidence(state=State.FOUND, text=v.answer, page=paged, location=f"table 4, row {n + 2}")
        for n, v in enumerate(record.voice)
        if v.answer
    }
    if record.meeting.next_date is None:
        evidence["meeting.next_date"] = Evidence(state=State.BLANK, page=paged, location="table 1, row 9")
    return Extraction(
        source=name, id=sha256[:12], format=Format(truth["format"]), sha256=sha256, record=record, evidence=evidence
    )


def finding(area: str, criterion: str, title: str, state: Met, grade: Grade | None, **more: object) -> Finding:
    return Finding.model_validate(
        {"authority": "Dorset practice standards", "id": criterion, "area": area, "title": title}
        | {"state": state, "grade": grade}
        | more
    )


def judge(of: Extraction, grade: Grade | None = Grade.AMBER) -> Judgement:
    """A judgement with one finding of each state, quoting the PEP's own words; not what the rubric would say of it."""
    answers = [n for n, entry in enumerate(of.record.voice) if entry.answer]
    quotes = tuple(_quote(of, f"voice[{n}].answer", of.record.voice[n].answer) for n in answers[:2])
    dated = of.record.meeting.next_date is not None
    found = (
        finding(
            "targets",
            "targets_measurable",
            "Every target says how anyone will know that it is reached",
            Met.PARTLY,
            Grade.AMBER,
            evidence=tuple(Quote(field=f"targets[{n}].text", text=t.text) for n, t in enumerate(of.record.targets)),
            reasons=("1 of 2 targets has no number, level or product to check it by.",),
            advice=("Say for each target what will be seen, and by when: 'reads 90 words a minute by 20 July'.",),
        ),
        finding(
            "voice",
            "voice_present",
            "The child's views are in the plan",
            Met.MET if quotes else Met.NOT_MET,
            Grade.GOLD if quotes else Grade.RED,
            evidence=quotes,
            reasons=("The child's own words are written down.",) if quotes else ("No answer is written.",),
        ),
        finding("pp_plus", "pp_plus_costed", "Every PP+ line has a cost", Met.CANNOT_TELL, None),
        finding("sdq", "sdq_dated", "The SDQ score is dated", Met.NOT_APPLICABLE, None),
        finding(
            "rest",
            "next_date_agreed",
            "The date of the next PEP meeting is agreed",
            Met.MET if dated else Met.NOT_MET,
            Grade.GOLD if dated else Grade.GREEN,
            evidence=(_quote(of, "meeting.next_date", of.record.meeting.next_date),),
            reasons=() if dated else ("The box for the next date is empty.",),
            advice=() if dated else ("Agree the date before people leave, ahead of the next care review.",),
        ),
    )
    targets = tuple(
        TargetJudgement(
            text=t.text or "",
            score=0.6,
            smart=False,
            facets={
                "specific": Facet(met=True, score=0.9, words=(t.text or "")[:40], because="It names one skill."),
                "measurable": Facet(met=False, score=0.2, because="No number, level or product."),
                "achievable": Facet(met=None, score=0.5, because="No starting point is given."),
                "relevant": Facet(met=True, score=0.8, because="It answers the need that the PEP names."),
                "time_bound": Facet(met=t.due is not None, score=0.5, words=t.due or ""),
            },
            advice=("Name what will be counted.",),
        )
        for t in of.record.targets
    )
    grades = {"targets": Grade.AMBER, "voice": Grade.GOLD if quotes else Grade.RED, "pp_plus": None, "sdq": Grade.GREEN}
    return Judgement(
        source=of.source,
        child=ChildShown(initials=of.record.child.initials, year_group=of.record.child.year_group),
        rubric=RubricShown(id=RUN.rubric, version=RUN.rubric_version),
        grade=grade,
        areas=tuple(AreaGrade(id=i, title=t, grade=grades.get(i, Grade.GREEN)) for i, t in AREAS.items()),
        rule="amber, because two or more areas are amber or worse",
        score=None if grade is None else 25 * (grade.rank + 1),
        criteria=found,
        targets=targets,
        flags=(Flag(code="sdq_high", severity="check", message="The SDQ total is above 14."),),
    )


def _quote(of: Extraction, field: str, value: str | None) -> Quote:
    known = of.evidence.get(field)
    return Quote(
        field=field, text=value, page=known.page if known else None, location=known.location if known else None
    )


def graded(of: Extraction, grade: Grade | None = Grade.AMBER, kind: OutcomeKind = OutcomeKind.GRADED) -> Outcome:
    return Outcome(source=of.source, id=of.id, outcome=kind, extraction=of, judgement=judge(of, grade))


def sweep(*outcomes: Outcome) -> Sweep:
    ordered = tuple(sorted(outcomes, key=lambda o: o.source))
    return Sweep(run=RUN, files=tuple(settled(outcome) for outcome in ordered), outcomes=ordered)


def settled(outcome: Outcome) -> Settled:
    return Settled(outcome.source, outcome.id, outcome.outcome, outcome.error.code if outcome.error else None)


def term() -> Sweep:
    """A small term: every fixture, a second copy of one, and one file of each kind that gives no grade."""
    stems = sorted(p.name.removesuffix(".truth.json") for p in FIXTURES.rglob("*.truth.json"))
    cycle = (Grade.GOLD, Grade.GREEN, Grade.AMBER, Grade.GREEN, Grade.RED)
    outcomes = [graded(pep(stem), cycle[n % 5]) for n, stem in enumerate(stems[:-2])]
    first = outcomes[0]
    outcomes.append(first.model_copy(update={"source": "copies/again.docx", "outcome": OutcomeKind.KNOWN}))
    outcomes.append(graded(pep(stems[-2]), Grade.GREEN, OutcomeKind.KNOWN))
    unsure = pep(stems[-1])
    outcomes.append(
        graded(unsure, None, OutcomeKind.NEEDS_PERSON).model_copy(
            update={
                "error": Problem(
                    code="identity_unsure",
                    message="The child's name could not be read with certainty, so no letter is drafted.",
                    advice="Open the file, check the name and the date of birth, and grade it yourself.",
                )
            }
        )
    )
    outcomes.append(
        Outcome(source="locked.pdf", id="0" * 12, outcome=OutcomeKind.UNREADABLE, error=Problem.of_file("encrypted"))
    )
    outcomes.append(
        Outcome(source="menu.docx", id="1" * 12, outcome=OutcomeKind.NOT_A_PEP, error=Problem.of_file("not_a_pep"))
    )
    outcomes.append(Outcome(source="~$open.docx", id="2" * 12, outcome=OutcomeKind.IGNORED))
    return sweep(*outcomes)


def hostile_sweep() -> Sweep:
    """One PEP for each hostile text, which stands in its name, its school, its quotation, reasons and advice."""
    outcomes = []
    for number, text in enumerate(HOSTILE):
        of = pep("d1_controls_2_belhadj", source=f"{number}.docx")
        child = of.record.child.model_copy(update={"forename": text, "surname": f"Canary{number:02d}", "upn": text})
        school = of.record.school.model_copy(update={"name": text})
        of = of.model_copy(update={"record": of.record.model_copy(update={"child": child, "school": school})})
        bad = finding(
            "rest", "any", text, Met.NOT_MET, Grade.RED, reasons=(text,), advice=(text,),
            evidence=(Quote(field="needs", text=text, page=3, location=text),),
        )  # fmt: skip
        outcomes.append(graded(of).model_copy(update={"judgement": judge(of).model_copy(update={"criteria": (bad,)})}))
    error = Problem(code="x", message=HOSTILE[7], advice=HOSTILE[0])
    outcomes.append(Outcome(source=HOSTILE[8], id="f" * 12, outcome=OutcomeKind.UNREADABLE, error=error))
    return sweep(*outcomes)
