"""What a paper can draw on: the figures of the roll and the tables, the last sweeps, how far readers agree.

How a figure is worded is the same in every report (`said`); here are the words for what sweeps and moderations tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vsdocs.generate.plain import one_line
from vsdocs.generate.report.figures import Figures
from vsdocs.generate.report.paper_words import SMALL, PaperWords, Sentences
from vsdocs.generate.report.sweep_seen import View
from vsdocs.judgement import Met
from vsdocs.moderation import Agreement

#: sentences that every paper with figures says
SENTENCES: Sentences = {
    "criterion": ("title", "share"), "sweep_grades": ("run", "peps", "grades"), "agreement": ("between", "share", "kappa"),
    "agreement_plain": ("between", "share"), "confirmed": ("share",), "year": (), "sweep": (), "no_sweep": (), "no_roll": (),
}  # fmt: skip


@dataclass(frozen=True)
class Held:
    """What there is to draw from. Without tables there are figures still, as the roll tells them; without a roll none."""

    figures: Figures | None
    view: View | None
    before: View | None
    agreement: tuple[Agreement, ...]


def criterion_line(words: PaperWords, view: View, criterion: str) -> str:
    """In how many PEPs a criterion is met, of those of which it could be told; '' where it could be told of none."""
    states = [one.states.get(criterion) for one in view.seen]
    told = [state for state in states if state in (Met.MET, Met.PARTLY, Met.NOT_MET)]
    if not told:
        return ""
    share = words.share(sum(state is Met.MET for state in told), len(told))
    return words.told("criterion", title=view.titles.get(criterion, criterion), share=share)


def agreement_lines(words: PaperWords, held: Held) -> Iterator[str]:
    """How many grades a person confirmed, and how far readers agree on the whole PEP."""
    if held.view and held.view.seen:
        share = words.share(sum(one.is_moderated for one in held.view.seen), len(held.view.seen))
        yield words.told("confirmed", share=share)
    for one in held.agreement:
        if one.of == "overall":
            share = words.share(round(one.exact * one.peps), one.peps)
            between = one_line(one.between)
            if one.kappa is None or one.peps < SMALL:
                yield words.told("agreement_plain", between=between, share=share)
            else:
                yield words.told("agreement", between=between, share=share, kappa=f"{one.kappa:.2f}")
