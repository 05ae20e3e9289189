"""Papers for the team's own meetings: right figures, schools by name and no child, words as data, nothing where nothing is."""

import importlib.util
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from docx import Document

from conftest import FIXTURES, ROOT
from docx_accessible import faults
from made_letters import OURS, accepted, kept
from made_sweeps import HOSTILE, finding, graded, hostile_sweep, judge, pep, sweep, term
from test_kpis import COHORT, YEARS, roll_of
from test_pdf_drawn import errors
from vsdocs import rubric
from vsdocs.cli import report_papers
from vsdocs.cohort import folder, rows
from vsdocs.cohort.child import Child
from vsdocs.cohort.year import Cohort
from vsdocs.errors import ExitCode, PackError, RefusedError
from vsdocs.generate import gate
from vsdocs.generate.pdf import draw
from vsdocs.generate.plain import one_line
from vsdocs.generate.report import plan, sef, sweep_report, sweep_training, sweep_words
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.held import Held
from vsdocs.generate.report.sweep_compared import compared, last_before
from vsdocs.generate.report.sweep_seen import view
from vsdocs.generate.report.wording import Wording as WordPacks
from vsdocs.generate.themes import Theme
from vsdocs.judgement import Grade, Met
from vsdocs.moderation import agreement
from vsdocs.outcome import Outcome, OutcomeKind, Run, Sweep
from vsdocs.record import Extraction
from vsdocs.settings import Look, Settings
from vsdocs.store import Store

TODAY = date(2026, 11, 22)
PLAIN = Settings()
STEMS = sorted(p.name.removesuffix(".truth.json") for p in (FIXTURES / "peps").rglob("*.truth.json"))
Tables = dict[str, list[list[str]]]


def paper(
    now: Sweep, before: Sweep | None = None, settings: Settings = PLAIN, leads: dict[str, str] | None = None
) -> bytes:
    views = [view(one, settings, leads) for one in (now, before) if one is not None]
    return sweep_report.report(views[0], views[1] if before else None, settings, TODAY).docx


def words(docx: bytes) -> str:
    """All that is printed, and what is read aloud."""
    document = Document(io.BytesIO(docx))
    edges = [p.text for s in document.sections for part in (s.header, s.footer) for p in part.paragraphs]
    aloud = [
        text
        for node in document.element.body.iter()
        for name, text in node.attrib.items()
        if "escri" in name or "val" in name
    ]
    inside = [
        "".join(t.text or "" for t in p.iter() if t.tag.endswith("}t"))
        for p in document.element.body.iter()
        if p.tag.endswith("}p")
    ]
    return "\n".join([*inside, *edges, *aloud])


def tables(docx: bytes) -> Tables:
    """first column's heading and title -> rows; the title is what the table is read aloud as."""
    found: Tables = {}
    for one in Document(io.BytesIO(docx)).tables:
        title = next(n.get(n.keys()[0]) for n in one._tbl.tblPr if n.tag.endswith("tblCaption"))
        found.setdefault(str(title), []).extend([[cell.text for cell in row.cells] for row in one.rows][1:])
    return found


def with_(of: Extraction, **parts: Any) -> Extraction:
    record = of.record
    changed = {
        name: getattr(record, name).model_copy(update=value) if isinstance(value, dict) else value
        for name, value in parts.items()
    }
    return of.model_copy(update={"record": record.model_copy(update=changed)})


def at(of: Extraction, school: str, number: str | None = None) -> Extraction:
    return with_(of, school={"name": school, "dfe_number": number})


def later(of: Extraction, source: str, grade: Grade | None = Grade.GREEN, **parts: Any) -> Outcome:
    """The same child's next plan."""
    base = pep(STEMS[0], source=source)
    new = of.model_copy(update={"source": source, "id": base.id, "sha256": base.sha256})
    return graded(with_(new, **({"meeting": {"date": "2026-07-01"}} | parts)), grade)


# -------------------------------------------------------------------------------------------------------- the sweep paper


