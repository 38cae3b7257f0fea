"""Money given back, payers known again, cash the customer is asked about, rounding taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"
REFUNDED = """
        SELECT booked + COALESCE(sum(amount_minor), 0) INTO booked FROM refunds
        WHERE merchant_id = NEW.merchant_id AND payment_id = NEW.payment_id;
"""
FITS = """
CREATE OR REPLACE FUNCTION bili_booking_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    arrived bigint;
    booked bigint;
    owed bigint;
    bill invoices%ROWTYPE;
BEGIN
    SELECT * INTO bill FROM invoices WHERE merchant_id = NEW.merchant_id AND id = NEW.invoice_id;
    SELECT bill.total_minor
        - COALESCE((SELECT sum(amount_minor) FROM allocations
            WHERE merchant_id = NEW.merchant_id AND invoice_id = NEW.invoice_id
              AND released_at IS NULL), 0)
        - COALESCE((SELECT sum(amount_minor) FROM adjustments
            WHERE merchant_id = NEW.merchant_id AND invoice_id = NEW.invoice_id), 0)
    INTO owed;
    IF owed < 0 THEN
        RAISE EXCEPTION 'more is booked on the invoice than it asks for'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_TABLE_NAME = 'allocations' THEN
        SELECT amount_minor INTO arrived FROM payments
        WHERE merchant_id = NEW.merchant_id AND id = NEW.payment_id AND reversed_at IS NULL
          AND currency = bill.currency;
        SELECT COALESCE(sum(amount_minor), 0) INTO booked FROM allocations
        WHERE merchant_id = NEW.merchant_id AND payment_id = NEW.payment_id
          AND released_at IS NULL;
{refunded}
        IF arrived IS NULL OR booked > arrived THEN
            RAISE EXCEPTION 'more is booked than arrived' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
"""
REFUND_FITS = """
CREATE FUNCTION bili_refund_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    arrived bigint;
    used bigint;
BEGIN
    SELECT amount_minor INTO arrived FROM payments
    WHERE merchant_id = NEW.merchant_id AND id = NEW.payment_id AND reversed_at IS NULL;
    SELECT COALESCE((SELECT sum(amount_minor) FROM allocations
            WHERE merchant_id = NEW.merchant_id AND payment_id = NEW.payment_id
              AND released_at IS NULL), 0)
        + COALESCE((SELECT sum(amount_minor) FROM refunds
            WHERE merchant_id = NEW.merchant_id AND payment_id = NEW.payment_id), 0)
    INTO used;
    IF arrived IS NULL OR used > arrived THEN
        RAISE EXCEPTION 'more is given back than is left' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER refund_fits AFTER INSERT ON refunds
    FOR EACH ROW EXECUTE FUNCTION bili_refund_fits();
"""
FROZEN = """
CREATE OR REPLACE FUNCTION bili_payment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY[{may_change}];
BEGIN
    IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
        OR (OLD.receipt IS NOT NULL AND NEW.receipt IS DISTINCT FROM OLD.receipt) THEN
        RAISE EXCEPTION 'a payment is reversed, never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = (
    "'receipt', 'client_id', 'attempt_id', 'payer_name', 'payer_phone',"
    " 'account', 'needs_review', 'reversed_at', 'paid_at'"
)


def upgrade() -> None:
    op.add_column("payments", sa.Column("confirmation", sa.Text(), nullable=True))
    op.add_column(
        "payments", sa.Column("confirmation_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_check_constraint(
        op.f("ck_payments_confirmation"),
        "payments",
        "confirmation IN ('asked','confirmed','denied','kept')",
    )
    op.create_index(
        "ix_payments_unowned",
        "payments",
        ["merchant_id", "id"],
        postgresql_where=sa.text("client_id IS NULL AND reversed_at IS NULL"),
    )
    # Rounding is taken back by an entry of its own: nothing that happened is changed.
    op.drop_constraint(op.f("ck_adjustments_amount"), "adjustments", type_="check")
    op.drop_constraint(op.f("ck_adjustments_rounding_is_small"), "adjustments", type_="check")
    op.create_check_constraint(
        op.f("ck_adjustments_amount"),
        "adjustments",
        "amount_minor > 0 OR (kind = 'rounding' AND amount_minor < 0)",
    )
    op.create_check_constraint(
        op.f("ck_adjustments_rounding_is_small"),
        "adjustments",
        "kind <> 'rounding' OR abs(amount_minor) < 100",
    )
    _refunds()
    _aliases()
    op.execute(FITS.format(refunded=REFUNDED))
    op.execute(REFUND_FITS)
    op.execute(FROZEN.format(may_change=f"{BEFORE}, 'confirmation', 'confirmation_at'"))


def _refunds() -> None:
    op.create_table(
        "refunds",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount")),
        sa.CheckConstraint(
            "method IN ('mpesa','cash','bank','cheque','other')", name=op.f("ck_refunds_method")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "payment_id"],
            ["payments.merchant_id", "payments.id"],
            name=op.f("fk_refunds_merchant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_refunds")),
    )
    op.create_index("ix_refunds_merchant_id_payment_id", "refunds", ["merchant_id", "payment_id"])
    _own("refunds", "SELECT, INSERT")


def _aliases() -> None:
    op.create_table(
        "payer_aliases",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id", "client_id"],
            ["clients.merchant_id", "clients.id"],
            name=op.f("fk_payer_aliases_merchant_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "payment_id"],
            ["payments.merchant_id", "payments.id"],
            name=op.f("fk_payer_aliases_merchant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("merchant_id", "key_hash", name=op.f("pk_payer_aliases")),
    )
    op.create_index(
        "ix_payer_aliases_merchant_id_payment_id", "payer_aliases", ["merchant_id", "payment_id"]
    )
    _own("payer_aliases", "SELECT, INSERT, UPDATE, DELETE")


def _own(table: str, rights: str) -> None:
    """A merchant sees and writes only her own rows."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own ON {table} TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    op.execute(f"GRANT {rights} ON {table} TO bili_app")


def downgrade() -> None:
    op.execute(FROZEN.format(may_change=BEFORE))
    op.execute(FITS.format(refunded=""))
    op.drop_table("payer_aliases")
    op.drop_table("refunds")
    op.execute("DROP FUNCTION bili_refund_fits()")
    op.drop_constraint(op.f("ck_adjustments_rounding_is_small"), "adjustments", type_="check")
    op.drop_constraint(op.f("ck_adjustments_amount"), "adjustments", type_="check")
    op.execute("DELETE FROM adjustments WHERE kind = 'rounding' AND amount_minor < 0")
    op.create_check_constraint(op.f("ck_adjustments_amount"), "adjustments", "amount_minor > 0")
    op.create_check_constraint(
        op.f("ck_adjustments_rounding_is_small"),
        "adjustments",
        "kind <> 'rounding' OR amount_minor < 100",
    )
    op.drop_index("ix_payments_unowned", table_name="payments")
    op.drop_constraint(op.f("ck_payments_confirmation"), "payments", type_="check")
    op.drop_column("payments", "confirmation_at")
    op.drop_column("payments", "confirmation")
