"""Never the wrong child: a finished document is read again before it is kept, and what could mislead a letter blocks it.

Each document may tell of the children that it was asked for and of nobody else. A refusal says which kind of identifier
was found and in which document; it holds no name and no word of the document.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import simplemma
from lxml import etree

from vsdocs.errors import FileProblem, RefusedError
from vsdocs.generate import identifiers, near, reread
from vsdocs.generate.identifiers import Identifiers, Name, Word
from vsdocs.generate.written import Written
from vsdocs.record import Contact, Extraction, PepRecord, Role
from vsdocs.settings import Settings

_YOUNG = re.compile(r"\b(?:child|young person|pupil|student|sibling|brother|sister|twin|friend)\b", re.IGNORECASE)
_PUBLIC_NUMBER = re.compile(r"0(?:3\d\d|80[08]|116)\d+")  # of organisations and helplines: nobody's own
_STEM = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")

_ANOTHERS_NAME = "the full name of another child"
_ANOTHERS_UPN = "the UPN of another child"
_ANOTHERS_BIRTH = "the birth date of another child"
_ANOTHERS_CONTACT = "an e-mail address or telephone number from another child's plan"
_NEAR = "the forename of another child of the same family, school or carer"
_UPN = "a UPN"
_BIRTH = "a birth date"
_EMAIL = "an e-mail address that is neither the authority's nor the designated teacher's"
_PHONE = "a telephone number that is neither the authority's nor the designated teacher's"
_POSTCODE = "a postcode that is not in the authority's address in vsdocs.toml"


class Others:
    """All children of a sweep or a store, looked up by the words of their names: built once, asked for each document."""

    def __init__(self, peps: Iterable[Extraction], settings: Settings) -> None:
        self.settings = settings
        self._names: dict[Name, list[tuple[Name, Identifiers]]] = defaultdict(list)
        self._upns: dict[str, list[Identifiers]] = defaultdict(list)
        self._born: dict[object, list[Identifiers]] = defaultdict(list)
        self._contacts: dict[str, list[Identifiers]] = defaultdict(list)
        self._near: dict[str, list[tuple[str, Identifiers]]] = defaultdict(list)
        for pep in peps:
            child = Identifiers.of(pep)
            self._add_names(child)
            if len(child.upn) > 5:
                self._upns[child.upn].append(child)
            if child.born:
                self._born[child.born].append(child)
            for detail in _details(c for c in pep.record.contacts if c.role is not Role.VIRTUAL_SCHOOL_LEAD):
                self._contacts[detail].append(child)
            for tie, of_a_family in near.ties(pep.record):
                self._near[tie].extend((forename, child) for forename in near.forenames(pep.record, of_a_family))

    def also(self, children: Iterable[Identifiers]) -> None:
        """Know these by their names as well, such as the children of the roll."""
        for child in children:
            self._add_names(child)

    def _add_names(self, child: Identifiers) -> None:
        for name in child.names:
            self._names[name[:2]].append((name, child))  # a full name has two words or more

    def named(self, words: Sequence[Word]) -> Iterator[tuple[Name, Identifiers]]:
        """Every full name among these words, a middle name or an initial passed over."""
        for at, word in enumerate(words[:-1]):
            for step in (1, 2):
                pair = (word.key, words[at + step].key) if at + step < len(words) else ()
                if pair not in self._names or (step == 2 and not _is_middle(words[at + 1], words[at + 2])):
                    continue
                for name, child in self._names[pair]:
                    here = words[at : at + len(name)] if step == 1 else [word, words[at + 2]]
                    if tuple(w.key for w in here) == name and _reads_as_name(here):
                        yield name, child

    def near(self, record: PepRecord) -> Iterator[tuple[str, Identifiers]]:
        """The forenames of the children who may be meant by a forename alone in this child's plan, and whose they are."""
        for tie, _ in near.ties(record):
            yield from self._near.get(tie, ())

    def with_upn(self, upn: str) -> list[Identifiers]:
        return self._upns.get(upn, [])

    def born_on(self, day: object) -> list[Identifiers]:
        return self._born.get(day, [])

    def with_contact(self, detail: str) -> list[Identifiers]:
        return self._contacts.get(detail, [])


