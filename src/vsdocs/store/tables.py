"""The store's tables.

A change of layout is a new file in `migrations/versions` and a new `LAYOUT`; a test checks that the migrations lead to
exactly these tables.
"""

import sqlalchemy as sa

LAYOUT = "0005"

metadata = sa.MetaData()

#: A path or name, sorted by bytes in every database, so that a sweep's results do not depend on a server's language.
BY_BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

#: What a file gave when it was read: an extraction (packed), or the code of a file problem.
reading = sa.Table(
    "reading",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("reader", sa.String(64), primary_key=True),
    sa.Column("extraction", sa.LargeBinary),
    sa.Column("problem", sa.String(32)),
    sa.Column("first_read", sa.String(10), nullable=False),
)

#: What a reading was judged to be worth (packed), under one rubric version and from one day's view, and what became of it.
judgement = sa.Table(
    "judgement",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("reader", sa.String(64), primary_key=True),
    sa.Column("rubric", sa.String(64), primary_key=True),
    sa.Column("rubric_version", sa.String(64), primary_key=True),
    sa.Column("today", sa.String(10), primary_key=True),
    sa.Column("judgement", sa.LargeBinary),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("problem", sa.String(32)),
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
    sa.Column("reader", sa.String(64), nullable=False, server_default=""),
    sa.Column("today", sa.String(10), nullable=False),
    sa.Column("finished", sa.Boolean, nullable=False),
)

run_file = sa.Table(
    "run_file",
    metadata,
    sa.Column("run", sa.String(16), sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("source", BY_BYTES, primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("problem", sa.String(32)),
)

#: How a finished run went (packed): how long, how many of each outcome, the slowest files by their ids.
run_report = sa.Table(
    "run_report",
    metadata,
    sa.Column("run", sa.String(16), sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("report", sa.LargeBinary, nullable=False),
)

#: What people gave (packed), in the order of giving. Added to, never changed.
moderation = sa.Table(
    "moderation",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("rubric", sa.String(64), nullable=False),
    sa.Column("moderation", sa.LargeBinary, nullable=False),
)

#: A child of the roll (packed) as they are known from a day on: a row for each day on which something changed.
child = sa.Table(
    "child",
    metadata,
    sa.Column("reference", BY_BYTES, primary_key=True),
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("child", sa.LargeBinary, nullable=False),
)

#: Whose a file is, where a person has settled it: '' for nobody on the roll.
settled = sa.Table(
    "settled",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("reference", BY_BYTES, nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
)

#: The actions of each meeting whose notes were read back (packed). Importing the same notes again replaces them.
notes = sa.Table(
    "notes",
    metadata,
    sa.Column("reference", sa.String(64), primary_key=True),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("notes", sa.LargeBinary, nullable=False),
)