def test_grades_add_up_overall_and_by_school_lead_and_phase() -> None:
    swept = term()
    docx = paper(swept)
    told = tables(docx)
    grades = [
        o.standing.grade for o in swept.outcomes if o.extraction and o.source != "copies/again.docx" and o.standing
    ]
    counted = Counter(grades)
    assert told["PEPs by grade"][0] == [
        "Gold",
        f"{counted[Grade.GOLD]} of 24 ({100 * counted[Grade.GOLD] / 24:.0f}%)",
        "–",
    ]
    for title in ("PEPs by school and grade", "PEPs by virtual school lead and grade", "PEPs by phase and grade"):
        rows = told[title]
        assert sum(int(row[1]) for row in rows) == 24
        for n, grade in enumerate((Grade.GOLD, Grade.GREEN, Grade.AMBER, Grade.RED, None), 2):
            assert sum(int(row[n]) for row in rows if row[n] != "–") == counted[grade]
    assert [row[0] for row in told["PEPs by phase and grade"]][:2] == ["Early years", "Key Stage 1"]
    assert "24 PEPs from 24 schools: 5 Gold, 10 Green, 4 Amber, 4 Red, 1 without a grade." in words(docx)
    assert "nobody has confirmed one yet" in words(docx)


def test_no_child_is_named_and_no_way_to_reach_anybody_is_told() -> None:
    swept = term()
    docx = paper(swept, term())
    text = words(docx)
    for outcome in swept.outcomes:
        if outcome.extraction is None:
            continue
        child = outcome.extraction.record.child
        assert not child.upn or child.upn not in text
        assert f"{child.forename} {child.surname}" not in text
        for contact in outcome.extraction.record.contacts:
            assert not contact.email or contact.email not in text
    assert "@" not in text
    peps = [o.extraction for o in swept.outcomes if o.extraction]
    written = sweep_report.report(view(swept, PLAIN), None, PLAIN, TODAY)
    gate.check(written, gate.Others(peps, PLAIN), listing=True)
    leaky = at(pep(STEMS[0]), "Ashdown House, for Jude Whitlock")
    other = with_(pep(STEMS[1]), child={"forename": "Jude", "surname": "Whitlock"})
    quiet = sweep_report.report(view(sweep(graded(at(other, "Home of Jude Whitlock"))), PLAIN), None, PLAIN, TODAY)
    assert "Whitlock" not in words(quiet.docx)
    assert "School not read" in words(quiet.docx)
    assert "Jude Whitlock" in words(paper(sweep(graded(leaky))))  # the name of a school, as long as no child bears it


def test_the_gate_stops_a_paper_that_holds_a_childs_name() -> None:
    own = pep(STEMS[0])
    child = own.record.child
    written = sweep_report.report(view(sweep(graded(pep(STEMS[1]))), PLAIN), None, PLAIN, TODAY)
    bad = paper(sweep(graded(pep(STEMS[1])))), f"{child.forename} {child.surname}"
    document = Document(io.BytesIO(bad[0]))
    document.add_paragraph(bad[1])
    saved = io.BytesIO()
    document.save(saved)
    from dataclasses import replace

    with pytest.raises(RefusedError, match="full name"):
        gate.check(replace(written, docx=saved.getvalue()), gate.Others([own], PLAIN), listing=True)


def test_one_school_under_two_spellings_is_one_and_two_of_a_name_are_two() -> None:
    schools = [
        ("St Mary's Primary", "8381111"), ("ST MARY'S  PRIMARY", None), ("St Mary's Primary", "8381111"),
        ("Oak School", "8380001"), ("Oak School", "8380002"), (None, None),
    ]  # fmt: skip
    swept = sweep(*(graded(with_(pep(s, source=f"{n}.docx"), school={"name": name, "dfe_number": no})) for n, ((name, no), s) in enumerate(zip(schools, STEMS, strict=False))))  # fmt: skip
    rows = {row[0]: row[1] for row in tables(paper(swept))["PEPs by school and grade"]}
    assert rows == {
        "Oak School (8380001)": "1",
        "Oak School (8380002)": "1",
        "St Mary's Primary": "3",
        "School not read": "1",
    }
    assert list(rows)[-1] == "School not read"


