"""What a worker may use: memory, which the system enforces, and time, which its parent does.

On Linux the child holds itself to an address space (`RLIMIT_AS`); on Windows its parent puts it into a job object that holds
its memory and ends it together with the parent. macOS has neither that works: there the time is the only limit.
"""

import ctypes
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORY = 1 << 31  # bytes a child may use; a scanned page takes about 500 MB of address space
ROUGHLY_FULL = 400 << 20  # bytes: a child that has once held so much is replaced when its file is done
TASKS = 300  # after so many a child is replaced, whatever libraries have leaked by then

SECONDS, SECONDS_PER_PAGE, SECONDS_PER_MB = (
    30.0,
    10.0,
    2.0,
)  # a scanned page takes 1 to 2 s here, four times that where it is turned
MOST_MB = 60


def patience(size: int, pages: int) -> float:
    """Seconds that reading may take: a base, and more for each page and megabyte. `pages` is 0 until they are known."""
    return SECONDS + SECONDS_PER_PAGE * pages + SECONDS_PER_MB * min(size / 1e6, MOST_MB)


def hold_memory() -> None:
    """Hold this process to `MEMORY`, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        return


def most_memory() -> int:
    """The most memory in bytes that this process has held so far; 0 where the system does not say."""
    try:  # what getrusage says on Linux begins with what the parent held
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def hold_child(child: "subprocess.Popen[bytes]") -> Any:
    """On Windows, a job object that holds the child to `MEMORY` and ends it when the object is closed; elsewhere None."""
    if sys.platform != "win32":
        return None
    return _job(child)


class _Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h: 144 bytes on 64-bit Windows."""

    _fields_ = (
        ("BasicLimitInformation", _Basic),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


_EXTENDED_LIMITS, _PROCESS_MEMORY, _KILL_ON_CLOSE = 9, 0x100, 0x2000


def _job(child: "subprocess.Popen[bytes]") -> Any:
    windows = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    windows.CreateJobObjectW.restype = ctypes.c_void_p
    job = ctypes.c_void_p(windows.CreateJobObjectW(None, None))
    limits = _Extended()
    limits.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _KILL_ON_CLOSE
    limits.ProcessMemoryLimit = MEMORY
    windows.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    windows.AssignProcessToJobObject(job, ctypes.c_void_p(int(child._handle)))  # type: ignore[attr-defined,unused-ignore]
    return job
