"""Who opened an invoice in a chat may be told what becomes of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"


def upgrade() -> None:
    op.create_table(
        "viewers",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "invoice_id"],
            ["invoices.merchant_id", "invoices.id"],
            name=op.f("fk_viewers_merchant_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_viewers_contact_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "invoice_id", "contact_id", name=op.f("pk_viewers")),
    )
    op.execute("ALTER TABLE viewers ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own ON viewers TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON viewers TO bili_app")