def test_the_same_children_are_matched_as_letters_match_them() -> None:
    before = [graded(pep(stem, source=f"old/{n}.docx"), grade) for n, (stem, grade) in enumerate(zip(STEMS[:5], (Grade.AMBER, Grade.GOLD, Grade.GREEN, None, Grade.RED), strict=True))]  # fmt: skip
    old = [o.extraction for o in before if o.extraction]
    now = [
        later(old[0], "new/0.docx", Grade.GOLD),
        later(old[1], "new/1.docx", Grade.RED),
        later(old[2], "new/2.docx", Grade.GREEN),
        later(old[3], "new/3.docx", Grade.GREEN),
        before[4],  # the same file again
        graded(pep(STEMS[6], source="new/6.docx")),
        later(old[0], "new/00.docx", Grade.AMBER, meeting={"date": "2026-05-01"}),  # an earlier plan of this term
        later(old[2], "new/x.docx", Grade.RED, child={"upn": "Z999999999999"}),  # somebody else
    ]
    found = compared(view(sweep(*now), PLAIN), view(sweep(*before), PLAIN))
    assert {(n.grade, t.grade) for n, t in found.pairs} == {
        (Grade.GOLD, Grade.AMBER), (Grade.RED, Grade.GOLD), (Grade.GREEN, Grade.GREEN), (Grade.GREEN, None),
    }  # fmt: skip
    assert (found.unchanged, found.new, found.gone) == (1, 2, 0)
    docx = paper(sweep(*now), sweep(*before))
    told = tables(docx)
    assert "better 1 of 4, the same 1 of 4, weaker 1 of 4" in words(docx)
    [weaker] = told["Weaker now, the lowest grade first"]
    assert weaker[3:] == ["Gold", "Red"]
    assert weaker[0] == now[1].id
    assert "Handed in again unchanged, and not counted: 1 PEP." in words(docx)
    for row in told["Children whose plans are better, the same or weaker in each area"]:
        assert sum(map(int, row[1:])) == 4


def test_children_whose_plan_did_not_come_are_counted_and_rubrics_that_differ_are_told() -> None:
    before = sweep(*(graded(pep(stem, source=f"old/{stem}")) for stem in STEMS[:3]))
    now = sweep(later(before.outcomes[0].extraction, "new.docx"))  # type: ignore[index]
    other = Sweep(before.run.model_copy(update={"rubric": "derby", "id": "0001"}), before.files, before.outcomes)
    text = words(paper(now, other))
    assert "In the last sweep and not in this one: 2 children." in text
    assert "different rubrics (derby and dorset-2025-26)" in text


def test_themes_lead_to_training_with_advice_examples_and_schools() -> None:
    docx = paper(term())
    told, text = tables(docx), words(docx)
    theme = told["What is not yet there, what costs most first"][0]
    assert theme[0] == "Every target says how anyone will know that it is reached"
    assert theme[2:4] == ["24", "24"]
    assert "What we ask: In each target that lacks it, please add" in text
    assert "What good looks like (invented): Target 1: “Read 60 words a minute from a Year 3 text”" in text
    assert "Not yet (invented): " in text
    assert "Under this heading of the training: Effective use of the PEP document." in text
    assert "{" not in text


def test_what_others_write_is_no_theme_of_the_teachers_training() -> None:
    own = graded(pep(STEMS[0]))
    weak = finding("sdq", "sdq_present", "The SDQ is in the plan", Met.NOT_MET, Grade.RED)
    assert own.judgement is not None
    own = own.model_copy(update={"judgement": own.judgement.model_copy(update={"criteria": (weak,)})})
    text = words(paper(sweep(own)))
    assert "No theme falls to designated teachers this time." in text
    assert "The SDQ is in the plan: PEPs in which it is not fully there: 1 of 1. Written by the social worker." in text


