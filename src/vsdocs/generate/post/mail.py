"""A draft of an e-mail with a finished document: one .eml that Outlook opens as unsent, to exactly one address.

It has no sender, no date and no message id: Outlook gives them when a person sends it. Subject and words are neutral: a
reference, and no child's name. The same arguments make the same bytes.
"""

import hashlib
import re
import string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import Annotated

from pydantic import AfterValidator, Field

from vsdocs import packs
from vsdocs.errors import RefusedError
from vsdocs.generate import gate, identifiers
from vsdocs.generate.case import greeted
from vsdocs.generate.identifiers import Identifiers
from vsdocs.generate.plain import one_line, plain
from vsdocs.generate.written import Written
from vsdocs.record import Contact, Frozen
from vsdocs.settings import Settings, data_folder

PRACTICE = "PRACTICE"
SLOTS = {
    "name": "who gets the letter, as greeted",
    "reference": "the reference of the document",
    "attached": "the names of the attached files",
    "by": "by when to answer, with its 'by' or 'before'",
    "lead": "the virtual school lead's name",
    "phone": "the virtual school lead's telephone number, or the authority's",
    "email": "the virtual school lead's e-mail address, or the authority's",
    "authority": "the authority's name",
}
_KINDS = {
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("application", "pdf"),
    "ics": ("text", "calendar"),
}
_FILE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*\.(docx|pdf|ics)")
_ATOM = r"[A-Za-z0-9_+'&%-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ONE = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")
_ADVICE = "Check the address in the PEP, and write the e-mail by hand."


def _sentence(text: str) -> str:
    try:
        slots = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        raise ValueError("a brace { or } stands here without its partner") from None
    for slot in slots:
        if slot not in SLOTS:
            raise ValueError(f"{{{slot}}} is not a slot here{packs.did_you_mean(slot, SLOTS)}")
    return text


Words = Annotated[str, Field(min_length=1), AfterValidator(_sentence)]


class MailWords(Frozen):
    """The sentences of an e-mail: `templates/mail.yaml`. A sentence whose slot is not known is left out or is a blank."""

    blanks: dict[str, Annotated[str, Field(min_length=1)]]
    greeting: Words
    greeting_nobody: Words
    about: Words
    attached: Words
    answer: Words
    contact: Words
    not_for_you: Words
    closing: tuple[Words, ...]
    practice: Words


def load_words(settings: Settings) -> MailWords:
    """The sentences, the council's own where it has some. Raises `PackError` with every slip."""
    own = settings.templates / "mail.yaml"
    return packs.load(settings.templates if own.is_file() else data_folder("templates"), "mail").parse(MailWords)


def body(
    written: Written,
    settings: Settings,
    attachments: tuple[tuple[str, bytes], ...],
    lead: Contact | None = None,
    by: str | None = None,
) -> str:
    """The words of the e-mail, a blank line between paragraphs: what is attached, by when to answer, whom to ring."""
    words = load_words(settings)
    names = [name for name, _ in attachments]
    known = {
        "name": greeted(written.recipient.name or "") if written.recipient else "",
        "reference": written.name,
        "attached": " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:]))),
        "by": by,
        "lead": lead and lead.name,
        "phone": (lead and lead.phone) or settings.authority.telephone,
        "email": (lead and lead.email) or settings.authority.email,
        "authority": settings.authority.name,
    }
    slots = {name: one_line(known[name] or "") or words.blanks.get(name, f"[{name}]") for name in SLOTS}
    said = [words.greeting if known["name"] else words.greeting_nobody, words.about]
    said += [words.attached] * bool(names) + [words.answer] * bool(by) + [words.contact, words.not_for_you]
    closing = "\n".join(line.format_map(slots) for line in words.closing)
    return "\n\n".join([*(sentence.format_map(slots) for sentence in said), closing])


