"""How far a long text came before one of its messages failed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("pieces_sent", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("outbound", column)


def downgrade() -> None:
    op.drop_column("outbound", "pieces_sent")