def test_schools_with_suspensions_and_schools_with_good_practice() -> None:
    trouble = with_(at(pep(STEMS[0]), "Elm School"), attendance={"suspensions": 3, "exclusions": None})
    reduced = with_(
        at(pep(STEMS[1]), "Fir School"), school={"reduced_timetable": True}, attendance={"suspensions": None}
    )
    once = with_(at(pep(STEMS[2]), "Gorse School"), school={"reduced_timetable": False}, attendance={"suspensions": 1})
    good = with_(at(pep(STEMS[3]), "Holly School"), school={"reduced_timetable": None}, attendance={"suspensions": 0})
    swept = sweep(
        graded(trouble, Grade.RED), graded(reduced, Grade.AMBER), graded(once, Grade.AMBER), graded(good, Grade.GOLD)
    )
    docx = paper(swept)
    told = tables(docx)
    rows = {row[0]: row for row in told["Schools to talk to"]}
    assert set(rows) == {"Elm School", "Fir School"} | (
        {"Elm School"} if trouble.record.school.reduced_timetable else set()
    )
    assert rows["Elm School"][2:4] == ["1", "3"]
    assert rows["Elm School"][6] == f"{trouble.id}, {trouble.record.child.initials}"
    assert [row[0] for row in told["Schools that may be asked to share"]] == ["Holly School"]
    assert "3 of 4 PEPs say how many suspensions there were." in words(docx)
    assert words(docx).count(good.record.child.initials + ",") == 0


def test_what_our_last_letters_asked_and_what_became_of_it() -> None:
    stems = [stem for stem in STEMS if pep(stem).record.meeting.next_date][:3]
    old = [pep(stem, source=f"old/{stem}") for stem in stems]
    before = [graded(one) for one in old]
    for n in (0, 1):  # a letter went out about two of them
        first, judged = before[n], judge(old[n])
        before[n] = first.model_copy(update={"moderation": accepted(old[n], judged)})
    now = [later(one, f"new/{n}.docx") for n, one in enumerate(old)]
    met = now[0].judgement
    assert met is not None
    done = tuple(
        f.model_copy(update={"state": Met.MET, "grade": Grade.GOLD}) if f.id == "targets_measurable" else f
        for f in met.criteria
    )
    now[0] = now[0].model_copy(update={"judgement": met.model_copy(update={"criteria": done})})
    docx = paper(sweep(*now), sweep(*before))
    [asked] = tables(docx)["What became of our requests"]
    assert asked == ["Every target says how anyone will know that it is reached", "2", "1", "1", "0", "0"]
    assert "the last plan of 2 children" in words(docx)


def test_an_empty_sweep_one_pep_and_no_earlier_sweep() -> None:
    empty = paper(sweep())
    assert "No PEP was graded in this sweep" in words(empty)
    lost = Outcome(source="a.pdf", id="0" * 12, outcome=OutcomeKind.UNREADABLE, error=None)
    assert "No PEP was graded" in words(paper(sweep(lost), term()))
    one = paper(sweep(graded(pep(STEMS[0]))), sweep())
    text = words(one)
    assert "1 PEP from 1 school: 1 Amber." in text
    assert "%" not in text
    assert "No child has a new plan since the last sweep" in text
    for docx in (empty, one):
        assert faults(docx) == []
    assert "There is no earlier sweep to compare it with." in words(paper(term()))


def test_hostile_names_print_literally_and_fit() -> None:
    texts = [one_line(text)[:40] for text in HOSTILE]
    docx = paper(hostile_sweep(), hostile_sweep())
    shown = words(docx)
    assert faults(docx) == []
    assert "<img src=x onerror=alert(1)>" in shown
    assert "{{ 7*7 }}" in shown
    assert texts[10] in shown
    assert all(len(row[0]) < 100 for row in tables(docx)["PEPs by school and grade"])


def test_the_rolls_lead_counts_before_the_peps_own() -> None:
    own = pep(STEMS[0])
    rows = tables(paper(sweep(graded(own)), leads={own.sha256: "P Okoro"}))["PEPs by virtual school lead and grade"]
    assert [row[0] for row in rows] == ["P Okoro"]


