"""A team's store on a PostgreSQL server: the same sweep, one at a time, and its troubles in words without a password."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import PEPS
from databases import PASSWORD, Cluster
from test_store import begin, pep_of, save
from test_sweep import tree
from vsdocs.errors import ExitCode, LockedError, StoreError
from vsdocs.store import Store

HOLD = (
    "import sys, time; from vsdocs.store import Store\n"
    "with Store(sys.argv[1]).held():\n    print('held', flush=True)\n    time.sleep(600)"
)


def vsdocs(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "vsdocs", *arguments], capture_output=True, text=True)


def sweep(folder: Path, out: Path, store: str) -> subprocess.CompletedProcess[str]:
    return vsdocs(
        "sweep", str(folder), "--out", str(out), "--store", store, "--today", "2026-11-20", "--term", "Autumn"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "PEPs"
    folder.mkdir()
    for pep in sorted(PEPS.rglob("*.docx"))[:2]:
        shutil.copy(pep, folder)
    (folder / "empty.docx").touch()
    return folder


def test_a_sweep_gives_the_same_on_a_server_as_on_a_file(folder: Path, tmp_path: Path, cluster: Cluster) -> None:
    url = cluster.new()
    for at, store in ((tmp_path / "one" / "out", url), (tmp_path / "two" / "out", str(tmp_path / "store.sqlite"))):
        done = sweep(folder, at, store)
        assert done.returncode == ExitCode.SOME_UNREADABLE, done.stderr
    on_server, on_file = tree(tmp_path / "one" / "out"), tree(tmp_path / "two" / "out")
    assert {name for name in on_server if on_server[name] != on_file.get(name)} == set()
    assert on_server.keys() == on_file.keys()
    again = sweep(folder, tmp_path / "one" / "out", url)
    assert "Nothing was read again" in again.stdout
    [first, *_] = vsdocs("moderate", "list", "--store", url).stdout.splitlines()
    by = ("--by", "A Whitcombe", "--reason", "seen in school")
    assert vsdocs("moderate", "set", first.split()[0], "amber", *by, "--store", url).returncode == 0
    assert "PEPs   " not in vsdocs("moderate", "list", "--store", url).stdout
    assert len(Store(url).moderations("dorset-2025-26")) == 1


def test_a_second_sweep_on_a_server_is_turned_away(folder: Path, tmp_path: Path, cluster: Cluster) -> None:
    url = cluster.new()
    with Store(url).held():
        done = sweep(folder, tmp_path / "out", url)
    assert done.returncode == ExitCode.LOCKED
    assert "at work on this store: " in done.stderr


@pytest.mark.parametrize("server", [True, False])
def test_the_lock_of_a_killed_sweep_is_free(server: bool, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = request.getfixturevalue("cluster").new() if server else str(tmp_path / "store.sqlite")
    store = Store(url)
    holder = subprocess.Popen([sys.executable, "-c", HOLD, url], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LockedError), store.held():
        pass
    holder.kill()
    holder.wait()
    for _ in range(100):  # the server sees it a moment later
        try:
            with store.held():
                break
        except LockedError:
            time.sleep(0.1)
    else:
        pytest.fail("the lock was never let go of")
    store.close()


def test_two_processes_that_save_the_same_at_the_same_time_both_succeed(cluster: Cluster) -> None:
    url = cluster.new()
    code = (
        "import sys; sys.path.insert(0, 'tests'); from test_store import *\n"
        "store = Store(sys.argv[1]); run = begin(store); print(run.id, flush=True); sys.stdin.read(1)\n"
        "for _ in range(3):\n    for n in range(20): save(store, run, pep_of(f'{n}.docx', n))\n"
    )
    store = Store(url)
    run = begin(store)
    root = Path(__file__).parents[1]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, url], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == run.id
    for process in both:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert len(store.files(run)) == 20
    store.close()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_may_begin_in_three_ways(scheme: str, cluster: Cluster) -> None:
    store = Store(cluster.new().replace("postgresql", scheme, 1))
    assert store.engine.driver == "psycopg"
    assert store.path is None
    store.close()


def test_what_goes_wrong_with_a_server_is_told_in_words_without_the_password(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = cluster.url(cluster.new().rpartition("%3D")[2], f"with_password:{PASSWORD}")
    Store(right).close()
    troubles = {
        right.replace(PASSWORD, f"{PASSWORD}-not"): "refused the name or the password",
        right.replace(f":{PASSWORD}", ""): "refused the name or the password",
        right.replace("/english", "/no_such"): "no such database",
        cluster.url(user=f"nobody_known:{PASSWORD}"): "no such database or role",
        right.replace(str(cluster.socket), "/nowhere"): "did not answer",
        f"postgresql://vsdocs:{PASSWORD}@127.0.0.1:1/peps": "did not answer",
        f"postgresql://vsdocs:{PASSWORD}@127.0.0.1:notaport/peps": "not understood",
        f"postgresql://vsdocs:{PASSWORD}@127.0.0.1/peps?no_such_option=1": "",
    }
    for url, words in troubles.items():
        with pytest.raises(StoreError) as caught:
            Store(url)
        assert words in caught.value.message, url
        assert PASSWORD not in str(caught.value.__dict__)
    done = vsdocs("moderate", "list", "--store", next(iter(troubles)))
    assert done.returncode == ExitCode.STORE
    assert PASSWORD not in done.stdout + done.stderr
    assert PASSWORD not in repr(Store(right).engine)


def test_a_role_that_may_only_read_is_told_in_words(cluster: Cluster) -> None:
    with pytest.raises(StoreError, match="no right"):
        Store(cluster.url("public"))  # since PostgreSQL 15 only its owner may make tables there


def test_a_password_from_the_environment_is_enough(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    url = cluster.url(cluster.new().rpartition("%3D")[2], "with_password")
    Store(url).close()


def test_a_server_that_stops_in_the_middle_is_told_in_words(cluster: Cluster) -> None:
    store = Store(cluster.new())
    run = begin(store)
    cluster.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vsdocs'")
    with pytest.raises(StoreError, match="connection was lost"):
        save(store, run, pep_of("a.docx", 1))
    save(store, run, pep_of("a.docx", 1))  # and the next one is made anew
    assert len(store.files(run)) == 1
    store.close()


@pytest.mark.skipif(
    os.name == "nt", reason="a server for the tests is only started where there are sockets of this kind"
)
def test_a_lock_whose_connection_was_lost_ends_without_a_fault(cluster: Cluster) -> None:
    store = Store(cluster.new())
    with store.held():
        cluster.run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'vsdocs'")
    with store.held():
        pass
    store.close()
