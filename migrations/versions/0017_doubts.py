"""How often a message may have been sent without our knowing."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("doubts", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("outbound", column)


def downgrade() -> None:
    op.drop_column("outbound", "doubts")
