"""Readings, judgements and moderations packed, with what became of them; the reader of a run, and how it went."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEYS = {
    "reading": ("sha256", "reader"),
    "judgement": ("sha256", "reader", "rubric", "rubric_version", "today"),
    "moderation": ("number",),
}
PACKED = {"reading": "extraction", "judgement": "judgement", "moderation": "moderation"}


def upgrade() -> None:
    for table, keys in KEYS.items():
        column = PACKED[table]
        op.add_column(table, sa.Column("packed", sa.LargeBinary))
        _pack(table, keys, column)
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)
            changed.alter_column("packed", new_column_name=column, nullable=table != "moderation")
    with op.batch_alter_table("judgement") as changed:
        changed.add_column(sa.Column("outcome", sa.String(16), nullable=False, server_default="graded"))
        changed.add_column(sa.Column("problem", sa.String(32)))
    _settle()
    with op.batch_alter_table("judgement") as changed:
        changed.alter_column("outcome", server_default=None)
    op.add_column("run_file", sa.Column("problem", sa.String(32)))
    op.add_column("run", sa.Column("reader", sa.String(64), nullable=False, server_default=""))
    op.execute(
        "update run set reader = coalesce((select max(reading.reader) from reading join run_file"
        " on run_file.sha256 = reading.sha256 where run_file.run = run.id), '')"
    )
    op.create_table(
        "run_report",
        sa.Column("run", sa.String(16), sa.ForeignKey("run.id"), primary_key=True),
        sa.Column("report", sa.LargeBinary, nullable=False),
    )


def _pack(name: str, keys: tuple[str, ...], column: str) -> None:
    """Pack each row's JSON, a row at a time: a store may be larger than the memory."""
    connection = op.get_bind()
    table = sa.table(name, *(sa.column(key) for key in keys), sa.column(column, sa.JSON), sa.column("packed"))
    for key in connection.execute(sa.select(*(table.c[k] for k in keys))).all():
        same = [table.c[name] == value for name, value in zip(keys, key, strict=True)]
        value = connection.execute(sa.select(table.c[column]).where(*same)).scalar()
        if value is not None:
            packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=1)
            connection.execute(sa.update(table).where(*same).values(packed=packed))


def _settle() -> None:
    """A judgement without a grade needed a person; what else needed one was not kept before and is worked out anew."""
    connection = op.get_bind()
    keys = KEYS["judgement"]
    table = sa.table("judgement", *(sa.column(n) for n in (*keys, "judgement", "outcome", "problem")))
    for row in connection.execute(sa.select(table)).all():
        unsure = [w["code"] for w in _warnings(connection, row.sha256, row.reader)]
        unsure = [code for code in ("two_children", "identity_unsure") if code in unsure]
        if not unsure and json.loads(zlib.decompress(row.judgement))["grade"] is None:
            unsure = ["cannot_grade"]
        if unsure:
            same = [table.c[name] == getattr(row, name) for name in keys]
            values = {"outcome": "needs_person", "problem": unsure[0]}
            connection.execute(sa.update(table).where(*same).values(**values))


def _warnings(connection: sa.Connection, sha256: str, reader: str) -> list[dict[str, str]]:
    reading = sa.table("reading", sa.column("sha256"), sa.column("reader"), sa.column("extraction"))
    found = connection.execute(
        sa.select(reading.c.extraction).where(reading.c.sha256 == sha256, reading.c.reader == reader)
    ).scalar()
    return json.loads(zlib.decompress(found))["warnings"] if found else []
