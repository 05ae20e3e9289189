"""`vsdocs letter`: the letters that a virtual school sends, ready to be sent by hand. Nothing is ever sent from here."""

import importlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from vsdocs import settings as settings_of
from vsdocs.cli import known_plans
from vsdocs.cli.day import Day
from vsdocs.cli.desk import Desk
from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.cohort.deadlines import Due, is_plan_of_arranged
from vsdocs.dates import is_working_day
from vsdocs.errors import ExitCode, RefusedError, UsageError
from vsdocs.generate import gate
from vsdocs.generate.case import Case, year_group
from vsdocs.generate.letters import batch, feedback, kinds, short
from vsdocs.generate.letters.batch import Row
from vsdocs.generate.letters.on_roll import OnRoll
from vsdocs.generate.letters.recipient import Beside
from vsdocs.generate.plain import one_line
from vsdocs.generate.written import Recipient, Written
from vsdocs.judgement import Judgement
from vsdocs.record import Extraction
from vsdocs.settings import Settings

CHECKS = "check-first.txt"  # what the lead looks at before letters leave, by reference


@click.command("letter")
@click.argument("pep_ids", nargs=-1, metavar="[ID]...")
@click.option("--sweep", "run_id", metavar="latest|RUN", help="Every PEP of a sweep that needs such a letter.")
@click.option("--kind", default=feedback.KIND, show_default=True, help="Which letter; a wrong name lists them all.")
@click.option("--from", "since", type=Day(), help="The first day of a suspension (YYYY-MM-DD).")
@click.option("--level", default="", help="Which reminder, or which level of escalation.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write the letters into.")
@click.option("--pdf", is_flag=True, help="Beside each letter, the same as PDF.")
@click.option("--mail", is_flag=True, help="Beside each letter, a draft of an e-mail for Outlook.")
@click.option("--text", is_flag=True, help="Beside each letter, plain text to paste.")
@click.option("--dry-run", is_flag=True, help="Show child, school and recipient side by side; write nothing.")
@click.option("--practice", is_flag=True, help="Mark every page PRACTICE and leave the recipients out.")
@click.option("--today", type=Day(), help="Date the letters on this day instead of today (YYYY-MM-DD).")
@store_options
def command(
    pep_ids: tuple[str, ...],
    run_id: str | None,
    kind: str,
    since: date | None,
    level: str,
    out: Path | None,
    pdf: bool,
    mail: bool,
    text: bool,
    dry_run: bool,
    practice: bool,
    today: date | None,
    store: ChosenStore,
) -> ExitCode:
    """Write letters about PEPs of the last sweep, named by their ids, or about a whole sweep.

    The feedback letter is written of PEPs that a person has graded (`vsdocs moderate`). Each letter is about one child and
    goes to nobody but the designated teacher whom that child's own PEP names. Where that is not sure, it is not written.

    \b
    Example:
      vsdocs letter --sweep latest --dry-run
      vsdocs letter --sweep latest --out letters --mail
      vsdocs letter 3f2a9c --kind suspension --from 2026-11-19 --out letters
    """
    if out is None and not dry_run:
        raise UsageError("Where should the letters go?", "Give --out a folder, or look first with --dry-run.")
    if bool(pep_ids) == bool(run_id):
        told = "Both ids and --sweep were given." if run_id else "Which PEPs?"
        raise UsageError(told, "Give the PEPs' ids, or --sweep latest for all of the last sweep.")
    if since is not None and not is_working_day(since):
        raise UsageError("--from is a weekend or a bank holiday.", "Give the first school day of the suspension.")
    ours = settings_of.load()
    about = _checked(kind, level, ours, for_sweep=run_id is not None)
    desk = Desk(store, None if run_id in (None, "latest") else run_id)
    day = today or date.today()
    if about == "nobody":
        rows, written = [], [_circular(kind, desk, Case.of_nobody(desk.run.id, ours, day, practice=practice))]
    else:
        late = _late(desk, kind, level, ours, day, for_sweep=run_id is not None)
        rows = list(_rows(desk, pep_ids, kind, level, ours, day, since, practice, late))
        written = [row.written for row in rows if row.written]
        written += batch.covers(rows, ours)
    if dry_run:
        click.echo("\n".join(_table(rows)))
    ways = {"pdf": pdf, "mail": mail, "text": text}
    not_done = {} if out is None or dry_run else _write(written, rows, ours, out, kind, ways, practice=practice)
    _say(rows, written, out, not_done, dry_run=dry_run)
    return ExitCode.REFUSED if not_done or any(row.refused for row in rows) else ExitCode.DONE


