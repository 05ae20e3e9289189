"""Every criterion keeps the promise of its own examples, and every state that a criterion must have is shown by one."""

from datetime import date

import pytest

from vsdocs.criteria import EXAMPLE_DAY, Criterion, Example, all_criteria
from vsdocs.document import Format
from vsdocs.evidence import Evidence, State
from vsdocs.judgement import Met

CRITERIA = list(all_criteria().values())
EXAMPLES = [(criterion, example) for criterion in CRITERIA for example in criterion.examples]
WITH_EMPTY_BOX = [(c, e) for c, e in EXAMPLES if State.BLANK in e.evidence.values()]


@pytest.mark.parametrize(
    ("criterion", "example"), EXAMPLES, ids=[f"{c.id}-{e.state}-{n}" for n, (c, e) in enumerate(EXAMPLES)]
)
def test_example_holds(criterion: Criterion, example: Example) -> None:
    answer = criterion.check(example.pep(), criterion.params(), EXAMPLE_DAY)
    assert answer.state is example.state, example.why


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_each_has_a_met_a_not_met_and_a_cannot_tell_example(criterion: Criterion) -> None:
    assert {Met.MET, Met.NOT_MET, Met.CANNOT_TELL} <= {example.state for example in criterion.examples}


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_each_says_what_it_looks_at_and_why(criterion: Criterion) -> None:
    assert "Looks at:" in criterion.about
    assert "Why:" in criterion.about


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: c.id)
def test_nothing_read_is_never_held_against_a_pep(criterion: Criterion) -> None:
    """A PEP in which no box was found lowers nothing, whatever the criterion looks at."""
    state = criterion.check(Example(Met.CANNOT_TELL, {}).pep(), criterion.params(), EXAMPLE_DAY).state
    assert state in (Met.CANNOT_TELL, Met.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("criterion", "example"),
    WITH_EMPTY_BOX,
    ids=[f"{c.id}-{e.state}-{n}" for n, (c, e) in enumerate(WITH_EMPTY_BOX)],
)
def test_what_lowers_a_grade_is_never_only_unread(criterion: Criterion, example: Example) -> None:
    """Every box that the example leaves empty turned into one that was not found: the criterion may not be worse."""
    unread = {p: State.NOT_LOCATED if s == State.BLANK else s for p, s in example.evidence.items()}
    softer = Example(example.state, example.record, unread)
    order = [Met.NOT_MET, Met.PARTLY, Met.MET, Met.CANNOT_TELL, Met.NOT_APPLICABLE]
    state = criterion.check(softer.pep(), criterion.params(), EXAMPLE_DAY).state
    assert order.index(state) >= order.index(example.state) or example.state is Met.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("written", "format_", "state"),
    [
        ("ongoing", "docx", Met.NOT_MET),
        ("ASAP", "pdf", Met.NOT_MET),
        ("Easter", "docx", Met.MET),
        ("end of the spring term", "pdf", Met.MET),
        ("ongolng", "pdf-scan", Met.CANNOT_TELL),
    ],
)
def test_a_due_date_in_words_is_read_as_words(written: str, format_: str, state: Met) -> None:
    """'ongoing' is legible and no date; what a scan did not give is another matter."""
    pep = Example(state, {"targets": [{"text": "Improve reading"}], "meeting": {"date": "2026-01-15"}}).pep()
    due = Evidence(state=State.UNREADABLE, text=written, confidence=0.5)
    criteria = Evidence(state=State.BLANK)
    evidence = {**pep.evidence, "targets[0].due": due, "targets[0].success_criteria": criteria}
    pep = pep.model_copy(update={"format": Format(format_), "evidence": evidence})
    for name in ("targets_time_bound", "targets_workable"):
        criterion = all_criteria()[name]
        assert criterion.check(pep, criterion.params(), date(2026, 1, 20)).state is state
