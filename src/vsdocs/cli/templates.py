"""`vsdocs templates`: the Word templates and their sentences, as a list, checked, and copied to be edited."""

import json
from pathlib import Path

import click

from vsdocs.errors import ExitCode


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
def check(as_json: bool) -> ExitCode:
    """Fill each template with a sample and tell every wrong or missing placeholder with its place.

    Yours are checked where vsdocs.toml names their folder, and ours for what is not in it.

    \b
    Example:
      vsdocs templates check
    """
    from vsdocs.errors import PackError
    from vsdocs.generate import templates
    from vsdocs.settings import load

    settings = load()
    try:
        templates.check(settings)
    except PackError as error:
        if as_json:
            click.echo(json.dumps({"ok": False, "faults": error.message.splitlines()}, ensure_ascii=False, indent=1))
            return error.exit_code
        raise
    names = [one.name for one in templates.listed(settings)]
    if as_json:
        click.echo(json.dumps({"ok": True, "files": names, "faults": []}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"All {len(names)} templates are sound: {', '.join(names)}.")
    return ExitCode.DONE


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
