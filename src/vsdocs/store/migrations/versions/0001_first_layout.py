"""First layout: readings, judgements, runs and their files."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("reader", sa.String(64), primary_key=True),
        sa.Column("extraction", sa.JSON),
        sa.Column("problem", sa.String(32)),
        sa.Column("first_read", sa.String(10), nullable=False),
    )
    op.create_table(
        "judgement",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("reader", sa.String(64), primary_key=True),
        sa.Column("rubric", sa.String(64), primary_key=True),
        sa.Column("rubric_version", sa.String(64), primary_key=True),
        sa.Column("today", sa.String(10), primary_key=True),
        sa.Column("judgement", sa.JSON, nullable=False),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("out", sa.Text, nullable=False),
        sa.Column("term", sa.Text),
        sa.Column("rubric", sa.String(64), nullable=False),
        sa.Column("rubric_version", sa.String(64), nullable=False),
        sa.Column("today", sa.String(10), nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
    )
    op.create_table(
        "run_file",
        sa.Column("run", sa.String(16), sa.ForeignKey("run.id"), primary_key=True),
        sa.Column("source", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
    )
