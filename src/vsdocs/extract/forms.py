"""The form vocabularies that there are, and their slips."""

from collections.abc import Iterator, Mapping

from vsdocs import packs
from vsdocs.errors import PackError
from vsdocs.extract.vocabulary import FORMS, FormVocabulary, Wordings, load_vocabulary
from vsdocs.extract.wording import normal


def ids() -> list[str]:
    """The form vocabularies that ship with vsdocs."""
    return packs.ids(FORMS)


def check(form: str) -> FormVocabulary:
    """A form vocabulary by its id or by the path of its file. Raises PackError with every slip and its place.

    A form may only name what `common` names, and no wording may stand for two things in one place: the second would
    never be found.
    """
    pack = packs.load(FORMS, form)
    vocabulary = pack.parse(FormVocabulary)
    slips = [*_strangers(pack), *_twice(pack, vocabulary)]
    if slips:
        raise PackError("\n".join(slips), "Correct the lines named above and run the command again.")
    return vocabulary


def _strangers(pack: packs.Pack) -> Iterator[str]:
    """Fields, sections, lists, columns and roles that vsdocs does not know."""
    common = packs.load(FORMS, "common").data
    for part in ("fields", "sections", "lists", "roles"):
        for name, told in pack.data[part].items():
            known = common[part]
            if name not in known:
                yield f"{pack.place((part, name))}: {name!r} is not one of the {part}{packs.did_you_mean(name, known)}"
            elif part == "lists":
                columns = known[name]["columns"]
                for column in set(told["columns"]) - set(columns):
                    place = pack.place((part, name, "columns", column))
                    yield f"{place}: {column!r} is not a column of {name}{packs.did_you_mean(column, columns)}"


def _twice(pack: packs.Pack, vocabulary: FormVocabulary) -> Iterator[str]:
    """Wordings that stand for two things in one place."""
    yield from _twice_in(pack, ("others",), {"other": vocabulary.others}, named=False)
    fields: dict[str, Wordings] = {**vocabulary.fields}
    yield from _twice_in(pack, ("fields",), fields, taken=_taken({"other": vocabulary.others}))
    yield from _twice_in(pack, ("sections",), vocabulary.sections)
    yield from _twice_in(pack, ("roles",), vocabulary.roles)
    for name, wordings in vocabulary.lists.items():
        yield from _twice_in(pack, ("lists", name, "columns"), wordings.columns)


def _taken(entries: Mapping[str, Wordings]) -> dict[str, str]:
    return {normal(label): name for name, wordings in entries.items() for label in wordings.labels()}


def _twice_in(
    pack: packs.Pack,
    path: tuple[str, ...],
    entries: Mapping[str, Wordings],
    named: bool = True,
    taken: dict[str, str] | None = None,
) -> Iterator[str]:
    known = dict(taken or {})
    for name, wordings in entries.items():
        for label in wordings.labels():
            if known.setdefault(normal(label), name) != name:
                inside = (*path, name) if named else path
                place = pack.place((*inside, "seen_in", label) if label in wordings.seen_in else (*inside, "also"))
                yield f"{place}: {label!r} already stands for {known[normal(label)]!r}; keep one of the two"


def count(form: str) -> int:
    """How many wordings a form vocabulary knows."""
    return sum(len(list(wordings.labels())) for wordings in _all(load_vocabulary(form)))


def layouts(form: str) -> list[str]:
    """The layouts on which wordings of a form vocabulary were seen."""
    seen = (seen_in for wordings in _all(load_vocabulary(form)) for seen_in in wordings.seen_in.values())
    return sorted({layout for names in seen for layout in names})


def _all(vocabulary: FormVocabulary) -> Iterator[Wordings]:
    yield vocabulary.others
    yield from vocabulary.sections.values()
    yield from vocabulary.roles.values()
    for field in vocabulary.fields.values():
        yield field
        yield from field.within.values()
    for listed in vocabulary.lists.values():
        yield from listed.columns.values()
