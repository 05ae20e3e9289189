"""The words of the papers, as data: `templates/report/<name>.yaml`, checked with file, line and column when they are loaded."""

import string
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, TypeVar

from pydantic import Field

from vsdocs import packs
from vsdocs.errors import PackError
from vsdocs.generate.plain import one_line
from vsdocs.judgement import Grade
from vsdocs.record import Frozen
from vsdocs.settings import Settings, data_folder

FOLDER = "report"
NAMES = ("sweep", "sef", "plan")
SMALL = 10  # PEPs: below so many a percentage tells more than is known

NonEmpty = Annotated[str, Field(min_length=1)]
Sentences = Mapping[str, tuple[str, ...]]  # name of a sentence -> the slots that it may use
Shapes = Mapping[str, int]  # name of a table -> how many columns it has


class TableWords(Frozen):
    """What stands over a table, what it is read aloud as, and the headings of its columns."""

    title: NonEmpty
    about: NonEmpty
    columns: Annotated[tuple[NonEmpty, ...], Field(min_length=1)]


class PaperWords(Frozen):
    """What every paper has: a title, whom it is for, sentences by name, headings, tables, and how it was counted."""

    title: NonEmpty
    confidential: NonEmpty
    grades: dict[Grade, NonEmpty]
    nouns: dict[str, tuple[NonEmpty, NonEmpty]]  # one, several
    say: dict[str, NonEmpty]
    headings: dict[str, NonEmpty]
    tables: dict[str, TableWords]
    ends_heading: NonEmpty
    ends: tuple[NonEmpty, ...] = ()

    def count(self, noun: str, number: int) -> str:
        """'1 PEP', '12 PEPs'."""
        one, several = self.nouns[noun]
        return f"{number} {one if number == 1 else several}"

    def share(self, part: int, whole: int) -> str:
        """'3 of 8', and from ten on '6 of 12 (50%)'; '0' of none."""
        said = self.say["share" if whole >= SMALL else "small_share"]
        return said.format(part=part, whole=whole, percent=f"{100 * part / whole:.0f}" if whole else "")

    def told(self, name: str, **slots: object) -> str:
        return one_line(self.say[name].format(**slots))

    def grade(self, grade: Grade | None) -> str:
        return self.grades[grade] if grade else self.say["no_grade"]


#: what every paper says
EVERY: Sentences = {
    "authority": (), "made": (), "no_grade": (),
    "share": ("part", "whole", "percent"), "small_share": ("part", "whole"),
}  # fmt: skip
NOUNS = ("pep", "school", "child", "file")

Words = TypeVar("Words", bound=PaperWords)


def load(
    name: str, model: type[Words], settings: Settings, sentences: Sentences, headings: tuple[str, ...], tables: Shapes
) -> Words:
    """The words of a paper, the council's own or ours. Raises PackError with every slip and its place."""
    pack = pack_of(name, settings)
    words = pack.parse(model)
    if slips := list(_slips(words, pack, {**EVERY, **sentences}, headings, tables)):
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return words


def pack_of(name: str, settings: Settings) -> packs.Pack:
    """A paper's file, the council's own or ours, as it stands."""
    own = settings.templates / FOLDER / f"{name}.yaml"
    return packs.load(data_folder("templates") / FOLDER, str(own) if own.is_file() else name)


def checks(settings: Settings) -> dict[str, "partial[PaperWords]"]:
    """Each paper's file with its check."""
    from vsdocs.generate.report import plan, sef, sweep_words

    loaders = {"sweep": sweep_words.load_words, "sef": sef.load_words, "plan": plan.load_words}
    return {f"{FOLDER}/{name}.yaml": partial(loaders[name], settings) for name in NAMES}


def _slips(
    words: PaperWords, pack: packs.Pack, sentences: Sentences, headings: tuple[str, ...], tables: Shapes
) -> Iterator[str]:
    for part, known, has in (
        ("say", sentences, words.say),
        ("headings", headings, words.headings),
        ("tables", tables, words.tables),
        ("nouns", NOUNS, words.nouns),
        ("grades", tuple(Grade), words.grades),
    ):
        yield from (f"{pack.place((part,))}: {name!r} is missing here" for name in known if name not in has)
        for name in has:
            if name not in known:
                yield f"{pack.place((part, name))}: nothing here is called {name!r}{packs.did_you_mean(name, known)}"
    for name, sentence in words.say.items():
        yield from bad_slots(sentence, sentences.get(name, ()), pack.place(("say", name)))
    for name, table in words.tables.items():
        if name in tables and len(table.columns) != tables[name]:
            yield f"{pack.place(('tables', name, 'columns'))}: this table has {tables[name]} columns, not {len(table.columns)}"


def bad_slots(words: str, known: tuple[str, ...], place: str) -> Iterator[str]:
    try:
        slots = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
    except ValueError:
        yield f"{place}: a brace {{ or }} stands here without its partner"
        return
    yield from (
        f"{place}: {{{slot}}} is not a slot here{packs.did_you_mean(slot, known)}"
        for slot in slots
        if slot not in known
    )