def check(written: Written, others: Others, *, listing: bool = False) -> None:
    """Read a finished document again. Raises RefusedError where it holds what it may not.

    A letter is about one child and holds no UPN, no birth date and nobody's contact details but the authority's, the
    virtual school's and the designated teacher's. A `listing` (panel, progress, covering note) may hold those of its children.
    """
    if not _STEM.fullmatch(written.name):
        raise RefusedError("A document's file name is not made of ids only, so it was not kept.", _ADVICE)
    sight = _Sight(written, others, listing)
    if not listing and sight.children > 1:
        raise _refused(written, "what was written about more than one child")
    neutral(written.subject, written.about)
    _check_recipient(written, others.settings)
    try:
        for number, text in enumerate(reread.texts(written.docx)):
            for found in sight.faults(text):
                raise _refused(written, found)
            if number < reread.READ_ALOUD and sight.names_one_near(text):
                raise _refused(written, _NEAR)
    except (FileProblem, etree.XMLSyntaxError):
        raise RefusedError(f"Document {written.name} was not kept: it cannot be read again.", _ADVICE) from None


def neutral(words: str, about: Iterable[Extraction]) -> None:
    """Raises RefusedError where a subject or a title tells who a child is, or what grade or year group it has."""
    said = {word.key for word in identifiers.words(words)}
    for pep in about:
        child = Identifiers.of(pep)
        spoken = child.parts | {*identifiers.keys(pep.record.child.forename or "")}
        if (spoken - _EVERYDAY) & said or (child.upn and child.upn in identifiers.bare(words)):
            raise RefusedError(f"The subject of {pep.id} would tell a child's name, so it was not kept.", _ADVICE)
    if re.search(r"\b(?:gold|green|amber|red|year\s+\d+)\b", words, re.IGNORECASE):
        raise RefusedError("A subject would tell a grade or a year group, so it was not kept.", _ADVICE)


def blocked(pep: Extraction) -> str | None:
    """Why no letter may be made from a record, in words for the lead; None where nothing in it is at odds."""
    codes = {warning.code for warning in pep.warnings}
    if "two_children" in codes:
        return "The plan seems to hold two children's details. Split it, or check whose plan it is."
    if "identity_unsure" in codes:
        return "It is not certain which child the plan is about. Check the name and the date of birth at its top."
    teachers = [c for c in pep.record.contacts if c.role is Role.DESIGNATED_TEACHER]
    named = [c for c in teachers if (c.name or "").strip()]
    if any(not identifiers.one_person(a, b) for n, a in enumerate(named) for b in named[n + 1 :]):
        return "The plan names two designated teachers. Check who should have the letter."
    if len({(c.email or "").casefold().rpartition("@")[2] for c in teachers if c.email}) > 1:
        return "The plan gives the designated teacher e-mail addresses at two schools. Check which is right."
    if not pep.record.school.name and not teachers:
        return "The plan names neither a school nor a designated teacher, so nobody is known to whom a letter could go."
    return None


