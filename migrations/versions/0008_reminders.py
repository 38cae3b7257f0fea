"""Reminders: each step once, done or skipped; who wants none; what goes on once money is taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"
BEFORE = (
    "'status', 'settled_at', 'voided_at', 'void_reason', 'disputed_at',"
    " 'written_off_at', 'first_opened_at', 'token'"
)
FROZEN = """
CREATE OR REPLACE FUNCTION bili_invoice_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY[{may_change}];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'draft' THEN
            RAISE EXCEPTION 'an issued invoice is never deleted' USING ERRCODE = 'check_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.made_at <> OLD.made_at OR NEW.merchant_id <> OLD.merchant_id OR NEW.id <> OLD.id THEN
        RAISE EXCEPTION 'an invoice keeps its origin' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status <> 'draft' THEN
        IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
            RAISE EXCEPTION 'an issued invoice never changes' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.status <> OLD.status AND NOT (OLD.status = 'issued' AND NEW.status = 'void') THEN
            RAISE EXCEPTION 'invoice: % never becomes %', OLD.status, NEW.status
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""


def upgrade() -> None:
    op.add_column(
        "invoices",
        sa.Column("reminders_off", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("invoices", sa.Column("snoozed_until", sa.Date(), nullable=True))
    op.add_column(
        "clients",
        sa.Column("reminders_off", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    frozen(f"{BEFORE}, 'reminders_off', 'snoozed_until'")
    op.create_table(
        "reminders",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("audience IN ('member','client')", name=op.f("ck_reminders_audience")),
        sa.CheckConstraint(
            "(sent_at IS NULL) <> (skipped_at IS NULL)"
            " AND (skipped_at IS NULL OR reason IS NOT NULL)",
            name=op.f("ck_reminders_sent_or_skipped"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "invoice_id"],
            ["invoices.merchant_id", "invoices.id"],
            name=op.f("fk_reminders_merchant_id_invoice_id"),
        ),
        sa.PrimaryKeyConstraint(
            "merchant_id", "invoice_id", "step", "audience", name=op.f("pk_reminders")
        ),
    )
    op.execute("ALTER TABLE reminders ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own ON reminders TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    # Never changed; those skipped for a payment that is then taken back are open once more.
    op.execute("GRANT SELECT, INSERT, DELETE ON reminders TO bili_app")


def frozen(may_change: str) -> None:
    """What may still change once an invoice is issued."""
    op.execute(FROZEN.format(may_change=may_change))


def downgrade() -> None:
    op.drop_table("reminders")
    op.execute("DELETE FROM due_work WHERE kind = 'remind'")
    frozen(BEFORE)
    op.drop_column("clients", "reminders_off")
    op.drop_column("invoices", "snoozed_until")
    op.drop_column("invoices", "reminders_off")
