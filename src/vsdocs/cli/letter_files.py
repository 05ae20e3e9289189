"""Each letter in the ways that were asked for: Word always, beside it PDF, a draft of an e-mail, plain text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vsdocs.errors import RefusedError
from vsdocs.generate.letters.batch import Row
from vsdocs.generate.written import Written
from vsdocs.settings import Settings


@dataclass(frozen=True)
class Ways:
    pdf: bool
    mail: bool
    text: bool


@dataclass
class LetterFiles:
    """The files of letters, `made` by name and ending. `not_done`: what was asked for and not done, with the letters' names.

    Letters under a covering note go out with it, in one e-mail to their one teacher.
    """

    ways: Ways
    settings: Settings
    practice: bool
    rows: Mapping[str, Row]  # those with a letter, by the PEP's id
    made: dict[str, dict[str, bytes]] = field(default_factory=dict)
    not_done: dict[str, list[str]] = field(default_factory=dict)

    def make(self, written: Sequence[Written]) -> None:
        covered = {pep.id for one in written if len(one.about) > 1 for pep in one.about}
        for one in written:
            is_cover = len(one.about) > 1
            goes_alone = is_cover or not any(pep.id in covered for pep in one.about)
            self.made[one.name] = self._files(one) | (
                self._mail(one, is_cover) if self.ways.mail and goes_alone else {}
            )

    def _files(self, written: Written) -> dict[str, bytes]:
        files = {".docx": written.docx}
        if self.ways.pdf:
            from vsdocs.generate.pdf import draw

            files[".pdf"] = draw(written.docx)
        if self.ways.text:
            from vsdocs.generate.post.text import plain

            files[".txt"] = plain(written.docx).encode("utf-8-sig")
        return files

    def _mail(self, written: Written, is_cover: bool) -> dict[str, bytes]:
        from vsdocs.generate.post import mail

        rows = [self.rows[pep.id] for pep in written.about if pep.id in self.rows]
        enclosed = [written, *(row.written for row in rows if is_cover and row.written)]
        if any(one.gaps for one in enclosed):
            return self._without("No e-mail is drafted while a letter has blanks", written)
        if written.recipient is None or written.recipient.email is None:
            return self._without("No e-mail is drafted without one address to send it to", written)
        attached = tuple((f"{one.name}.docx", one.docx) for one in enclosed)
        lead = rows[0].case.lead if rows else None
        try:
            body = mail.body(written, self.settings, attached, lead)
            return {".eml": mail.draft(written, self.settings, attached, body, self.practice)}
        except RefusedError as error:
            return self._without(error.message.rstrip("."), written)

    def _without(self, why: str, written: Written) -> dict[str, bytes]:
        self.not_done.setdefault(why, []).append(written.name)
        return {}