class _Sight:
    """What one document may hold, and what is found in it that it may not."""

    def __init__(self, written: Written, others: Others, listing: bool) -> None:
        self.others, self.listing = others, listing
        self.own = [Identifiers.of(pep) for pep in written.about]
        records = [pep.record for pep in written.about]
        authority = others.settings.authority
        self.children = sum(not any(a.same_child(b) for b in self.own[:n]) for n, a in enumerate(self.own))
        self.known_names = {name for child in self.own for name in child.names}
        surnames = {identifiers.keys(record.child.surname or "") for record in records}
        printed = [authority.name, *authority.address, written.recipient and written.recipient.name]
        printed += [r.school.name for r in records]
        printed += [name for record in records for name in _adults(record, surnames)]
        self.printed = [identifiers.keys(text) for text in printed if text]
        ours = " ".join((*authority.address, authority.telephone or "", authority.email or ""))
        known = {key for keys in self.printed for key in keys}
        known |= {key for child in self.own for key in child.parts}
        self.near = [(name, child) for r in records for name, child in others.near(r) if name not in known]
        self.postcodes = set(identifiers.postcodes(ours))
        self.contacts = {*identifiers.emails(ours), *identifiers.telephones(ours)}
        self.domain = (authority.email or "").casefold().rpartition("@")[2]
        carers = set(_details(c for r in records for c in r.contacts if c.role is Role.CARER))
        helpers = set(_details(c for r in records for c in r.contacts if c.role not in (Role.CARER, *_WRITTEN_TO)))
        teachers = set(_details(c for r in records for c in r.contacts if c.role in _WRITTEN_TO))
        may = teachers | helpers if listing else teachers
        self.private = (carers | helpers) - may - self.contacts | carers - self.contacts
        self.contacts |= may - carers

    def names_one_near(self, text: str) -> bool:
        """Whether a forename stands alone that is no word, no adult of the plan, and another child's close to this one."""
        words = identifiers.words(text)
        before = ["", *(word.key for word in words)]
        said = {
            word.key
            for word, title in zip(words, before, strict=False)
            if word.named and title not in identifiers.TITLES
        }
        return any(name in said and self._is_anothers(child) for name, child in self.near)

    def faults(self, text: str) -> Iterator[str]:
        """The kinds of identifiers in a text that the document may not hold."""
        yield from self._numbers(text)
        yield from self._details(text)
        words = identifiers.words(text)
        for name, child in self.others.named(words):
            if self._is_anothers(child) and not self._is_known(name):
                yield _ANOTHERS_NAME
        yield from self._births(text, words)

    def _numbers(self, text: str) -> Iterator[str]:
        own = {child.upn for child in self.own if child.upn} if self.listing else set()
        for upn in identifiers.upns(text):
            if upn not in own:
                yield _ANOTHERS_UPN if any(map(self._is_anothers, self.others.with_upn(upn))) else _UPN
        for word in re.findall(r"\w{6,}", text):  # a UPN with a slip in it
            upn = word.upper()
            if upn not in own and any(child.upn == upn for child in self.own):
                yield _UPN
            elif upn not in own and any(map(self._is_anothers, self.others.with_upn(upn))):
                yield _ANOTHERS_UPN

    def _details(self, text: str) -> Iterator[str]:
        for email in identifiers.emails(text):
            if email in self.contacts:
                continue
            if any(map(self._is_anothers, self.others.with_contact(email))):
                yield _ANOTHERS_CONTACT
            elif email in self.private or not self.domain or not email.endswith(f"@{self.domain}"):
                yield _EMAIL
        for number in identifiers.telephones(text):
            if number in self.contacts:
                continue
            if any(map(self._is_anothers, self.others.with_contact(number))):
                yield _ANOTHERS_CONTACT
            elif number in self.private or not _PUBLIC_NUMBER.fullmatch(number):
                yield _PHONE
        if any(postcode not in self.postcodes for postcode in identifiers.postcodes(text)):
            yield _POSTCODE

    def _births(self, text: str, words: Sequence[Word]) -> Iterator[str]:
        """Birth dates. Some child is born on almost any day, so that the date of a meeting long ago may be one by chance:
        another child's counts where it is written as a birth date, or where a part of that child's name stands by it."""
        own = {child.born for child in self.own if child.born}
        said = {word.key for word in words}
        for day, of_birth, _ in identifiers.dates(text):
            if day in own:
                if not self.listing:
                    yield _BIRTH
            elif of_birth:
                yield _ANOTHERS_BIRTH if any(map(self._is_anothers, self.others.born_on(day))) else _BIRTH
            else:
                known = {word for child in self.own for word in child.parts}
                if any(self._is_anothers(c) and (c.parts - known) & said for c in self.others.born_on(day)):
                    yield _ANOTHERS_BIRTH

    def _is_anothers(self, child: Identifiers) -> bool:
        return not any(child.same_child(own) for own in self.own)

    def _is_known(self, name: Name) -> bool:
        """Whether a full name is also this child's own, an adult's of the record, or a part of the school's name."""
        return name in self.known_names or any(
            name == text[at : at + len(name)] for text in self.printed for at in range(len(text) - len(name) + 1)
        )