def test_which_sweep_is_the_one_before() -> None:
    def run(number: str, term: str | None) -> Run:
        return Run(id=number, today="2026-11-22", rubric="r", rubric_version="1", term=term)

    now = run("0004", "Autumn 2026")
    files = frozenset("abcd")
    again, last, older = run("0003", "autumn 2026"), run("0002", "Summer 2026"), run("0001", "Spring 2026")
    assert last_before(now, files, [(again, files), (last, files), (older, files)]) is last
    bare = run("0004", None)
    assert last_before(bare, files, [(again, frozenset("abc")), (last, frozenset("axyz"))]) is last
    assert last_before(bare, files, [(again, files)]) is None
    assert last_before(bare, files, [(again, frozenset())]) is None


def test_the_same_sweep_gives_the_same_bytes_and_takes_the_councils_look() -> None:
    assert paper(term(), term()) == paper(term(), term())
    docx = paper(term(), settings=OURS.model_copy(update={"look": Look(colour="#005A3C")}))
    assert "Brightwater Council" in words(docx)


# ------------------------------------------------------------------------------------------------- self-evaluation and plan


def figures_of(tables: folder.Tables, roll: list[Child]) -> Figures:
    cohorts = {year: Cohort.of(year, roll, tables, TODAY) for year in YEARS}
    return Figures(cohorts, "2025-26", WordPacks(PLAIN).words)


@pytest.fixture(scope="module")
def figures() -> Figures:
    roll = roll_of(COHORT / "roll.csv")
    return figures_of(folder.read(COHORT, [one.reference for one in roll], TODAY), roll)


@pytest.fixture(scope="module")
def known(figures: Figures) -> Held:
    first = pep(STEMS[0])
    given = [accepted(first, judge(first)), accepted(first, judge(first), second=True)]
    return Held(figures, view(term(), PLAIN), None, agreement(given))


def test_the_self_evaluation_holds_every_criterion_its_figures_and_blanks(known: Held) -> None:
    docx = sef.report(known, PLAIN, TODAY).docx
    rows = tables(docx)["Criteria and evidence"]
    said = sef.load_words(PLAIN)
    assert [row[0] for row in rows] == [one.criterion for part in said.parts for one in part.criteria]
    assert len(rows) == 13
    assert all("[how well, and how we know]" in row[3] for row in rows)
    progress = rows[0][2]
    assert (
        "Key Stage 2: reading, writing and maths: 0.0% (0 of 12 children). It is 37.0 points below the published figure of 37.0%"
        " (in care 12 months or more, England, 2018-19)." in progress
    )
    assert "Year 1: phonics: 66.7% (6 of 9 children). This is a small cohort: one child is worth 11 points." in progress
    assert "in area 91.2% (118 children), out of area" in rows[3][2]
    assert "Agreement of moderator and second reader on the whole PEP: 1 of 1." in rows[5][2]
    assert "sign-off: 20.8 (531 plans)" in rows[5][2]
    assert rows[8][2] == "Nothing held here: add it by hand."
    assert "£622,250" in rows[-1][2]
    assert faults(docx) == []


def test_with_nothing_known_every_place_says_so() -> None:
    nothing = Held(None, None, None, ())
    for paper_of in (sef, plan):
        docx = paper_of.report(nothing, PLAIN, TODAY).docx
        assert faults(docx) == []
        assert "no roll has been imported" in words(docx)
        assert "no sweep has been finished" in words(docx)
    rows = tables(sef.report(nothing, PLAIN, TODAY).docx)["Criteria and evidence"]
    assert {row[2] for row in rows} == {"Nothing held here: add it by hand."}
    assert "no priority is proposed" in words(plan.report(nothing, PLAIN, TODAY).docx)


def test_tables_that_are_missing_are_told_as_no_data() -> None:
    bare = figures_of(folder.Tables({}), roll_of(COHORT / "roll.csv"))
    docx = sef.report(Held(bare, None, None, ()), PLAIN, TODAY).docx
    assert "No data yet: Early years: a good level of development; Year 1: phonics" in words(docx)
    assert "Attendance:" not in words(docx)


