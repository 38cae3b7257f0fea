"""WhatsApp: people found by the id that stays, what was shown last, messages held for the window."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contacts", sa.Column("shown_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_contacts_external_user_id",
        "contacts",
        ["channel", "external_user_id"],
        postgresql_where=sa.text("external_user_id IS NOT NULL"),
    )
    op.create_index(
        "ix_outbound_held",
        "outbound",
        ["contact_id"],
        postgresql_where=sa.text("status = 'held'"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbound_held", table_name="outbound")
    op.drop_index("ix_contacts_external_user_id", table_name="contacts")
    op.drop_column("contacts", "shown_id")
