"""The store's tables, and the way from an older layout to this one.

A change of layout is a new file in `migrations/versions` and a new `LAYOUT`; a test checks that the migrations lead to
exactly these tables.
"""

from pathlib import Path

import sqlalchemy as sa

from vsdocs.errors import StoreError

LAYOUT = "0002"

metadata = sa.MetaData()

#: What a file gave when it was read: an extraction, or the code of a file problem.
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("reader", sa.String(64), primary_key=True),
    sa.Column("extraction", sa.JSON(none_as_null=True)),
    sa.Column("problem", sa.String(32)),
    sa.Column("first_read", sa.String(10), nullable=False),
)

#: What a reading was judged to be worth, under one rubric version and from one day's view.
judgement = sa.Table(
    "judgement",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("reader", sa.String(64), primary_key=True),
    sa.Column("rubric", sa.String(64), primary_key=True),
    sa.Column("rubric_version", sa.String(64), primary_key=True),
    sa.Column("today", sa.String(10), primary_key=True),
    sa.Column("judgement", sa.JSON, nullable=False),
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("out", sa.Text, nullable=False),
    sa.Column("term", sa.Text),
    sa.Column("rubric", sa.String(64), nullable=False),
    sa.Column("rubric_version", sa.String(64), nullable=False),
    sa.Column("today", sa.String(10), nullable=False),
    sa.Column("finished", sa.Boolean, nullable=False),
)

run_file = sa.Table(
    "run_file",
    metadata,
    sa.Column("run", sa.String(16), sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
)

#: What people gave, in the order of giving. Added to, never changed.
moderation = sa.Table(
    "moderation",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("rubric", sa.String(64), nullable=False),
    sa.Column("moderation", sa.JSON, nullable=False),
)


def upgrade(engine: sa.Engine) -> None:
    """Bring a store to this layout: a new one is made, an older one migrated, a newer one refused."""
    layout = _layout(engine)
    if layout == LAYOUT:
        return
    if layout is not None and layout > LAYOUT:
        raise StoreError("This store was made by a newer vsdocs.", "Update vsdocs, or name another store with --store.")
    from alembic import command  # heavy, and needed only here
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _layout(engine: sa.Engine) -> str | None:
    if not sa.inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(sa.text("select version_num from alembic_version")).scalar()