def test_priorities_are_what_lies_below_and_is_not_of_a_few(known: Held, figures: Figures) -> None:
    words_ = plan.load_words(PLAIN)
    found = plan.priorities(words_, known)
    assert len(found) == 7
    assert found[0].title == "Every target says how anyone will know that it is reached"
    titles = [one.title for one in found[3:]]
    assert "Key Stage 4: English and maths, grade 5 or better" not in titles  # in line: one of 16 is worth more
    for gap in plan._gaps(words_, figures):
        figure = figures.figure(gap.kpi.id)
        assert figure.value is not None
        beside = figures.beside(gap.kpi.id)
        wanted = {one.kpi: one.at_least for one in words_.ambitions}.get(gap.kpi.id)
        margin = figures.margin(figures.shown(gap.kpi.id))[1]
        worse = [
            limit
            for limit, within in ((beside and beside.value, margin), (wanted, 0))
            if limit is not None and gap.kpi.better * (limit - figure.value) > within
        ]
        assert worse, gap.kpi.id
        assert len(worse) == len(gap.why)
    sizes = [gap.size for gap in plan._gaps(words_, figures)]
    assert sizes == sorted(sizes, reverse=True)
    docx = plan.report(known, PLAIN, TODAY).docx
    assert len(tables(docx)["Actions"]) == (7 + 1) * words_.most.rows
    assert faults(docx) == []


def test_what_lies_below_and_is_of_a_few_is_named_and_makes_no_priority(figures: Figures) -> None:
    high = rows.Comparator(measure="phonics", academic_year="2025-26", group="in care 12 months or more", series="S", value=95, source="X")  # fmt: skip
    few = figures_of(
        folder.Tables({**figures.cohort.tables.rows, "comparators": (high,)}), list(figures.cohort.children)
    )
    docx = plan.report(Held(few, None, None, ()), PLAIN, TODAY).docx
    assert "Below, but of too few children to be a priority: Year 1: phonics." in words(docx)
    assert ". Year 1: phonics" not in words(docx)


