"""From one PEP and its judgement to the words of the letter: what to praise, what to ask for, and what is still blank."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from vsdocs.dates import parse_iso
from vsdocs.document import Format
from vsdocs.generate.case import Case, Words, day_in_words
from vsdocs.generate.letters import paper
from vsdocs.generate.letters.fields import Change, Letter
from vsdocs.generate.letters.last_time import last_time, weightiest
from vsdocs.generate.letters.phrases import Phrases
from vsdocs.generate.letters.recipient import recipient_of
from vsdocs.generate.letters.thread import DOUBTED_BY, thread_lines
from vsdocs.generate.letters.words import OwnWords, repeats
from vsdocs.generate.plain import one_line
from vsdocs.generate.quotation import words_of_the_child
from vsdocs.judgement import AreaGrade, Finding, Grade, Judgement, Met, Quote
from vsdocs.language.speaker import Whose
from vsdocs.record import Role

MOST_CHANGES = 3
MOST_OF_ONE_AREA = 2
MOST_STRENGTHS = 3
MOST_THREADS = 3  # one less for each line of what was asked last time, but one at least: the letter has two pages


class Draft:
    """One letter in the making: what the PEP and its judgement say, in the sentences of the phrases."""

    def __init__(self, case: Case, judgement: Judgement, grade: Grade, phrases: Phrases) -> None:
        self.case, self.pep, self.record, self.today = case, case.pep, case.pep.record, case.today
        self.judgement, self.grade, self.phrases = judgement, grade, phrases
        self.given = case.moderation.given if case.moderation else None
        self.asked: set[str] = set()  # criteria that a change speaks of already
        self.slots = Words(case, phrases.blanks)
        self.words = OwnWords(case.pep, judgement, phrases, self.slots)
        self._say = self.slots.say

    def letter(self, *, final: bool = False) -> Letter:
        """The letter; a `final` one has a list for the lead only where something must be filled in."""
        phrases, grade = self.phrases, self.grade
        changes = tuple(self._changes())
        strengths = self.strengths([f"{c.says} {c.why} {c.stronger}" for c in changes])
        since = tuple(last_time(self.case, self.judgement, phrases.last_time, self.words))
        most = MOST_THREADS - len(since[: MOST_THREADS - 1])
        return Letter(
            **paper.heading(self.case, self.slots, phrases),
            draft="" if self.case.moderation else self._say(phrases.draft),
            subject=self._say(phrases.subject),
            thanks=self._say(phrases.thanks),
            grade=phrases.grades.of(grade),
            meaning=self._say(phrases.meaning.of(grade)),
            areas=self._areas(),
            strengths=tuple(strengths),
            change_intro=self._change_intro(changes),
            changes=changes,
            matters=tuple(self._matters()),
            thread=tuple(thread_lines(self.pep, phrases.thread, self.slots, most, self._doubted())),
            last_time=since,
            next_steps=tuple(self._say(step) for step in (*phrases.next_steps.of(grade), *phrases.also.values())),
            closing=self._say(phrases.closing.of(grade)),
            lead_list=tuple(paper.still_to_do(self.slots, phrases) if final else self._lead_list()),
        )

    def _areas(self) -> str:
        """The grade of each area. Where a person has graded the whole, only the areas that they graded have one."""
        areas, given = self.judgement.areas, self.given
        seen = [area for area in areas if area.grade and not area.unseen]
        if given is None or all(area.id in given.areas for area in seen):
            return self._say(self.phrases.areas, areas=_listed(areas, self._area))
        graded = [area for area in seen if area.id in given.areas]
        if not graded:
            return self._say(self.phrases.areas_not_graded)
        return self._say(self.phrases.areas_graded, areas=_listed(graded, self._area))

    def _area(self, area: AreaGrade) -> str:
        if area.unseen:
            return self.phrases.unseen
        return self.phrases.grades.of(area.grade) if area.grade else self.phrases.ungraded

    # What is strong

    def strengths(self, asked: Iterable[str] = ()) -> list[str]:
        """What the rubric found, one an area, the best areas first; then what is true of every plan that was sent.

        Words of which a change speaks (`asked`) are not praised as well.
        """
        asked = list(asked)
        ranks = {area.id: area.grade.rank if area.grade else -1 for area in self.judgement.areas}
        met = {f.id: self._in_our_words(f) for f in self.judgement.criteria if f.state is Met.MET and f.reasons}
        found: dict[str, str] = {}
        empty = self._empty_areas()
        for finding in (met[name] for name in self.phrases.praise if name in met):
            words = self.words.praise(finding) if finding.area not in {*found, *empty} else ""
            if words and not repeats(words, [*found.values(), *asked]):
                found[finding.area] = words
        best = sorted(found, key=lambda area: -ranks.get(area, -1))
        strengths = [found[area] for area in best[:MOST_STRENGTHS]]
        for words in self._always_true(asked, praised_voice="voice" in found):
            if len(strengths) < 2:
                strengths.append(words)
        return strengths

    def _empty_areas(self) -> set[str]:
        """The areas of which the letter says that there is nothing in the plan: then nothing in them is praised."""
        return {
            f.area
            for f in self.judgement.criteria
            if f.state is Met.NOT_MET and f.id in (f"{f.area}_present", f"{f.area}_recorded")
        }

    def _always_true(self, asked: list[str], *, praised_voice: bool) -> Iterator[str]:
        graded = {area.id: area.grade for area in self.judgement.areas}
        answers = [Quote(field=f"voice[{n}].answer", text=v.answer) for n, v in enumerate(self.record.voice)]
        spoken = [q for q in answers if words_of_the_child(q.field, self.record) is Whose.OWN]
        heard = self.words.fullest(q for q in spoken if _OWN.search(q.text or ""))
        if heard and not praised_voice and not repeats(heard, asked) and graded.get("voice") is not Grade.RED:
            yield f"{self._say(self.phrases.heard)} {heard}"
        met = parse_iso(self.record.meeting.date)
        if met and met <= self.today:
            people = len(self.record.meeting.attendees)
            several = self._say(self.phrases.met_together, people=str(people))
            yield several if people > 1 else self._say(self.phrases.met)
        review = parse_iso(self.record.meeting.next_date)
        if review and review > (met or review):
            yield self._say(self.phrases.next_agreed)
        yield self._say(self.phrases.sent)

    # What to change

    def _change_intro(self, changes: tuple[Change, ...]) -> str:
        if changes:
            return self._say(self.phrases.change.of(self.grade))
        lowered = self.given is not None and self.grade in (Grade.AMBER, Grade.RED)
        return self._gap(self.phrases.change_unknown) if lowered else self._say(self.phrases.no_change)

    def _gap(self, words: str) -> str:
        """What only the person knows who gave the grade: a blank for them to fill."""
        blank = self._say(words)
        if blank not in self.slots.gaps:
            self.slots.gaps.append(blank)
        return blank

    def _in_our_words(self, finding: Finding) -> Finding:
        """What a person sees otherwise than it was suggested has no reasons; who they are is no matter for the school."""
        if self._is_ours(finding):
            told = self.phrases.found if finding.state is Met.MET else self.phrases.not_found
            return finding.model_copy(update={"reasons": (self._say(told),)})
        return finding

    def _is_ours(self, finding: Finding) -> bool:
        suggested = self.case.moderation.suggested.criteria if self.case.moderation else {}
        given = self.given.criteria if self.given else {}
        return finding.id in given and given[finding.id] is not suggested.get(finding.id)

    def _changes(self) -> list[Change]:
        """At most three, what costs most first; at most two of one area while others wait."""
        made: list[Change] = []
        waiting: list[Finding] = []
        areas: Counter[str] = Counter()
        for finding in self._weightiest():
            if len(made) == MOST_CHANGES:
                break
            if areas[finding.area] == MOST_OF_ONE_AREA:
                waiting.append(finding)
            elif not self._covered(finding):
                made.append(self._change(finding))
                areas[finding.area] += 1
        for finding in waiting:
            if len(made) < MOST_CHANGES and not self._covered(finding):
                made.append(self._change(finding))
        return made

    def _weightiest(self) -> list[Finding]:
        """What a person misses, then what costs most."""
        ours = [f for f in self.judgement.criteria if self._is_ours(f) and f.state in (Met.NOT_MET, Met.PARTLY)]
        return [*ours, *weightiest(self.judgement)]

    def _covered(self, finding: Finding) -> bool:
        """Were all the targets that it is about reworded already? A rewording mends everything that a target lacks."""
        targets = self.words.targets_of(finding)
        return bool(targets) and finding.id not in self.phrases.examples and self.words.reworded.issuperset(targets)

    def _change(self, finding: Finding) -> Change:
        self.asked.add(finding.id)
        finding = self._in_our_words(finding)
        why = self.words.plain(" ".join(finding.reasons))
        says, advice = self.words.weak(finding, why)
        return Change(
            title=self.words.plain(finding.title),
            says=says if not says or says[-2] in ".!?…" else f"{says}.",
            why=why,
            stronger=self.words.plain(" ".join(advice)) or self._gap(self.phrases.change_unknown),
            who=self._say(self.phrases.who.get(finding.area, self.phrases.who_else)),
            when=self._say(self.phrases.when.of(self.grade)),
        )

    def _doubted(self) -> set[tuple[str, int]]:
        """The links of the golden thread that the letter may say are missing, each with the number of its target."""
        silent = any(f.id == "voice_present" and f.state is Met.NOT_MET for f in self.judgement.criteria)
        unheard = {("voice", index) for index in range(len(self.record.targets) if silent else 0)}
        return unheard | {
            (DOUBTED_BY[finding.id], index)
            for finding in self.judgement.criteria
            if finding.id in DOUBTED_BY and finding.state in (Met.PARTLY, Met.NOT_MET)
            for index in self.words.targets_of(finding)
        }

    # What a person must see to

    def _matters(self) -> Iterator[str]:
        """The flags that the school acts on, urgent ones first; the others are for the lead."""
        for flag in self.judgement.flags:
            matter = self.phrases.matters.get(flag.code)
            if matter and matter.unless_asked not in self.asked and flag.severity in ("urgent", "check"):
                yield self._say(matter.words, message=self.words.plain(flag.message))

    def _lead_list(self) -> Iterator[str]:
        yield from self.checks()
        yield self._say(self.phrases.finish)

    def checks(self) -> Iterator[str]:
        """What the lead looks at before the letter goes out; the school is not told of it."""
        lines, moderation = self.phrases.lead_list, self.case.moderation
        if moderation is None:
            yield self._say(lines.not_moderated)
        elif moderation.given.grade:
            grade, day = self.phrases.grades.of(moderation.given.grade), day_in_words(moderation.day)
            yield self._say(lines.graded, reader=one_line(moderation.reader), grade=grade, day=day)
            if moderation.reason:
                yield self._say(lines.reason, reason=one_line(moderation.reason))
        if self.slots.gaps:
            yield self._say(self.phrases.fill_in, blanks=", ".join(self.slots.gaps))
        recipient = recipient_of(self.case)
        if moderation and not (recipient and recipient.email):
            yield self._say(lines.no_address)
        for flag in self.judgement.flags:
            if flag.code not in self.phrases.matters:
                yield self._say(lines.flag, message=self.words.plain(flag.message))
        teachers = {c.name for c in self.record.contacts if c.role is Role.DESIGNATED_TEACHER and c.name}
        if len(teachers) > 1:
            yield self._say(lines.two_teachers)
        if self.pep.format is Format.SCAN:
            yield self._say(lines.scan)
        untold = [f.title for f in self.judgement.criteria if f.state is Met.CANNOT_TELL]
        if untold:
            yield self._say(lines.unread, titles="; ".join(untold))
        yield self._say(lines.quotations)


_OWN = re.compile(r"\b(?:I|my|me|mine)\b")


def _listed(areas: Iterable[AreaGrade], grade: Callable[[AreaGrade], str]) -> str:
    return "; ".join(f"{area.title}: {grade(area)}" for area in areas)
