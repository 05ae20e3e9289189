"""The roll in the store: every child as they are known, with what was known before; nobody is taken away."""

from collections.abc import Iterable

import sqlalchemy as sa

from vsdocs.cohort.child import Child
from vsdocs.store import tables
from vsdocs.store.faults import as_store_error
from vsdocs.store.writing import put


class RollBook:
    """The roll of one store; `Store.roll` is it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def children(self, day: str = "9999") -> dict[str, Child]:
        """reference -> child, as they were known at the end of a day (ISO; without one, now). Who has left is among them."""
        t = tables.child
        query = sa.select(t.c.reference, t.c.child).where(t.c.day <= day).order_by(t.c.day)
        with as_store_error(), self._engine.connect() as connection:
            packed = {row.reference: row.child for row in connection.execute(query)}
        with as_store_error():
            return {reference: Child.unpacked(packed[reference]) for reference in sorted(packed)}

    def save(self, children: Iterable[Child], day: str) -> None:
        """Keep these children as they are known from this day on, all of them or none."""
        rows = [{"reference": child.reference, "day": day, "child": child.packed()} for child in children]
        with as_store_error(), self._engine.begin() as connection:
            put(connection, tables.child, rows, replace=True)

    def settled(self) -> dict[str, str]:
        """sha256 of a file -> the reference of whose it is, where a person has settled it; '' for nobody on the roll."""
        with as_store_error(), self._engine.connect() as connection:
            return {row.sha256: row.reference for row in connection.execute(sa.select(tables.settled))}

    def settle(self, sha256: str, reference: str, day: str) -> None:
        """Keep whose a file is. The last word counts."""
        with as_store_error(), self._engine.begin() as connection:
            put(connection, tables.settled, [{"sha256": sha256, "reference": reference, "day": day}], replace=True)
