"""What goes wrong with a database, as a StoreError in words. No message holds an address, a password or a row."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from vsdocs.errors import CannotWriteError, MissingProgramError, StoreError

DAMAGED = (
    "This store is damaged, so nothing was done with it.",
    "Put back a copy of it, or name a new store with --store: the files are then read again.",
)

_FULL = "disk is full|no space left"
_NO_ROOM = ("There is no room left on the disk for the store.", "Make room on it, then give the same command again.")

#: A pattern in the driver's message -> what happened, what to do next. The first that is found counts.
_TOLD = {
    "not a database": (
        "This file is not a vsdocs store, or its key is another one.",
        "Give --store another path, or the right --store-key.",
    ),
    "malformed": DAMAGED,
    "corrupt": DAMAGED,
    "decode to utf-8": DAMAGED,
    "locked": ("Another program is writing to the store.", "Wait until it has ended, then try again."),
    "read-?only": ("The store may only be read.", "Ask for leave to write to it, or name another one with --store."),
    "password": (
        "The database server refused the name or the password.",
        "Put them into your password file: docs/store.md shows how.",
    ),
    "permission denied": (
        "This role has no right to what the store needs in the database.",
        "Ask whoever runs the server to make the role the owner of the database.",
    ),
    "(database|role) .* does not exist": (
        "The server has no such database or role.",
        "Check the address given with --store, or ask whoever runs the server.",
    ),
    "connection": (
        "The database server did not answer, or the connection was lost.",
        "Check the address given with --store and that the server is running; then give the same command again.",
    ),
}


@contextmanager
def as_store_error() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise _missing(error.name or "") from None
    except sa.exc.DBAPIError as error:
        said = str(error.orig).lower()
        if re.search(_FULL, said):
            raise CannotWriteError(*_NO_ROOM) from None
        for pattern, told in _TOLD.items():
            if re.search(pattern, said):
                raise StoreError(*told) from None
        raise _unusable(error.orig or error) from None
    except (sa.exc.SQLAlchemyError, OSError) as error:
        raise _unusable(error) from None
    except UnicodeEncodeError:
        raise
    except ValueError:  # what was kept is not what was written
        raise StoreError(*DAMAGED) from None


def _missing(module: str) -> MissingProgramError:
    extras = {"psycopg": ("PostgreSQL", "postgres"), "sqlcipher3": ("encrypted stores", "encrypted")}
    if module not in extras:
        return MissingProgramError(
            "The driver for this kind of database is not installed.",
            "Leave --store out to use a file on this computer, or have the driver installed.",
        )
    what, extra = extras[module]
    return MissingProgramError(
        f"The part of vsdocs for {what} is not installed.", f'Have it installed: pip install "vsdocs[{extra}]".'
    )


def _unusable(error: BaseException) -> StoreError:
    return StoreError(
        f"The store could not be used ({type(error.__cause__ or error).__name__}).",
        "Check that its folder exists, is not read-only and is on this computer; --store names another place.",
    )
