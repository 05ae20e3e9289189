"""The values that some answers are picked from, turned round: from what people write to the value that it names."""

from collections.abc import Iterator, Mapping, Sequence

from vsdocs.extract.wording import WORD, plain


class Choices:
    """The values of one field: 'met', 'partly_met' ..., each with its wordings."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._whole: dict[str, str] = {}
        self._starts: dict[
            str, list[tuple[str, list[str]]]
        ] = {}  # first word -> values and wordings, the longest first
        for value, wordings in values.items():
            for wording in wordings:
                words = _words(wording)
                said = " ".join(words)
                self._whole.setdefault(said, value)
                if len(said) > 1:  # a letter alone must be all that is said
                    self._starts.setdefault(words[0], []).append((value, words))
        for known in self._starts.values():
            known.sort(key=lambda each: len(" ".join(each[1])), reverse=True)

    def first(self, text: str) -> str | None:
        """The value that a text names, by its first words that say so; None where it names none."""
        said = _words(text)
        whole = self._whole.get(" ".join(said))
        return whole if whole is not None else next(self._named(said), None)

    def all(self, text: str) -> set[str]:
        """Every value that a text names."""
        return set(self._named(_words(text)))

    def _named(self, said: list[str]) -> Iterator[str]:
        for at, word in enumerate(said):
            for value, words in self._starts.get(word, ()):
                if said[at : at + len(words)] == words:
                    yield value


def _words(text: str) -> list[str]:
    return WORD.findall(plain(text))
