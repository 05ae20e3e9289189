"""`vsdocs templates`: the Word templates and their sentences, as a list, checked, and copied to be edited."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vsdocs.cli.store_key import ChosenStore, store_options
from vsdocs.errors import ExitCode

if TYPE_CHECKING:
    from vsdocs.generate.gate import Others
    from vsdocs.settings import Settings


@click.group("templates")
def command() -> None:
    """List the templates, check them, or copy them to be edited.

    \b
    Example:
      vsdocs templates copy our-templates
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_(as_json: bool) -> ExitCode:
    """List the templates and say of each whether ours or your own is used.

    \b
    Example:
      vsdocs templates list
    """
    from vsdocs.generate import templates
    from vsdocs.settings import load

    listed = templates.listed(load())
    if as_json:
        told = [{"file": one.name, "what": one.what, "whose": "ours" if one.ours else "your own"} for one in listed]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return ExitCode.DONE
    width = max(len(one.name) for one in listed)
    for one in listed:
        click.echo(f"{one.name:{width}}  {'ours' if one.ours else 'your own':8}  {one.what}")
    return ExitCode.DONE


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@store_options
def check(as_json: bool, store: ChosenStore) -> ExitCode:
    """Fill each template with a sample and tell every wrong or missing placeholder with its place.

    Yours are checked where vsdocs.toml names their folder, and ours for what is not in it. In yours it also looks for a
    child's name, UPN or birth date that was typed in: the names are those of the store and its roll, if there is one.

    \b
    Example:
      vsdocs templates check
    """
    from vsdocs.errors import PackError
    from vsdocs.generate import templates
    from vsdocs.settings import load

    settings = load()
    doubts: list[str] = []
    try:
        templates.check(settings)
        doubts = _nobody_typed_in(settings, store)
    except PackError as error:
        if as_json:
            click.echo(json.dumps({"ok": False, "faults": error.message.splitlines()}, ensure_ascii=False, indent=1))
            return error.exit_code
        raise
    names = [one.name for one in templates.listed(settings)]
    if as_json:
        told = {"ok": True, "files": names, "faults": [], "look_at": doubts}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for doubt in doubts:
            click.echo(f"{doubt}. Is it a child's, or somebody's who may change?", err=True)
        click.echo(f"All {len(names)} templates are sound: {', '.join(names)}.")
    return ExitCode.DONE


def _nobody_typed_in(settings: "Settings", store: ChosenStore) -> list[str]:
    """Raises PackError where a child's details stand in a template; gives what a person should look at."""
    from vsdocs.errors import PackError
    from vsdocs.generate.typed_in import people_in

    faults, doubts = people_in(settings, _children(settings, store) if settings.look.templates else None)
    if faults:
        raise PackError(
            "\n".join(faults), "Put a placeholder there; what is typed in would stand in every child's letter."
        )
    return doubts


def _children(settings: "Settings", store: ChosenStore) -> "Others | None":
    """Every child of the store and its roll; None where there is no store yet, or it cannot be opened just so."""
    from vsdocs.errors import StoreError, UsageError
    from vsdocs.generate.gate import Others
    from vsdocs.generate.identifiers import Identifiers
    from vsdocs.record import ChildDetails

    try:
        opened = store.open()
    except (StoreError, UsageError) as error:
        if store.at is not None:
            raise
        click.echo(f"Names were not compared with those of the store: {error.message}", err=True)
        return None
    try:
        known = Others((pep for pep, _ in opened.plans()), settings)
        known.also(
            Identifiers.of_child(one.reference, ChildDetails(forename=name, surname=one.surname))
            for one in opened.roll.children().values()
            for name in {one.forename, one.used_name}
            if name and one.surname
        )
        return known
    finally:
        opened.close()


@command.command("copy")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def copy(folder: Path) -> ExitCode:
    """Copy our templates to FOLDER, to be edited there. A file that is there already stays as it is.

    \b
    Example:
      vsdocs templates copy our-templates
    """
    from vsdocs.generate import templates
    from vsdocs.settings import FILE, data_folder

    folder.mkdir(parents=True, exist_ok=True)
    names = [*templates.shipped(), "README.md"]
    copied = [name for name in names if _copied(data_folder("templates") / name, folder / name)]
    for name in names:
        click.echo(f"{name}: {'copied' if name in copied else 'was there already, so it was left as it is'}")
    inside = folder.resolve().is_relative_to(Path.cwd())
    place = folder.resolve().relative_to(Path.cwd()) if inside else folder.resolve()
    click.echo(
        "\nDelete the copies that you do not want to change: ours are used for them.\n"
        f"Then put these lines into {FILE} in this folder, and run `vsdocs templates check`:\n\n"
        f"[look]\ntemplates = {json.dumps(place.as_posix(), ensure_ascii=False)}",
        err=True,
    )
    return ExitCode.DONE


def _copied(ours: Path, theirs: Path) -> bool:
    """Whole or not at all, and never over a file that is there."""
    data = ours.read_bytes()
    theirs.parent.mkdir(exist_ok=True)
    try:
        with theirs.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return False
    except OSError:
        theirs.unlink(missing_ok=True)
        raise
    return True