def _checked(kind: str, level: str, ours: Settings, *, for_sweep: bool) -> str:
    """What the kind of letter is about. A slip in its sentences or template stops the command before its first letter."""
    if kind == feedback.KIND:
        if level:
            raise UsageError("The feedback letter has no levels.", "Leave --level out.")
        feedback.check_template(settings=ours)
        return "child"
    known = kinds.load(kind, ours, level)
    short.check_template(kind, ours)
    if known.about == "children":
        raise UsageError("This note is written by itself on top of letters.", "Ask for the letters.")
    if known.about == "nobody" and not for_sweep:
        raise UsageError("This letter is about a sweep and no child.", "Give --sweep latest instead of ids.")
    if known.one_by_one and for_sweep:
        raise UsageError("This letter is written for one child at a time.", "Give the PEP's id instead of --sweep.")
    return known.about


def _rows(
    desk: Desk, pep_ids: tuple[str, ...], kind: str, level: str, ours: Settings, day: date, since: date | None, practice: bool,
    late: dict[str, Due],
) -> Iterator[Row]:  # fmt: skip
    cases = {
        sha256: Case(
            pep.extraction,
            day,
            ours,
            pep.judgement,
            desk.given.get(sha256),
            since=since,
            late=late.get(pep.id),
            practice=practice,
            rules=desk.rules,
        )
        for sha256, pep in desk.peps.items()
        if pep.extraction
    }
    wanted = {pep.extraction.sha256 for pep in map(desk.pep, pep_ids) if pep.extraction} if pep_ids else set(cases)
    beside = Beside(case.pep for case in cases.values())
    before = _before(desk, Beside(cases[sha256].pep for sha256 in wanted)) if kind == feedback.KIND else []
    known = Beside([*(case.pep for case in cases.values()), *(pep for pep, _ in before)])
    standing = {sha256: case.standing for sha256, case in cases.items() if case.moderation}
    standing |= {pep.sha256: judgement for pep, judgement in before if judgement}
    asked = (batch.with_others(case, known, standing) for sha256, case in cases.items() if sha256 in wanted)
    others = gate.Others((case.pep for case in cases.values()), ours)
    roll = OnRoll(desk.store.roll.children(), desk.store.roll.settled())
    return batch.letters(kind, asked, beside, roll, others, level=level, asked_for=bool(pep_ids))


def _late(desk: Desk, kind: str, level: str, ours: Settings, day: date, *, for_sweep: bool) -> dict[str, Due]:
    """The plans that have not come, by the id of the PEP that arranged their meeting: as `vsdocs due` counts them."""
    if kind == feedback.KIND or not any(need.slot == "plan_due" for need in kinds.load(kind, ours, level).needs):
        return {}
    found, notes = known_plans.late_plans(desk.store, known_plans.rules_of(desk.rubric, ours, day))
    ids = {pep.id for pep in desk.peps.values()}
    others = sorted({due.child for due in found if due.pep not in ids})
    if others and for_sweep:
        notes.append(
            f"No letter of this sweep can be about these, whose PEP never came: {', '.join(others)}. `vsdocs due` says more"
        )
    for note in notes:
        click.echo(f"{note}.", err=True)
    return {due.pep: due for due in found if due.pep in ids and is_plan_of_arranged(due)}


def _before(desk: Desk, wanted: Beside) -> list[tuple[Extraction, Judgement | None]]:
    """The plans of earlier sweeps that are of the same children, and what a person gave them: only then was a letter sent."""
    return [
        (old.extraction, old.standing if old.moderation else None)
        for old in desk.store.earlier(desk.run)
        if old.extraction and wanted.of_child(old.extraction)
    ]


def _circular(kind: str, desk: Desk, case: Case) -> Written:
    from vsdocs.generate.overview import overview

    return short.circular(
        kind, overview(desk.store.sweep(desk.run, desk.store.files(desk.run).values())), desk.run.id, case
    )


def _write(
    written: list[Written], rows: list[Row], ours: Settings, out: Path, kind: str, ways: dict[str, bool], *, practice: bool
) -> dict[str, list[str]]:  # fmt: skip
    """Write all of them; gives what was asked for and not done: why -> the names of the letters."""
    from vsdocs import deliver

    not_done: dict[str, list[str]] = {}
    letters = {row.case.pep.id: row for row in rows if row.written}
    covered = {pep.id for one in written if len(one.about) > 1 for pep in one.about}
    documents = ((one.name, _ways(one, letters, covered, ours, ways, not_done, practice=practice)) for one in written)
    kept = deliver.write_documents(documents, out)
    if kept:
        click.echo(f"Left as they are, since they were edited: {', '.join(kept)}.", err=True)
    if kind == feedback.KIND:
        deliver.write_checks(out / CHECKS, {row.case.pep.id: feedback.checks(row.case) for row in rows if row.written})
    return not_done


