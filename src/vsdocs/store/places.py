"""Where a store in a file may not be: on a network share or in a folder that a program keeps in step with other computers.

SQLite's locks do not hold over a network, so two sweeps could spoil one store; and a program that copies files away
copies a store in the middle of a write, and children's data to where nobody meant it to go. Only the store is
refused there: PEPs and results may lie in such a place.

`refusal` is pure, so that Windows paths can be judged anywhere; `facts` is what asks the system.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from vsdocs.errors import StoreError

#: File systems that other computers hold, or that a virtual machine shares with the one around it.
_NETWORK = re.compile(
    "9p|acfs|afp_?fs|afs|autofs|beegfs|ceph|cifs|coda|davfs|drvfs|fakeowner|glusterfs|gpfs|lustre|macfuse|ncp_?fs|nfs[34]?|"
    r"orangefs|osxfs|osxfuse|prl_fs|smb\d|smb_?fs|vboxsf|vmhgfs|webdav|fuse\..*"
)
#: File systems of programs that keep to this computer's own disk.
_OWN_DISK = re.compile(r"fuse\.(fuse-overlayfs|mergerfs|ntfs-3g|exfat|encfs|gocryptfs)")

#: The names that these programs give to their folders.
_SYNCED = {
    "OneDrive": r"OneDrive( ?- ?.+)?",
    "SharePoint": r"SharePoint( ?- ?.+)?",
    "Dropbox": r"(.+ )?Dropbox( \(.+\))?",
    "Google Drive": r"My Drive|Shared drives|Google ?Drive(FS)?( ?[-(].+)?|DriveFS",
    "iCloud": r"Mobile Documents|iCloud ?Drive",
    "a cloud service": r"CloudStorage",
}
_ADVICE = (
    "Leave --store out, or name a folder on this computer's own disk. For a team there is PostgreSQL: docs/store.md."
)


@dataclass(frozen=True)
class Facts:
    """What the system says: mounted file systems as (folder, type), drives of another computer, synced folders."""

    mounts: tuple[tuple[str, str], ...] = ()
    remote_drives: frozenset[str] = frozenset()
    synced: tuple[tuple[str, str], ...] = ()  # (program, folder)


def refusal(path: PurePath, facts: Facts) -> str | None:
    """Why a store may not be at this absolute path, or None where it may."""
    if _is_on_network(path, facts):
        return "a network share, where the locks of a database file do not hold"
    folders, case = path.parts[1:-1], re.IGNORECASE if isinstance(path, PureWindowsPath) else re.NOFLAG
    program = next((name for name, folder in facts.synced if _is_below(path, folder)), None) or next(
        (name for name, names in _SYNCED.items() for f in folders if re.fullmatch(names, f, case)), None
    )
    if program is not None:
        return f"a folder that {program} copies to other computers, in the middle of a write too"
    return None


def refuse(path: Path) -> None:
    """Refuse the place of a store, as it is named and as it is once all links are followed."""
    try:
        followed = path.resolve()
    except RuntimeError:  # links that lead to themselves
        raise StoreError("The store's path leads nowhere.", "Give --store another path.") from None
    for place in dict.fromkeys((path.absolute(), followed)):
        why = refusal(place, facts(place))
        if why is not None:
            raise StoreError(f"The store cannot be here: this is {why}.", _ADVICE)


def facts(path: PurePath) -> Facts:
    if sys.platform == "win32":
        return Facts(remote_drives=_remote_drives(path), synced=tuple(_synced(os.environ)) + tuple(_registered()))
    return Facts(mounts=tuple(_mounts()), synced=tuple(_synced(os.environ)))


def _is_on_network(path: PurePath, facts: Facts) -> bool:
    if isinstance(path, PureWindowsPath):
        drive = path.drive.replace("/", "\\").upper()
        if re.fullmatch(r"\\\\[?.]\\[A-Z]:", drive):
            drive = drive[4:]
        return drive.startswith("\\\\") or drive in facts.remote_drives
    below = [
        (len(PurePosixPath(at).parts), n, kind) for n, (at, kind) in enumerate(facts.mounts) if _is_below(path, at)
    ]
    if not below:
        return False
    kind = max(below)[2].lower()  # the deepest; of two on one folder the later one hides the other
    return bool(_NETWORK.fullmatch(kind)) and not _OWN_DISK.fullmatch(kind)


def _is_below(path: PurePath, folder: str) -> bool:
    """By whole folder names; Windows paths compare without regard to case."""
    return bool(folder) and path.is_relative_to(folder)


def _synced(environment: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """What OneDrive tells every program, and the file that Dropbox keeps for others to read."""
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        yield "OneDrive", environment.get(name, "")
    homes = [environment.get("APPDATA"), environment.get("LOCALAPPDATA"), str(Path.home())]
    for home in filter(None, homes):
        for folder in ("Dropbox", ".dropbox"):
            with suppress(OSError, ValueError, AttributeError, TypeError):
                accounts = json.loads((Path(home) / folder / "info.json").read_text(encoding="utf-8"))
                yield from (("Dropbox", str(account["path"])) for account in accounts.values() if "path" in account)


def _mounts() -> Iterable[tuple[str, str]]:
    try:
        if sys.platform == "darwin":
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=False).stdout
            return mounts_of_macos(told)
        return mounts_of_linux(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace"))
    except (OSError, subprocess.SubprocessError):
        return ()


def mounts_of_linux(mountinfo: str) -> list[tuple[str, str]]:
    found = []
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4:
            at = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4])
            found.append((at, after.split(" ")[0]))
    return found


def mounts_of_macos(told: str) -> list[tuple[str, str]]:
    return re.findall(r"^.* on (/.*) \(([^,)]+)", told, re.MULTILINE)


def _remote_drives(path: PurePath) -> frozenset[str]:
    """The drive of this path, if Windows says that it is on another computer."""
    if sys.platform != "win32":
        return frozenset()
    import ctypes

    remote = 4  # DRIVE_REMOTE
    drive = path.drive.upper()
    return frozenset({drive} if ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == remote else ())


def _registered() -> Iterable[tuple[str, str]]:
    """The folders of OneDrive and of SharePoint libraries, which may have any name."""
    if sys.platform != "win32":
        return
    import winreg

    with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\SyncEngines\Providers\OneDrive") as key:
        for number in range(winreg.QueryInfoKey(key)[0]):
            with suppress(OSError), winreg.OpenKey(key, winreg.EnumKey(key, number)) as library:
                yield "OneDrive or SharePoint", str(winreg.QueryValueEx(library, "MountPoint")[0])
