"""Every message pays for the indexes of inbound and outbound: keep those that something walks."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_inbound_channel_address_id", table_name="inbound")
    op.drop_index("ix_inbound_received_at", table_name="inbound")
    op.create_index("ix_inbound_received_at", "inbound", ["received_at"], postgresql_using="brin")
    op.drop_constraint("uq_outbound_notice_id_contact_id", "outbound")
    op.create_index(
        "uq_outbound_notice_id_contact_id",
        "outbound",
        ["notice_id", "contact_id"],
        unique=True,
        postgresql_where=sa.text("notice_id IS NOT NULL"),
    )
    op.drop_index("ix_outbound_not_before", table_name="outbound")
    op.drop_index("ix_outbound_contact_id_id", table_name="outbound")
    op.create_index("ix_outbound_made_at", "outbound", ["made_at"], postgresql_using="brin")
