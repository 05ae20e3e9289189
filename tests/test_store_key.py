"""An encrypted store: nothing of a child stands in its file, its key comes from three places and never from the command line."""

import builtins
from pathlib import Path
from typing import Any

import click
import keyring
import pytest
from click.testing import CliRunner, Result
from keyring.backend import KeyringBackend

from databases import KEY
from test_store import TRUTH, begin, pep_of, save
from test_store_damage import fill
from vsdocs.cli import store_key, vsdocs
from vsdocs.errors import ExitCode, MissingProgramError, StoreError
from vsdocs.store import Store

CANARY = "Zebedee Quillfeather of Invented Lane"


def listed(path: Path, *options: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(vsdocs, ["moderate", "list", "--store", str(path), *options], input=typed)


@click.command()
@store_key.store_options
def opening(store: store_key.ChosenStore) -> None:
    """Opens a store as a sweep does, which may make a new one."""
    store.open(new=True).close()


def opened(path: Path, *options: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(opening, ["--store", str(path), *options], input=typed)


def told(result: Result) -> str:
    """What the command said to a person, or the error that the door turns into words."""
    error = result.exception
    return f"{error.message} {error.advice}" if isinstance(error, StoreError) else result.output


@pytest.fixture
def encrypted(tmp_path: Path) -> Path:
    fill(tmp_path / "store.sqlite", KEY)
    return tmp_path / "store.sqlite"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    (tmp_path / "key.txt").write_text(f"{KEY}\n", encoding="utf-8")
    return tmp_path / "key.txt"


class InMemory(KeyringBackend):
    """A keyring for a test: nothing is kept."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def ring() -> Any:
    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_no_word_of_a_document_stands_in_an_encrypted_file(tmp_path: Path, key: str | None) -> None:
    store = Store(str(tmp_path / "store.sqlite"), key)
    pep = pep_of(f"{CANARY}.docx", 1)
    field = next(iter(pep.evidence))
    evidence = pep.evidence | {field: pep.evidence[field].model_copy(update={"text": CANARY})}
    run = begin(store)
    for number in range(3):
        save(store, run, pep.model_copy(update={"evidence": evidence, "sha256": f"{number:064x}"}))
    files = [path for path in tmp_path.iterdir() if path.name.startswith("store.sqlite")]
    assert {path.name for path in files} >= {"store.sqlite", "store.sqlite-wal"}
    words = (CANARY.encode(), b"Invented Lane", TRUTH.stem.encode(), b"first_read", b"dorset", b"SQLite format")
    while_open = [word for path in files for word in words if word in path.read_bytes()]
    store.close()
    closed = [word for word in words if word in (tmp_path / "store.sqlite").read_bytes()]
    assert (while_open, closed) == ([], []) if key else while_open and closed


def test_another_key_is_refused_and_the_store_left_alone(encrypted: Path) -> None:
    before = encrypted.read_bytes()
    for wrong in (KEY + "!", KEY.upper(), "' or ''='", 'a"; drop table run; --'):
        with pytest.raises(StoreError, match="key is another one") as caught:
            Store(str(encrypted), wrong)
        assert caught.value.exit_code is ExitCode.STORE
        assert wrong not in str(caught.value.__dict__)
    assert encrypted.read_bytes() == before


@pytest.mark.parametrize("odd", ['it\'s a "key"; --', "ключ из двенадцати", " spaces at both ends ", "%s {} \\ ' ''"])
def test_a_key_may_have_any_letters(tmp_path: Path, odd: str) -> None:
    fill(tmp_path / "store.sqlite", odd)
    assert Store(str(tmp_path / "store.sqlite"), odd).latest() is not None


def test_an_encrypted_store_without_its_key_is_told_in_words(encrypted: Path) -> None:
    result = listed(encrypted)
    assert "encrypted" in told(result)
    assert "--store-key" in told(result)


def test_a_key_for_a_store_that_is_not_encrypted_is_told_in_words(tmp_path: Path, key_file: Path) -> None:
    fill(tmp_path / "plain.sqlite")
    assert "not encrypted" in told(listed(tmp_path / "plain.sqlite", "--store-key", f"file:{key_file}"))


def test_the_key_comes_from_a_file_or_the_environment(
    encrypted: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listed(encrypted, "--store-key", f"file:{key_file}").exit_code == 0
    monkeypatch.setenv(store_key.KEY_FILE, str(key_file))
    assert listed(encrypted).exit_code == 0
    monkeypatch.setenv(store_key.KEY_FILE, str(key_file) + ".gone")
    assert "cannot be read" in told(listed(encrypted))


def test_the_key_is_asked_for_and_never_shown(encrypted: Path) -> None:
    result = listed(encrypted, "--store-key", "prompt", typed=f"{KEY}\n")
    assert result.exit_code == 0, told(result)
    assert KEY not in result.output


def test_a_new_key_is_asked_for_twice_and_must_be_long(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    result = opened(path, "--store-key", "prompt", typed="short\nshort\n")
    assert "too short" in told(result)
    assert not path.exists()
    opened(path, "--store-key", "prompt", typed=f"{KEY}\n{KEY}x\n{KEY}\n{KEY}\n")
    assert Store(str(path), KEY).latest() is None


def test_the_keyring_gets_a_new_key_for_a_new_store_and_gives_it_again(tmp_path: Path, ring: InMemory) -> None:
    path = tmp_path / "store.sqlite"
    assert "keyring" in opened(path, "--store-key", "keyring").output
    [(place, key)] = ring.kept.items()
    assert place == ("vsdocs", str(path))
    Store(str(path), key).close()
    assert listed(path, "--store-key", "keyring").output == ""  # there is no sweep in it, but it was opened
    ring.kept.clear()
    assert "no key for this store" in told(listed(path, "--store-key", "keyring"))
    assert not ring.kept


def test_a_computer_without_a_keyring_is_told_in_words(tmp_path: Path) -> None:
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        assert "no keyring that answers" in told(opened(tmp_path / "store.sqlite", "--store-key", "keyring"))
    finally:
        keyring.set_keyring(before)


def test_a_key_on_the_command_line_is_no_key(encrypted: Path) -> None:
    result = listed(encrypted, "--store-key", KEY)
    assert result.exception is not None
    assert KEY not in str(result.exception.__dict__)


def test_a_key_is_not_for_a_server() -> None:
    with pytest.raises(StoreError, match="only for a store in a file"):
        Store("postgresql://server/peps", KEY)


@pytest.mark.parametrize("module", ["sqlcipher3", "keyring", "psycopg"])
def test_a_part_that_is_not_installed_is_told_in_words(
    module: str, tmp_path: Path, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib

    def gone(name: str, *rest: Any) -> Any:
        if name.split(".")[0] == module:
            raise ModuleNotFoundError(f"No module named {module!r}", name=module)
        return real(name, *rest)

    real, real_import = builtins.__import__, importlib.import_module
    monkeypatch.setattr(builtins, "__import__", gone)
    monkeypatch.setattr(
        "vsdocs.store.sqlite.import_module", lambda name: gone(name) if name.startswith(module) else real_import(name)
    )
    monkeypatch.setenv(store_key.KEY_FILE, str(key_file))
    store_at = "postgresql://server/peps" if module == "psycopg" else str(tmp_path / "store.sqlite")
    chosen = store_key.ChosenStore(store_at, "keyring" if module == "keyring" else None)
    with pytest.raises(MissingProgramError, match="not installed") as caught:
        chosen.open(new=True)
    assert "vsdocs[" in caught.value.advice
