"""An invoice's everyday life: what is kept with it, what is sold again, when messages arrived."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"
BEFORE = (
    "'status', 'settled_at', 'voided_at', 'void_reason', 'disputed_at', 'written_off_at',"
    " 'first_opened_at', 'token', 'reminders_off', 'snoozed_until'"
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
    _catalogue()
    _attached()
    _lines()
    for column in ("terms", "pay_note"):
        op.add_column("invoices", sa.Column(column, sa.Text(), nullable=True))
    op.add_column("invoices", _time("last_opened_at"))
    op.execute(FROZEN.format(may_change=f"{BEFORE}, 'last_opened_at'"))
    op.add_column("outbound", sa.Column("invoice_id", sa.BigInteger(), nullable=True))
    op.add_column("outbound", _time("delivered_at"))
    op.add_column("outbound", _time("read_at"))
    op.create_index(
        "ix_outbound_invoice",
        "outbound",
        ["merchant_id", "invoice_id"],
        postgresql_where=sa.text("invoice_id IS NOT NULL"),
    )


def _time(name: str, *, nullable: bool = True) -> "sa.Column[datetime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _own(table: str, rights: str) -> None:
    """A merchant sees her own rows and no others."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own ON {table} TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    op.execute(f"GRANT {rights} ON {table} TO bili_app")


def _catalogue() -> None:
    """What she sells."""
    op.create_table(
        "catalogue",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        _time("used_at", nullable=False),
        _time("hidden_at"),
        _time("made_at", nullable=False),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_catalogue_price")),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 500", name=op.f("ck_catalogue_name")),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_catalogue_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_catalogue")),
        sa.UniqueConstraint("merchant_id", "key", name=op.f("uq_catalogue_merchant_id_key")),
    )
    op.create_index("ix_catalogue_merchant_id_used_at", "catalogue", ["merchant_id", "used_at"])
    _own("catalogue", "SELECT, INSERT, UPDATE")


def _attached() -> None:
    """What goes with an invoice."""
    op.create_table(
        "attached",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=True),
        _time("made_at", nullable=False),
        sa.CheckConstraint("kind IN ('jpg','png','pdf')", name=op.f("ck_attached_kind")),
        sa.CheckConstraint("octet_length(content) <= 5000000", name=op.f("ck_attached_content")),
        sa.ForeignKeyConstraint(
            ["merchant_id", "invoice_id"],
            ["invoices.merchant_id", "invoices.id"],
            name=op.f("fk_attached_merchant_id_invoice_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_attached")),
    )
    op.create_index("ix_attached_merchant_id_invoice_id", "attached", ["merchant_id", "invoice_id"])
    _own("attached", "SELECT, INSERT, UPDATE, DELETE")


def _lines() -> None:
    """What is taken off one line."""
    op.add_column(
        "invoice_lines",
        sa.Column("discount_minor", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("invoice_lines", sa.Column("discount_percent", sa.Numeric(7, 4), nullable=True))
    op.create_check_constraint(
        op.f("ck_invoice_lines_discount"),
        "invoice_lines",
        "discount_minor BETWEEN 0 AND amount_minor",
    )


def downgrade() -> None:
    op.drop_index("ix_outbound_invoice", "outbound")
    for column in ("read_at", "delivered_at", "invoice_id"):
        op.drop_column("outbound", column)
    op.execute(FROZEN.format(may_change=BEFORE))
    for column in ("last_opened_at", "pay_note", "terms"):
        op.drop_column("invoices", column)
    op.drop_constraint(op.f("ck_invoice_lines_discount"), "invoice_lines")
    op.drop_column("invoice_lines", "discount_percent")
    op.drop_column("invoice_lines", "discount_minor")
    op.drop_table("attached")
    op.drop_table("catalogue")