_ADVICE = "Nothing was sent. Tell whoever looks after vsdocs, with the reference, and write this one by hand."
_WRITTEN_TO = (Role.DESIGNATED_TEACHER, Role.VIRTUAL_SCHOOL_LEAD)
#: Forenames that are words as well.
_WORDS_TOO_LIST = (
    "will mark grace hope faith joy may june april rose ivy amber ruby daisy summer autumn bill rob jack frank grant chase"
    " pat sue art dean guy max miles nick drew ray rich rod jay lily poppy violet hazel heather iris jade pearl olive holly"
    " robin dawn eve destiny harmony melody charity honour mercy patience prudence angel star sky river storm noble royal"
    " sunny blue ben don stew bob gene josh lance pierce reed wade carol christian harry dot penny sandy terry jean jenny"
    " kit matt mike ace hunter archer mason taylor tyler parker page paige skye coral crystal gemma ginger myrtle fern"
)
_WORDS_TOO = frozenset(_WORDS_TOO_LIST.split())
_EVERYDAY_LIST = (
    "pep feedback review meeting agenda notes reference autumn spring summer january february march april may june july"
    " august september october november december monday tuesday wednesday thursday friday the of and for to a"
)
_EVERYDAY = frozenset(_EVERYDAY_LIST.split())


def _refused(written: Written, found: str) -> RefusedError:
    return RefusedError(f"Document {written.name} was not kept: it holds {found}.", _ADVICE)


def _check_recipient(written: Written, settings: Settings) -> None:
    """The recipient stands in each record that the document is about, and is no carer; or it is whoever practises."""
    if written.recipient is None or written.recipient.email in (None, settings.post.practice):
        return
    for pep in written.about:
        known = {(c.email or "").casefold() for c in pep.record.contacts if c.role is not Role.CARER}
        if (written.recipient.email or "").casefold() not in known:
            raise RefusedError(f"Document {written.name} was not kept: its recipient is not in the plan.", _ADVICE)


def _details(contacts: Iterable[Contact]) -> Iterator[str]:
    for contact in contacts:
        yield from identifiers.emails(contact.email or "")
        yield from identifiers.telephones(contact.phone or "")


def _adults(record: PepRecord, surnames: set[Name]) -> Iterator[str]:
    """The grown-ups that a record names. Whoever has the child's surname may be a brother or a sister, and is none."""
    people = [(c.name, "") for c in record.contacts] + [(a.name, a.role or "") for a in record.meeting.attendees]
    for name, role in people:
        family = identifiers.keys(name or "")
        related = any(surname and surname == family[-len(surname) :] for surname in surnames)
        if name and not related and not _YOUNG.search(role):
            yield name


def _is_middle(word: Word, after: Word) -> bool:
    """Whether a word between two others can be a middle name: 'Amy Rose Smith', 'Amy R. Smith', not 'Amy, Mr Smith'."""
    return (
        word.named
        and word.key not in identifiers.TITLES
        and not word.before.strip(" -")
        and not after.before.strip(" -" + "." * (len(word.key) == 1))
    )


def _reads_as_name(found: Sequence[Word]) -> bool:
    """Whether words are meant as a name: each with a capital, or not as 'will read' and 'grace and hope' are meant."""
    if all(word.named for word in found):
        return True
    return not any(word.key in _WORDS_TOO for word in found) or not all(
        simplemma.is_known(word.key, "en") for word in found
    )
