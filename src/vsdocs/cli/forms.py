"""`vsdocs forms`: how a form was read, and the wordings that forms are read by."""

import json
from pathlib import Path

import click

from vsdocs.cli.reading import exit_code, files_argument, form_option, in_words, problem_object, read
from vsdocs.errors import ExitCode
from vsdocs.extract import Explanation, How, LabelRead
from vsdocs.outcome import ID_LENGTH


@click.group("forms")
def command() -> None:
    """Explain how a form was read; list or check the form vocabularies.

    \b
    Example:
      vsdocs forms explain "pep.docx"
    """


@command.command("explain")
@files_argument
@form_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, one object a file.")
def explain(files: tuple[Path, ...], form: str, as_json: bool) -> ExitCode:
    """Say which labels of a form were known, guessed or unknown, and which fields found no box.

    For unknown labels it prints the lines that teach them. Labels and places are told, no answers.

    \b
    Example:
      vsdocs forms explain "pep.docx"
    """
    problems: set[str] = set()
    for path, found in read(files, form, explain=True):
        if found.explanation is None:
            code = found.problem or "crashed"
            problems.add(code)
            told = problem_object(path, code, found.sha256)
            click.echo(json.dumps(told, ensure_ascii=False) if as_json else in_words(told))
        elif as_json:
            told = {"source": path.name, "id": found.sha256[:ID_LENGTH]} | found.explanation.model_dump(mode="json")
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo("\n".join(_lines(path, found.explanation, form)))
    return exit_code(problems)


def _lines(path: Path, told: Explanation, form: str) -> list[str]:
    unknown = [label for label in told.labels if label.how is How.UNKNOWN and label.answered]
    known = sum(label.how is How.KNOWN for label in told.labels)
    lines = [
        f"{path.name}: {'a PEP' if told.is_pep else 'not recognised as a PEP'}",
        f"Known wordings: {known}",
        *_told("Guessed, because the words are near known ones", told, How.NEAR),
        *_told("Guessed from the answer", told, How.BY_ANSWER),
        f"Unknown, with something written under it: {len(unknown)}",
        *(f"  {label.label!r}  [{_place(label)}]" for label in unknown),
        *_listed("No box found for", told.not_located),
        *_listed("Box found, nothing written in it", told.blank),
        *_listed("Something written that could not be read as such", told.unreadable),
    ]
    return lines + (_lesson(unknown, told, form) if unknown else [])


def _told(title: str, told: Explanation, how: How) -> list[str]:
    labels = [label for label in told.labels if label.how is how and label.meaning != "other"]
    return [
        f"{title}: {len(labels)}",
        *(f"  {label.label!r} was read as {label.meaning}  [{_place(label)}]" for label in labels),
    ]


def _listed(title: str, fields: tuple[str, ...]) -> list[str]:
    return [f"{title}: {', '.join(fields) or 'none'}"]


def _place(label: LabelRead) -> str:
    return f"page {label.page}, {label.place}" if label.page else label.place


def _lesson(unknown: list[LabelRead], told: Explanation, form: str) -> list[str]:
    """A form vocabulary that knows the unknown labels, for the user to put right."""
    field_of = {label.label: label.like for label in unknown}
    offered = next((like for like in field_of.values() if like), None)
    field = offered or next((path for path in told.not_located), "child.ethnicity")
    label = next((label for label, like in field_of.items() if like == offered), unknown[0].label)
    return [
        "",
        "To teach a wording, save lines like these as our-form.yaml, with the right field for the label:",
        "",
        f"  extends: {Path(form).stem}",
        "  fields:",
        f"    {field}:",
        "      seen_in:",
        f"        {json.dumps(label, ensure_ascii=False)}: [our-form]",
        "",
        "then run `vsdocs forms check our-form.yaml`, and read with `--form our-form.yaml`.",
        "Labels may hold a name by mistake: look this through before you send it to anybody.",
    ]


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(as_json: bool) -> ExitCode:
    """List the form vocabularies by id, with the layouts they have seen.

    \b
    Example:
      vsdocs forms list
    """
    from vsdocs.extract import forms

    if as_json:
        told = [{"id": form, "wordings": forms.count(form), "seen_in": forms.layouts(form)} for form in forms.ids()]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for form in forms.ids():
            click.echo(f"{form}  {forms.count(form)} wordings, seen in {len(forms.layouts(form))} layouts")
    return ExitCode.DONE


@command.command("check")
@click.argument("form", metavar="ID|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(form: str, as_json: bool) -> ExitCode:
    """Check a form vocabulary: every slip by file, line and column.

    \b
    Example:
      vsdocs forms check our-form.yaml
    """
    from vsdocs.errors import PackError
    from vsdocs.extract import forms

    try:
        forms.check(form)
    except PackError as error:
        if as_json:
            click.echo(json.dumps({"ok": False, "slips": error.message.splitlines()}, ensure_ascii=False, indent=1))
            return error.exit_code
        raise
    name = Path(form).stem
    click.echo(json.dumps({"ok": True, "id": name, "slips": []}, indent=1) if as_json else f"{name} is sound.")
    return ExitCode.DONE
