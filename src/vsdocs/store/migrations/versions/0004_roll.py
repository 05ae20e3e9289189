"""The roll: children as they are known from a day on, and whose a file is where a person has settled it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    by_bytes = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "child",
        sa.Column("reference", by_bytes, primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("child", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "settled",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("reference", by_bytes, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
    )
