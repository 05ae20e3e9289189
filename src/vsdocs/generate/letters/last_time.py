"""What the last feedback asked for and whether it was done, and what became of the targets of the last plan."""

from collections import Counter
from collections.abc import Iterator

from vsdocs.criteria import qa_feedback_answered
from vsdocs.generate.case import Case, Words
from vsdocs.generate.letters.phrases import LastTime
from vsdocs.generate.letters.words import OwnWords
from vsdocs.generate.quotation import may_be_praised, quotable
from vsdocs.judgement import Judgement, Met

MOST = 3  # wishes of the last time
_TOLD = (Met.MET, Met.PARTLY, Met.NOT_MET)


def last_time(case: Case, judgement: Judgement, phrases: LastTime, own: OwnWords) -> Iterator[str]:
    """At most three wishes with what became of each, then the targets of the last plan."""
    words = own.slots
    states = {finding.id: finding.state for finding in judgement.criteria}
    wishes: dict[str, tuple[str, Met]] = {}
    for finding in case.earlier.weightiest()[:MOST] if case.earlier else ():
        if (state := states.get(finding.id)) in _TOLD:
            wishes[finding.id] = words.say(phrases.wished, title=own.plain(finding.title)), state
    for clause, criterion_id, seen in _requests(case):
        state = states.get(criterion_id, seen)
        quoted = quotable(clause, case.pep.record, 150).rstrip(".")
        if quoted and state in _TOLD and criterion_id not in wishes:
            wishes[criterion_id] = words.say(phrases.asked, asked=quoted), state
    for wish, state in list(wishes.values())[:MOST]:
        yield f"{wish} {words.say(phrases.became.of(state))}"
    doubts = [" ".join(finding.reasons) for finding in judgement.criteria if finding.state in (Met.PARTLY, Met.NOT_MET)]
    yield from _targets(case, phrases, words, doubts)


def _requests(case: Case) -> Iterator[tuple[str, str, Met]]:
    if case.pep.record.qa_feedback:
        yield from qa_feedback_answered.answers(case.pep, case.today)


def _targets(case: Case, phrases: LastTime, words: Words, doubts: list[str]) -> Iterator[str]:
    """How many were met, and praise for one, if the letter doubts it nowhere."""
    previous = case.pep.record.previous_targets
    counted = Counter(target.outcome for target in previous if target.outcome in type(phrases.outcomes).model_fields)
    if not counted:
        return
    told = [
        getattr(phrases.outcomes, outcome).format(count=counted[outcome])
        for outcome in type(phrases.outcomes).model_fields
        if counted[outcome]
    ]
    line = words.say(phrases.targets, outcomes=", ".join(told))
    met = (quotable(t.text, case.pep.record, 120).rstrip(".") for t in previous if t.outcome == "met")
    sure = (text for text in met if not any(text[:30] in doubt for doubt in doubts))
    best = next((text for text in sure if may_be_praised(text)), "")
    yield f"{line} {words.say(phrases.well_done, target=best)}" if best else line