# --------------------------------------------------------------------------------------------------------- words as data


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("sweep", "{peps} from {schools}: {grades}", "{pep} from {schools}: {grades}", "{pep} is not a slot here (did you mean 'peps'?)"),
        ("sweep", "  themes_none:", "  themes_nun:", "nothing here is called 'themes_nun' (did you mean 'themes'?)"),
        ("sweep", "[Grade, This sweep, Last time]", "[Grade, This sweep]", "this table has 3 columns, not 2"),
        ("sweep", "{share}.", "{share.", "without its partner"),
        ("sef", "kpis: [gld,", "kpis: [glad,", "there is no KPI 'glad' (did you mean 'gld'?)"),
        ("sef", "peps: [attainment_current,", "peps: [attainmnt_current,", "there is no criterion 'attainmnt_current'"),
        ("sef", "{area: [", "{areas: [", "there is no group 'areas' (did you mean 'area'?)"),
        ("plan", "kpi: attendance,", "kpi: atendance,", "there is no KPI 'atendance' (did you mean 'attendance'?)"),
        ("plan", "rows: 4", "rows: 400", "less than or equal to 20"),
    ],
)  # fmt: skip
def test_a_slip_in_the_words_is_told_with_its_line(name: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    ours = ROOT / "templates" / "report" / f"{name}.yaml"
    text = ours.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "report" / f"{name}.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    loaded = {"sweep": sweep_words, "sef": sef, "plan": plan}[name]
    with pytest.raises(PackError) as caught:
        loaded.load_words(Settings(look=Look(templates=tmp_path)))
    assert told in caught.value.message
    assert re.search(rf"{name}\.yaml:\d+:\d+: ", caught.value.message)


def test_the_template_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("make_paper_template", ROOT / "scripts" / "make_paper_template.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.papers() == (ROOT / "templates" / "papers.docx").read_bytes()


def test_the_pdfs_are_tagged_without_fault(known: Held, tmp_path: Path) -> None:
    now = view(term(), PLAIN)
    made = (
        sweep_report.report(now, now, PLAIN, TODAY),
        sef.report(known, PLAIN, TODAY),
        plan.report(known, PLAIN, TODAY),
    )
    for written in made:
        assert errors(draw(written.docx), tmp_path) == []


# -------------------------------------------------------------------------------------------------------- the commands


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's own vsdocs.toml."""
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    group = click.Group(
        "report", commands={c.name or "": c for c in (report_papers.sweep, report_papers.sef, report_papers.plan)}
    )
    return CliRunner().invoke(group, arguments, standalone_mode=False)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the roll of the cohort, and two sweeps: all fixtures, of which a person graded some; then new plans of most."""
    path = tmp_path_factory.mktemp("two") / "s.sqlite"
    first = [pep(stem, source=f"autumn/{stem}") for stem in STEMS]
    kept(path, *first, moderated=first[:12], folder="/autumn")
    second = [later(one, f"spring/{n}", meeting={"date": "2026-07-02"}).extraction for n, one in enumerate(first[:18])]
    kept(path, *(one for one in second if one), *first[20:22], folder="/spring")
    store = Store(f"sqlite:///{path}")
    store.roll.save(roll_of(COHORT / "roll.csv"), "2026-11-01")
    store.close()
    return path


def test_the_paper_of_the_last_sweep_beside_the_one_before(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "qa.docx"
    done = run("sweep", "--compare", "--out", str(out), "--pdf", "--store", str(two), "--today", "2026-11-22")
    assert done.return_value == ExitCode.DONE, done.exception
    text = words(out.read_bytes())
    assert "18 children with a new plan since sweep 0001." in text
    assert "Handed in again unchanged, and not counted: 2 PEPs." in text
    assert "In the last sweep and not in this one: 4 children." in text
    assert "the last plan of 12 children" in text
    assert out.with_suffix(".pdf").read_bytes()[:4] == b"%PDF"
    assert faults(out.read_bytes()) == []
    for outcome in (pep(stem) for stem in STEMS):
        assert str(outcome.record.child.surname) not in re.sub(
            r"[\w ]*School[\w ]*", "", text
        ) or outcome.record.child.surname in ("Vale",)


def test_a_paper_that_was_filled_is_not_written_over(two: Path, tmp_path: Path) -> None:
    out = tmp_path / "qa.docx"
    ask = ("sweep", "0001", "--out", str(out), "--store", str(two), "--today", "2026-11-22")
    assert run(*ask).return_value == ExitCode.DONE
    assert run(*ask).return_value == ExitCode.DONE  # the same again is no other
    out.write_bytes(b"filled")
    assert "perhaps one that is filled" in str(run(*ask).exception)
    assert out.read_bytes() == b"filled"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("sweep", "0099"), "No finished sweep has this id."),
        (("sweep", "--compare", "0002"), "cannot be compared with itself"),
        (("sweep", "--compare", "0042"), "No finished sweep has this id."),
        (("sef", "--year", "2025"), "Write the academic year as 2025-26."),
        (("sef", "--year", "2025-27"), "Write the academic year as 2025-26."),
        (("plan", "--year", "2031-32"), "has not begun yet"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    two: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = run(*arguments, "--out", str(tmp_path / "x.docx"), "--store", str(two), "--today", "2026-11-22")
    assert told in str(done.exception)
    assert not (tmp_path / "x.docx").exists()


def test_only_a_word_file_is_written(two: Path, tmp_path: Path) -> None:
    done = run("sweep", "--out", str(tmp_path / "paper.pdf"), "--store", str(two))
    assert "The paper is a Word file." in str(done.exception)


def test_self_evaluation_and_plan_from_the_store(two: Path, tmp_path: Path) -> None:
    where = ("--store", str(two), "--today", "2026-11-22")
    for name in ("sef", "plan"):
        out = tmp_path / f"{name}.docx"
        assert run(name, "--data", str(COHORT), "--out", str(out), *where).return_value == ExitCode.DONE
        assert "2025-26" in words(out.read_bytes())
        bare = run(name, "--out", str(tmp_path / f"bare-{name}.docx"), *where)
        assert "No tables were given" in bare.stderr
    text = words((tmp_path / "sef.docx").read_bytes())
    assert "Attendance: 91.2% (190 children)." in text
    assert "The same children since the sweep before: better" in text


def test_no_advice_of_any_rubric_is_told_with_the_words_of_one_plan() -> None:
    """A slot that has no general words leaves the advice out, and no brace is ever printed."""
    said = sweep_words.load_words(PLAIN)
    for name in rubric.ids():
        rules = rubric.load(name)
        for area_id, area in rules.areas.items():
            for criterion in area.criteria:
                theme = Theme(
                    criterion=criterion,
                    title="T",
                    area=area_id,
                    area_title="A",
                    peps=1,
                    not_met=1,
                    partly=0,
                    cost=1,
                    schools=(),
                )
                told = sweep_training._advice(said, rules, theme)
                assert not re.search(r"[{}]", told)
                assert not re.search(r"what is missing|[Mm]issing: *$", told)


def test_what_others_write_has_no_action_for_teachers_in_the_plan() -> None:
    own = graded(pep(STEMS[0]))
    weak = finding("sdq", "sdq_present", "The SDQ is in the plan", Met.NOT_MET, Grade.RED)
    assert own.judgement is not None
    own = own.model_copy(update={"judgement": own.judgement.model_copy(update={"criteria": (weak,)})})
    [one] = plan.priorities(plan.load_words(PLAIN), Held(None, view(sweep(own), PLAIN), None, ()))
    assert (one.title, one.action) == ("The SDQ is in the plan", "")


def test_a_lead_or_a_school_that_bears_a_childs_name_stops_nothing() -> None:
    child = pep("d2_fourcol_1_drysdale")
    name = f"{child.record.child.forename} {child.record.child.surname}"
    other = at(pep(STEMS[1]), f"The {name} Academy")
    now = view(sweep(graded(other)), PLAIN, {other.sha256: name})
    gate.check(sweep_report.report(now, None, PLAIN, TODAY), gate.Others([child, other], PLAIN), listing=True)


def test_a_page_of_text_in_the_schools_box_takes_no_time() -> None:
    import time

    def seconds(name: str) -> float:
        began = time.process_time()
        view(sweep(graded(at(pep(STEMS[0]), name))), PLAIN)
        return time.process_time() - began

    short = min(seconds("Elm School") for _ in range(3))
    assert seconds("x" * 200_000) < 20 * short + 0.05


def test_a_term_that_is_called_like_a_grade_stops_nothing() -> None:
    swept = sweep(graded(pep(STEMS[0])))
    named = Sweep(swept.run.model_copy(update={"term": "Red & Amber, Year 7"}), swept.files, swept.outcomes)
    written = sweep_report.report(view(named, PLAIN), None, PLAIN, TODAY)
    gate.check(written, gate.Others([pep(STEMS[0])], PLAIN), listing=True)
    assert "PEP quality assurance report: Red & Amber, Year 7" in words(written.docx)
    assert "Red" not in written.subject


def test_the_deepest_fall_to_the_lowest_grade_comes_first() -> None:
    old = [graded(pep(stem, source=f"old/{n}"), g) for n, (stem, g) in enumerate(zip(STEMS, (Grade.GREEN, Grade.GOLD, Grade.GOLD), strict=False))]  # fmt: skip
    grades = (Grade.RED, Grade.RED, Grade.GREEN)
    now = [later(o.extraction, f"new/{n}", g) for n, (o, g) in enumerate(zip(old, grades, strict=True)) if o.extraction]
    rows = tables(paper(sweep(*now), sweep(*old)))["Weaker now, the lowest grade first"]
    assert [row[3:] for row in rows] == [["Gold", "Red"], ["Green", "Red"], ["Gold", "Green"]]
