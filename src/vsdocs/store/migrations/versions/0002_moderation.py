"""What people gave beside the suggested grades."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "moderation",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("rubric", sa.String(64), nullable=False),
        sa.Column("moderation", sa.JSON, nullable=False),
    )
