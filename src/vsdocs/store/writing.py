"""How rows are added, so that two processes that save the same row at the same time both succeed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def put(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], replace: bool = False) -> None:
    """Add rows, all with the same columns; where a key is there already, leave that row alone or put this one in its place."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(table)
    key = [column.name for column in table.primary_key.columns]
    if replace:
        others = {c.name: adding.excluded[c.name] for c in table.columns if c.name not in key}
        connection.execute(adding.on_conflict_do_update(index_elements=key, set_=others), rows)
    else:
        connection.execute(adding.on_conflict_do_nothing(index_elements=key), rows)
