"""The documents tell the truth: every command is mentioned, every printed example is what the command prints."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from vsdocs.cli import COMMANDS
from vsdocs.errors import ExitCode

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def test_every_command_is_in_the_readme() -> None:
    assert not [command for command in COMMANDS if f"vsdocs {command}" not in README]


def test_both_make_commands_come_first() -> None:
    assert re.findall(r"\bmake (sweep|test)\b", README)[:2] == ["sweep", "test"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[0][2:40])
def test_every_printed_example_is_what_the_command_prints(example: str) -> None:
    """Lines of an example after `$ command` are its output; a line `...` stands for any lines."""
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", example, re.MULTILINE):
        done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True)
        pattern = re.escape(expected.rstrip("\n")).replace(r"\.\.\.", r"[\s\S]*?")
        assert re.fullmatch(pattern, done.stdout.rstrip("\n")), done.stdout


def test_every_exit_code_is_published() -> None:
    for code in ExitCode:
        assert re.search(rf"^\| {code.value} \|", README, re.MULTILINE), code


def test_links_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_threat_names_tests_that_are_there() -> None:
    page = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", page)
    assert len(named) > 50
    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert not missing
    rows = [line for line in page.splitlines() if re.match(r"\| T\d", line)]
    assert not [row for row in rows if "::test_" not in row]
