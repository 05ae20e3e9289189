"""Which store a command works on, and where the key of an encrypted one comes from. Never from the command line itself:
what stands there is seen by other programs and kept in the shell's history.
"""

import functools
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vsdocs.errors import MissingProgramError, StoreError, UsageError
from vsdocs.settings import default_store

if TYPE_CHECKING:
    from vsdocs.store import Store

KEY_FILE = "VSDOCS_STORE_KEY_FILE"
SHORTEST = 12
_SERVICE = "vsdocs"  # the keyring's name for what is ours


@dataclass(frozen=True)
class ChosenStore:
    """What --store and --store-key said."""

    at: str | None
    key_from: str | None

    def open(self, new: bool = False) -> "Store":
        """The store; one that is not there yet is made only where a `new` one may be."""
        from vsdocs.store import Store, file_of, url_of

        url = url_of(self.at or default_store())
        path = file_of(url)
        if path is not None and not path.exists() and not new:
            raise UsageError("There is no store there.", "Run `vsdocs sweep` first, or check --store.")
        key = None
        if self.key_from is not None:
            if path is None:
                raise UsageError("A key is only for a store in a file.", "Leave --store-key out.")
            key = _key(self.key_from, path)
        elif path is not None and (key_file := os.environ.get(KEY_FILE)):
            key = _from_file(Path(key_file))
        return Store(url, key)


def store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds --store and --store-key; the command is given a `store: ChosenStore`."""

    @click.option(
        "--store",
        "store_at",
        help="Path or URL of the store. Default: a file in your own data folder.",
        metavar="PATH|URL",
    )
    @click.option(
        "--store-key",
        "key_from",
        metavar="prompt|file:PATH|keyring",
        help=f"Where the key of an encrypted store is. Default: the file that {KEY_FILE} names, if it is set.",
    )
    @functools.wraps(command)
    def chosen(*args: Any, store_at: str | None, key_from: str | None, **options: Any) -> Any:
        return command(*args, store=ChosenStore(store_at, key_from), **options)

    return chosen


def _key(key_from: str, path: Path) -> str:
    if key_from == "prompt":
        return _from_prompt(new=not path.exists())
    if key_from == "keyring":
        return _from_keyring(path)
    if key_from.startswith("file:"):
        return _from_file(Path(key_from.removeprefix("file:")).expanduser())
    raise UsageError(
        "This is not where a key can be.", "Give --store-key prompt, file:PATH or keyring; never the key itself."
    )


def _from_prompt(new: bool) -> str:
    if not new:
        return str(click.prompt("Key of the store", hide_input=True, err=True))
    click.echo("This makes a new encrypted store. Without its key nobody can ever read it: keep a copy.", err=True)
    return _long_enough(str(click.prompt("New key", hide_input=True, confirmation_prompt=True, err=True)))


def _from_file(path: Path) -> str:
    try:
        key = path.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise StoreError(
            "The store's key file cannot be read.", f"Check the path given with --store-key or {KEY_FILE}."
        ) from None
    return _long_enough(key)


def _from_keyring(path: Path) -> str:
    """The key that the system keeps for this store; a store that is not there yet gets a new one."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise MissingProgramError(
            "The part of vsdocs for encrypted stores is not installed.",
            'Have it installed: pip install "vsdocs[encrypted]".',
        ) from None
    name = str(path.absolute())
    try:
        key = keyring.get_password(_SERVICE, name)
        if key is None and not path.exists():
            key = secrets.token_urlsafe(32)
            keyring.set_password(_SERVICE, name, key)
            click.echo(
                "A new key was made and put into this computer's keyring. Without it nobody can ever read the store: "
                "docs/store.md shows how to keep a copy.",
                err=True,
            )
    except KeyringError:
        raise StoreError(
            "This computer has no keyring that answers.", "Unlock it, or use --store-key prompt or file:PATH."
        ) from None
    if key is None:
        raise StoreError(
            "The keyring has no key for this store.", "Give its key with --store-key prompt or file:PATH instead."
        )
    return key


def _long_enough(key: str) -> str:
    if len(key) < SHORTEST or "\0" in key:
        raise StoreError(f"The key is too short: it needs {SHORTEST} characters or more.", "Take a longer one.")
    return key
