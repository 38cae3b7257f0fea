"""Claims of contacts come and go with every message: no index moves with them, and pages have room."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_contacts_claimed_by", "contacts")
    op.execute("ALTER TABLE contacts SET (fillfactor = 80)")


def downgrade() -> None:
    op.execute("ALTER TABLE contacts RESET (fillfactor)")
    op.create_index(
        "ix_contacts_claimed_by",
        "contacts",
        ["claimed_by"],
        postgresql_where=sa.text("claimed_by IS NOT NULL"),
    )