def draft(
    written: Written,
    settings: Settings,
    attachments: tuple[tuple[str, bytes], ...],
    body: str,
    practice: bool = False,
) -> bytes:
    """The draft as the bytes of an .eml. `attachments` are file names, made of ids, with what is in the files.

    In practice it goes to the practice address or to nobody. Raises RefusedError where the PEP gives no address, or one that
    is not exactly one address of an allowed domain, or where subject, words or file names would tell who the child is.
    """
    to = _to(written, settings, practice)
    subject, text = one_line(written.subject), plain(body).strip()
    gate.neutral(subject, written.about)
    _check_words(written, text)
    if practice:
        subject, text = f"{PRACTICE}: {subject}", f"{load_words(settings).practice}\n\n{text}"
        if not text.startswith(PRACTICE):
            text = f"{PRACTICE}. {text}"
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if to:
        message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message.set_content(f"{text}\n", cte="quoted-printable")
    message.add_alternative(_html(text), subtype="html", cte="quoted-printable")
    for name, data in attachments:
        kind = _FILE.fullmatch(name)
        if kind is None:
            raise RefusedError(f"An attachment of {written.name} has a name that is not made of ids only.", _ADVICE)
        main, sub = _KINDS[kind[1]]
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    _set_boundaries(
        message, hashlib.sha256(b"\0".join([text.encode(), *(data for _, data in attachments)])).hexdigest()
    )
    made = message.as_bytes()
    if to and [address.addr_spec for address in message["To"].addresses] != [to]:
        raise RefusedError(
            f"The address for {written.name} would be read as several, so no e-mail was drafted.", _ADVICE
        )
    return made


def one_address(text: str) -> str | None:
    """The text if it is exactly one plain address, in letters that no other letter is mistaken for; else None."""
    if (
        len(text) > 254
        or not _ONE.fullmatch(text)
        or any(p.startswith("xn--") for p in re.split(r"[@.]", text.lower()))
    ):
        return None
    return text


def is_allowed(address: str, domains: tuple[str, ...]) -> bool:
    """Whether an address ends in one of the domains: '.sch.uk' and 'sch.uk' allow all below, '@a.org' a.org alone."""
    host = address.rpartition("@")[2].casefold()
    for domain in domains:
        name = domain.strip().casefold()
        if host == name.lstrip("@.") or (not name.startswith("@") and host.endswith(f".{name.lstrip('.')}")):
            return True
    return not domains


def _to(written: Written, settings: Settings, practice: bool) -> str | None:
    given = settings.post.practice if practice else written.recipient and written.recipient.email
    if not given:
        if practice:
            return None
        raise RefusedError(f"The PEP names no e-mail address for {written.name}, so no e-mail was drafted.", _ADVICE)
    address = one_address(given)
    if address is None:
        raise RefusedError(
            f"What the PEP gives for {written.name} is not one plain e-mail address, so no e-mail was drafted.", _ADVICE
        )
    if not practice and not is_allowed(address, settings.post.domains):
        raise RefusedError(
            f"The address for {written.name} is not in a domain that vsdocs.toml allows, so no e-mail was drafted.",
            "Check the address in the PEP; if it is right, add its domain to [post] domains.",
        )
    return address


def _check_words(written: Written, text: str) -> None:
    """No full name, no UPN and no birth date of a child in the words of an e-mail."""
    keys = identifiers.keys(text)
    for pep in written.about:
        child = Identifiers.of(pep)
        said = any(name == keys[at : at + len(name)] for name in child.names for at in range(len(keys)))
        born = any(found.day == child.born for found in identifiers.dates(text))
        if said or born or any(identifiers.upns(text)):
            raise RefusedError(
                f"The e-mail for {written.name} would tell who the child is, so it was not kept.", _ADVICE
            )


def _html(text: str) -> str:
    paragraphs = "\n".join(
        f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n")
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>Message</title></head>\n'
        f'<body style="font-family: Arial, sans-serif; font-size: 12pt">\n{paragraphs}\n</body></html>\n'
    )


def _set_boundaries(message: EmailMessage, digest: str) -> None:
    """Boundaries that depend on the content only; `=_` stands in no encoded part."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_vsdocs_{digest[:24]}_{number}")
