"""From one PEP and its judgement to the words of the letter: what to praise, what to ask for, and what is still blank."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from vsdocs.dates import add_working_days, in_words, parse_iso
from vsdocs.document import Format
from vsdocs.generate.letters.fields import Change, Letter
from vsdocs.generate.letters.phrases import Phrases
from vsdocs.generate.letters.thread import thread_lines
from vsdocs.generate.letters.words import OwnWords, repeats
from vsdocs.generate.plain import one_line
from vsdocs.judgement import AreaGrade, Finding, Grade, Judgement, Met, Quote
from vsdocs.record import Contact, Extraction, Role

MOST_CHANGES = 3
MOST_OF_ONE_AREA = 2
MOST_STRENGTHS = 3
DAYS_TO_CHANGE = 20  # working days, where no review is near (001: a PEP is complete within 20 days)
FURTHEST_REVIEW = timedelta(days=190)  # PEPs are termly; a date further away is a slip of the pen


class Draft:
    """One letter in the making: what the PEP and its judgement say, in the sentences of the phrases."""

    def __init__(self, pep: Extraction, judgement: Judgement, grade: Grade, today: date, phrases: Phrases) -> None:
        self.pep, self.record, self.judgement, self.grade, self.today = pep, pep.record, judgement, grade, today
        self.phrases = phrases
        self.blanks: list[str] = []
        self.asked: set[str] = set()  # criteria that a change speaks of already

        blank = phrases.blanks
        record = pep.record
        teacher, lead = record.contact(Role.DESIGNATED_TEACHER), _lead(pep)
        self.authority, self.address = self._known(None, blank.authority), self._known(None, blank.address)
        self.teacher = self._known(teacher.name if teacher else None, blank.designated_teacher)
        self.slots = {
            "forename": self._known(record.child.forename, blank.forename),
            "meeting_date": self._known(_day(record.meeting.date), blank.meeting_date),
            "by": self._by(),
            "designated_teacher": _as_greeted(self.teacher),
            "school": self._known(record.school.name, blank.school),
            "lead": self._known(lead.name, blank.lead),
            "phone": self._known(lead.phone, blank.phone),
            "email": self._known(lead.email, blank.email),
        }
        self.words = OwnWords(pep, judgement, phrases, self.slots)

    def letter(self, *, is_draft: bool = True) -> Letter:
        phrases, grade = self.phrases, self.grade
        changes = tuple(self._changes())
        strengths = tuple(self._strengths([f"{c.says} {c.why} {c.stronger}" for c in changes]))
        intro = phrases.change.of(grade) if changes else phrases.no_change
        return Letter(
            draft=self._say(phrases.draft) if is_draft else "",
            confidential=self._say(phrases.confidential),
            authority=self.authority,
            address=self.address,
            date=in_words(self.today),
            designated_teacher=self.teacher,
            dear=self.slots["designated_teacher"],
            school=self.slots["school"],
            subject=self._say(phrases.subject, initials=self.judgement.child.initials, year_group=self._year_group()),
            reference=self.pep.id,
            thanks=self._say(phrases.thanks),
            grade=phrases.grades.of(grade),
            meaning=self._say(phrases.meaning.of(grade)),
            areas=self._say(phrases.areas, areas=self._areas()),
            strengths=strengths,
            change_intro=self._say(intro),
            changes=changes,
            matters=tuple(self._matters()),
            thread=tuple(thread_lines(self.pep, phrases.thread, self.slots)),
            next_steps=tuple(self._say(step) for step in phrases.next_steps.of(grade)),
            contact=self._say(phrases.contact),
            second_look=self._say(phrases.second_look),
            closing=self._say(phrases.closing.of(grade)),
            lead=self.slots["lead"],
            lead_list=tuple(self._lead_list(is_draft=is_draft)),
        )

    def _known(self, value: str | None, blank: str) -> str:
        """The value on one line, or its blank, which goes to the lead's list."""
        text = one_line(value or "")
        if not text:
            self.blanks.append(blank)
        return text or blank

    def _say(self, words: str, **more: str) -> str:
        return words.format_map(self.slots | more)

    def _year_group(self) -> str:
        year = self.judgement.child.year_group
        named = {"N": "Nursery", "R": "Reception"}.get(year or "", f"Year {year}" if year else "")
        return self._known(named, self.phrases.blanks.year_group)

    def _areas(self) -> str:
        return "; ".join(f"{area.title}: {self._area(area)}" for area in self.judgement.areas)

    def _area(self, area: AreaGrade) -> str:
        if area.unseen:
            return self.phrases.unseen
        return self.phrases.grades.of(area.grade) if area.grade else self.phrases.ungraded

    def _by(self) -> str:
        """Before the next review if it is near, else within 20 working days of today."""
        review = parse_iso(self.record.meeting.next_date)
        if review and self.today < review <= self.today + FURTHEST_REVIEW:
            return self.phrases.before_review.format(date=_day(self.record.meeting.next_date))
        return self.phrases.by_date.format(date=in_words(add_working_days(self.today, DAYS_TO_CHANGE)))

    # What is strong

    def _strengths(self, asked: list[str]) -> list[str]:
        """What the rubric found, one an area, the best areas first; then what is true of every plan that was sent.

        Words of which a change speaks (`asked`) are not praised as well.
        """
        ranks = {area.id: area.grade.rank if area.grade else -1 for area in self.judgement.areas}
        met = {f.id: f for f in self.judgement.criteria if f.state is Met.MET and f.reasons}
        found: dict[str, str] = {}
        for finding in (met[name] for name in self.phrases.praise if name in met):
            words = self.words.praise(finding) if finding.area not in found else ""
            if words and not repeats(words, [*found.values(), *asked]):
                found[finding.area] = words
        best = sorted(found, key=lambda area: -ranks.get(area, -1))
        strengths = [found[area] for area in best[:MOST_STRENGTHS]]
        for words in self._always_true(asked, praised_voice="voice" in found):
            if len(strengths) < 2:
                strengths.append(words)
        return strengths

    def _always_true(self, asked: list[str], *, praised_voice: bool) -> Iterator[str]:
        graded = {area.id: area.grade for area in self.judgement.areas}
        answers = [Quote(field=f"voice[{n}].answer", text=v.answer) for n, v in enumerate(self.record.voice)]
        heard = self.words.fullest(q for q in answers if _OWN.search(q.text or ""))
        if heard and not praised_voice and not repeats(heard, asked) and graded.get("voice") is not Grade.RED:
            yield f"{self._say(self.phrases.heard)} {heard}"
        met = parse_iso(self.record.meeting.date)
        if met and met <= self.today:
            people = len(self.record.meeting.attendees)
            several = self._say(self.phrases.met_together, people=str(people))
            yield several if people > 1 else self._say(self.phrases.met)
        review = parse_iso(self.record.meeting.next_date)
        if review and review > (met or review):
            yield self._say(self.phrases.next_agreed, next_date=_day(self.record.meeting.next_date))
        yield self._say(self.phrases.sent)

    # What to change

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
        """What is not or partly met and costs something: the lowest cap first, then the rubric's order of areas."""
        order = {area.id: n for n, area in enumerate(self.judgement.areas)}
        unmet = [
            (f.grade.rank, f.state is Met.PARTLY, order.get(f.area, len(order)), n)
            for n, f in enumerate(self.judgement.criteria)
            if f.state in (Met.NOT_MET, Met.PARTLY) and f.advice and f.grade not in (None, Grade.GOLD)
        ]
        return [self.judgement.criteria[n] for *_, n in sorted(unmet)]

    def _covered(self, finding: Finding) -> bool:
        """Were all the targets that it is about reworded already? A rewording mends everything that a target lacks."""
        targets = self.words.targets_of(finding)
        return bool(targets) and finding.id not in self.phrases.examples and self.words.reworded.issuperset(targets)

    def _change(self, finding: Finding) -> Change:
        self.asked.add(finding.id)
        why = self.words.plain(" ".join(finding.reasons))
        says, advice = self.words.weak(finding, why)
        return Change(
            title=self.words.plain(finding.title),
            says=says if not says or says[-2] in ".!?…" else f"{says}.",
            why=why,
            stronger=self.words.plain(" ".join(advice)),
            who=self._say(self.phrases.who.get(finding.area, self.phrases.who_else)),
            when=self.slots["by"],
        )

    # What a person must see to

    def _matters(self) -> Iterator[str]:
        """The flags that the school acts on, urgent ones first; the others are for the lead."""
        for flag in self.judgement.flags:
            matter = self.phrases.matters.get(flag.code)
            if matter and matter.unless_asked not in self.asked and flag.severity in ("urgent", "check"):
                yield self._say(matter.words, message=self.words.plain(flag.message))

    def _lead_list(self, *, is_draft: bool) -> Iterator[str]:
        lines = self.phrases.lead_list
        if is_draft:
            yield self._say(lines.not_moderated)
        if self.blanks:
            yield self._say(lines.blanks, blanks=", ".join(dict.fromkeys(self.blanks)))
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
        yield self._say(lines.finish)


_OWN = re.compile(r"\b(?:I|my|me|mine)\b")
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev)\b\.?", re.IGNORECASE)


def _lead(pep: Extraction) -> Contact:
    """The virtual school lead among the contacts, or whoever came to the meeting from the virtual school."""
    known = pep.record.contact(Role.VIRTUAL_SCHOOL_LEAD)
    if known:
        return known
    came = (a for a in pep.record.meeting.attendees if a.name and "virtual school" in (a.role or "").lower())
    return Contact(role=Role.VIRTUAL_SCHOOL_LEAD, name=next((a.name for a in came), None))


def _as_greeted(name: str) -> str:
    """'Mrs L Trent-Davies' is greeted as Mrs Trent-Davies, 'Rajesh Farrow' as Rajesh Farrow."""
    words = name.split()
    if not words or not _TITLE.fullmatch(words[0]):
        return name
    return " ".join([words[0], *(word for word in words[1:] if len(word.rstrip(".")) > 1)])


def _day(iso: str | None) -> str:
    """'12 May 2026', or 'May 2026' where the form gives no day."""
    day = parse_iso(iso)
    if day is None:
        return ""
    return in_words(day) if len(iso or "") > 7 else f"{day:%B %Y}"