def _ways(
    written: Written,
    letters: dict[str, Row],
    covered: set[str],
    ours: Settings,
    ways: dict[str, bool],
    not_done: dict[str, list[str]],
    *,
    practice: bool,
) -> dict[str, bytes]:
    """The letter in each way that was asked for, by the ending of its file. What cannot be made is told in `not_done`.

    Letters under a covering note go out with it, in one e-mail to their one teacher.
    """
    files = {".docx": written.docx}
    if ways["pdf"]:
        files[".pdf"] = _part("pdf").draw(written.docx)
    if ways["text"]:
        files[".txt"] = _part("post.text").plain(written.docx).encode("utf-8-sig")
    is_cover = len(written.about) > 1
    if ways["mail"] and (is_cover or not any(pep.id in covered for pep in written.about)):
        rows = [letters[pep.id] for pep in written.about if pep.id in letters]
        enclosed = [written, *(row.written for row in rows if is_cover and row.written)]
        if any(one.gaps for one in enclosed):
            not_done.setdefault("No e-mail is drafted while a letter has blanks", []).append(written.name)
        elif written.recipient is None or written.recipient.email is None:
            not_done.setdefault("No e-mail is drafted without one address to send it to", []).append(written.name)
        else:
            try:
                files[".eml"] = _mail(written, enclosed, rows, ours, practice=practice)
            except RefusedError as error:
                not_done.setdefault(error.message.rstrip("."), []).append(written.name)
    return files


def _mail(written: Written, enclosed: list[Written], rows: list[Row], ours: Settings, *, practice: bool) -> bytes:
    mail = _part("post.mail")
    attached = tuple((f"{one.name}.docx", one.docx) for one in enclosed)
    lead = rows[0].case.lead if rows else None
    draft: bytes = mail.draft(written, ours, attached, mail.body(written, ours, attached, lead), practice)
    return draft


def _part(name: str) -> Any:
    """A part that is loaded when it is used."""
    return importlib.import_module(f"vsdocs.generate.{name}")


def _table(rows: list[Row]) -> Iterator[str]:
    """Reference, child, school and recipient side by side."""
    lines = [("reference", "child", "school", "recipient", "")]
    lines += [(row.case.pep.id, _child(row), row.school, _to(row.recipient), _became(row)) for row in rows]
    widths = [max(len(line[n]) for line in lines) for n in range(4)]
    for line in lines:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(line, widths, strict=False)), line[4]]).rstrip()


def _child(row: Row) -> str:
    child = row.case.pep.record.child
    return one_line(f"{child.initials}, {year_group(child.year_group) or '?'}")


def _to(recipient: Recipient | None) -> str:
    if recipient is None:
        return "nobody"
    named = [recipient.name, f"<{recipient.email}>" if recipient.email else None]
    return one_line(" ".join(filter(None, named))) or "?"


def _became(row: Row) -> str:
    if row.refused:
        return f"REFUSED: {row.refused}"
    if row.passed:
        return f"needs none: {row.passed}"
    return f"to fill in: {', '.join(row.written.gaps)}" if row.written and row.written.gaps else ""


def _say(
    rows: list[Row], written: list[Written], out: Path | None, not_done: dict[str, list[str]], *, dry_run: bool
) -> None:
    covers = len(written) - sum(row.written is not None for row in rows) if rows else 0
    count = len(written) - covers
    told = f"{count} letter{'' if count == 1 else 's'}"
    told += f" and {covers} covering note{'' if covers == 1 else 's'}" if covers else ""
    where = "would be written" if dry_run else f"in {out}"
    passed = sum(bool(row.passed) for row in rows)
    click.echo(f"{told} {where}." + (f" {passed} PEPs need none." if passed else ""), err=True)
    gaps = [one for one in written if one.gaps]
    if gaps and not dry_run:
        click.echo(
            f"With blanks to fill in, listed at the end: {len(gaps)}. What is your authority's goes into vsdocs.toml once "
            "for all letters.",
            err=True,
        )
    refused: dict[str, list[str]] = {}
    for row in rows:
        if row.refused:
            refused.setdefault(row.refused, []).append(row.case.pep.id)
    for why, ids in refused.items():
        click.echo(f"{len(ids)} refused ({', '.join(ids)}): {why}", err=True)
    for why, names in not_done.items():
        click.echo(f"{why}: {', '.join(names)}.", err=True)
