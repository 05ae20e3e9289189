"""A store in a file is refused on network shares and in synced folders, with the reason; elsewhere it may be."""

from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from vsdocs.errors import ExitCode, StoreError
from vsdocs.store import Store, places
from vsdocs.store.places import Facts, refusal

HOME = r"C:\Users\awhitcombe"
MOUNTINFO = r"""22 28 0:21 / /proc rw,nosuid shared:12 - proc proc rw
28 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 28 0:25 / /home/a/My\040share rw shared:2 - cifs //server/share rw
32 28 0:26 / /srv/nfs rw shared:3 - nfs4 server:/x rw
33 28 0:27 / /srv/nfs/disk rw - xfs /dev/sdb1 rw
34 28 0:28 / /mnt/c rw - 9p drvfs rw
35 28 0:29 / /mnt/ssh rw - fuse.sshfs a@b: rw
36 28 0:30 / /mnt/usb rw - fuseblk /dev/sdc1 rw
37 28 0:31 / /auto rw - autofs systemd-1 rw
38 37 0:32 / /auto rw - ext4 /dev/sdd1 rw
39 28 0:33 / /var/lib/over rw - fuse.fuse-overlayfs fuse-overlayfs rw
"""
MACOS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled)
//a@server/Virtual%20School on /Volumes/Virtual School (smbfs, nodev, nosuid, mounted by a)
"""


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (r"\\server\share\peps\vsdocs.sqlite", "network share"),
        (r"//server/share/vsdocs.sqlite", "network share"),
        (r"\\?\UNC\server\share\vsdocs.sqlite", "network share"),
        (r"S:\virtual school\vsdocs.sqlite", "network share"),
        (r"s:\vsdocs.sqlite", "network share"),
        (rf"{HOME}\OneDrive\vsdocs.sqlite", "OneDrive"),
        (rf"{HOME}\OneDrive - Dorset Council\PEPs\vsdocs.sqlite", "OneDrive"),
        (rf"{HOME.lower()}\onedrive - dorset council\vsdocs.sqlite", "OneDrive"),
        (r"D:\Synced elsewhere\vsdocs.sqlite", "OneDrive"),
        (r"d:\synced ELSEWHERE\below\vsdocs.sqlite", "OneDrive"),
        (rf"{HOME}\Dorset Council\Virtual School - Documents\vsdocs.sqlite", "SharePoint"),
        (rf"{HOME}\Dropbox (Council)\vsdocs.sqlite", "Dropbox"),
        (rf"{HOME}\Council Dropbox\A Whitcombe\vsdocs.sqlite", "Dropbox"),
        (r"G:\My Drive\vsdocs.sqlite", "Google Drive"),
        (r"G:\Shared drives\Virtual School\vsdocs.sqlite", "Google Drive"),
        (rf"{HOME}\AppData\Local\Google\DriveFS\1\vsdocs.sqlite", "Google Drive"),
        (rf"{HOME}\iCloudDrive\vsdocs.sqlite", "iCloud"),
    ],
)
def test_a_windows_path_is_refused_with_the_reason(path: str, why: str) -> None:
    facts = Facts(
        remote_drives=frozenset({"S:"}),
        synced=(
            ("OneDrive", r"D:\Synced elsewhere"),
            ("SharePoint", rf"{HOME}\Dorset Council\Virtual School - Documents"),
        ),
    )
    told = refusal(PureWindowsPath(path), facts)
    assert told is not None
    assert why in told


@pytest.mark.parametrize(
    "path",
    [
        rf"{HOME}\AppData\Local\vsdocs\vsdocs.sqlite",
        r"C:\peps\vsdocs.sqlite",
        r"\\?\C:\peps\vsdocs.sqlite",
        r"D:\OneDriver\vsdocs.sqlite",
        r"D:\peps\OneDrive",  # a file of that name
        r"D:\Synced elsewhere too\vsdocs.sqlite",
    ],
)
def test_a_windows_path_on_an_own_disk_is_allowed(path: str) -> None:
    facts = Facts(remote_drives=frozenset({"S:"}), synced=(("OneDrive", r"D:\Synced elsewhere"), ("OneDrive", "")))
    assert refusal(PureWindowsPath(path), facts) is None


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/home/a/My share/vsdocs.sqlite", True),
        ("/home/a/My shared things/vsdocs.sqlite", False),
        ("/home/a/vsdocs.sqlite", False),
        ("/srv/nfs/vsdocs.sqlite", True),
        ("/srv/nfs/disk/vsdocs.sqlite", False),
        ("/mnt/c/Users/a/vsdocs.sqlite", True),
        ("/mnt/ssh/vsdocs.sqlite", True),
        ("/mnt/usb/vsdocs.sqlite", False),
        ("/auto/vsdocs.sqlite", False),  # what was mounted there later hides it
        ("/var/lib/over/vsdocs.sqlite", False),
        ("/home/a/Dropbox/vsdocs.sqlite", True),
        ("/home/dropbox/vsdocs.sqlite", False),
    ],
)
def test_a_linux_path_is_judged_by_what_is_mounted_there(path: str, refused: bool) -> None:
    facts = Facts(mounts=tuple(places.mounts_of_linux(MOUNTINFO)))
    assert (refusal(PurePosixPath(path), facts) is not None) is refused


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/Users/a/Library/Application Support/vsdocs/vsdocs.sqlite", False),
        ("/Volumes/Virtual School/vsdocs.sqlite", True),
        ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/vsdocs.sqlite", True),
        ("/Users/a/Library/CloudStorage/Box-Box/vsdocs.sqlite", True),
        ("/Users/a/Library/CloudStorage/OneDrive-Council/vsdocs.sqlite", True),
    ],
)
def test_a_macos_path_is_judged_by_what_is_mounted_there(path: str, refused: bool) -> None:
    assert (refusal(PurePosixPath(path), Facts(mounts=tuple(places.mounts_of_macos(MACOS)))) is not None) is refused


def test_a_store_in_a_synced_folder_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = tmp_path / "kept in step"
    synced.mkdir()
    monkeypatch.setenv("OneDriveCommercial", str(synced))
    with pytest.raises(StoreError, match="OneDrive") as caught:
        Store(str(synced / "below" / "store.sqlite"))
    assert caught.value.exit_code is ExitCode.STORE
    assert "own disk" in caught.value.advice
    assert list(synced.iterdir()) == []


def test_a_link_into_a_synced_folder_does_not_help(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "mine").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    with pytest.raises(StoreError, match="Dropbox"):
        Store(str(tmp_path / "mine" / "store.sqlite"))


def test_dropbox_tells_where_its_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / "info.json").write_text(f'{{"business": {{"path": "{tmp_path.as_posix()}/team"}}}}')
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    facts = places.facts(PurePath(tmp_path))
    assert refusal(Path(tmp_path / "team" / "store.sqlite"), facts) is not None
    assert refusal(Path(tmp_path / "store.sqlite"), facts) is None
