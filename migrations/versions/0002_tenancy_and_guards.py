"""Roles, row-level security, and the triggers that repeat the rules of money."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TENANT_TABLES = (
    "members",
    "clients",
    "number_series",
    "invoices",
    "invoice_lines",
    "attempts",
    "payments",
    "allocations",
    "adjustments",
    "notices",
    "audit",
    "audit_seals",
    "sent_documents",
)
PLATFORM_TABLES = (
    "people",
    "contacts",
    "conversations",
    "inbound",
    "outbound",
    "routes",
    "provider_events",
    "due_work",
    "throttles",
    "heartbeats",
    "clock_offset",
    "gateway_tokens",
    "abuse_reports",
)
# Nothing that happened is ever changed or deleted by the application.
APPEND_ONLY = ("audit", "audit_seals", "adjustments")
# Rows that are only true for a while.
DELETABLE = ("due_work", "throttles", "routes", "invoice_lines", "invoices", "inbound", "outbound")

ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bili_app') THEN
        CREATE ROLE bili_app NOLOGIN;
    END IF;
EXCEPTION WHEN unique_violation OR duplicate_object THEN
    NULL;  -- another database of this server made it at the same moment
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, 'bili_app', 'SET') THEN
        GRANT bili_app TO CURRENT_USER;
    END IF;
END $$;
"""
# Postgres 15 has no SET privilege of roles; membership was enough there.
ROLE_15 = ROLE.replace("'SET'", "'MEMBER'")

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"

# The whitelist of what may still change once an invoice is issued; everything else is frozen.
FROZEN = """
CREATE FUNCTION bili_invoice_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['status', 'settled_at', 'voided_at', 'void_reason', 'disputed_at',
                               'written_off_at', 'first_opened_at', 'token'];
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
CREATE TRIGGER invoice_frozen BEFORE UPDATE OR DELETE ON invoices
    FOR EACH ROW EXECUTE FUNCTION bili_invoice_frozen();

CREATE FUNCTION bili_lines_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM invoices
    WHERE merchant_id = COALESCE(NEW.merchant_id, OLD.merchant_id)
      AND id = COALESCE(NEW.invoice_id, OLD.invoice_id);
    IF state IS NOT NULL AND state <> 'draft' THEN
        RAISE EXCEPTION 'the lines of an issued invoice never change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER lines_frozen BEFORE INSERT OR UPDATE OR DELETE ON invoice_lines
    FOR EACH ROW EXECUTE FUNCTION bili_lines_frozen();
"""

# Sums are checked where they could break: after a booking, under the locks the booking holds.
SUMS = """
CREATE FUNCTION bili_booking_fits() RETURNS trigger LANGUAGE plpgsql AS $$
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
        IF arrived IS NULL OR booked > arrived THEN
            RAISE EXCEPTION 'more is booked than arrived' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_fits AFTER INSERT ON allocations
    FOR EACH ROW EXECUTE FUNCTION bili_booking_fits();
CREATE TRIGGER booking_fits AFTER INSERT ON adjustments
    FOR EACH ROW EXECUTE FUNCTION bili_booking_fits();

CREATE FUNCTION bili_allocation_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NOT NULL OR NEW.released_at IS NULL
        OR to_jsonb(NEW) - 'released_at' <> to_jsonb(OLD) - 'released_at' THEN
        RAISE EXCEPTION 'an allocation is only ever released' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER allocation_frozen BEFORE UPDATE ON allocations
    FOR EACH ROW EXECUTE FUNCTION bili_allocation_frozen();

CREATE FUNCTION bili_payment_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['receipt', 'client_id', 'attempt_id', 'payer_name', 'payer_phone',
                               'account', 'needs_review', 'reversed_at', 'paid_at'];
BEGIN
    IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
        OR (OLD.receipt IS NOT NULL AND NEW.receipt IS DISTINCT FROM OLD.receipt) THEN
        RAISE EXCEPTION 'a payment is reversed, never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_frozen BEFORE UPDATE ON payments
    FOR EACH ROW EXECUTE FUNCTION bili_payment_frozen();

CREATE FUNCTION bili_success_is_absorbing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'succeeded' AND NEW.state <> 'succeeded' THEN
        RAISE EXCEPTION 'a success is never overwritten' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER success_is_absorbing BEFORE UPDATE ON attempts
    FOR EACH ROW EXECUTE FUNCTION bili_success_is_absorbing();
"""


def upgrade() -> None:
    connection = op.get_bind()
    version = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar()))
    op.execute(ROLE if version >= 160000 else ROLE_15)
    op.execute("GRANT USAGE ON SCHEMA public TO bili_app")
    for table in TENANT_TABLES:
        isolate(table, "merchant_id")
    isolate("merchants", "id")
    for table in (*TENANT_TABLES, *PLATFORM_TABLES, "merchants"):
        grant(table)
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO bili_app")
    op.execute("GRANT SELECT ON alembic_version TO bili_app")
    op.execute(FROZEN)
    op.execute(SUMS)
    op.execute("INSERT INTO clock_offset DEFAULT VALUES")


def isolate(table: str, column: str) -> None:
    """A merchant sees and writes only her own rows."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own ON {table} TO bili_app"
        f" USING ({column} = {MERCHANT}) WITH CHECK ({column} = {MERCHANT})"
    )


def grant(table: str) -> None:
    """As little as the application needs on a table."""
    rights = ["SELECT", "INSERT"]
    if table not in APPEND_ONLY:
        rights.append("UPDATE")
    if table in DELETABLE:
        rights.append("DELETE")
    op.execute(f"GRANT {', '.join(rights)} ON {table} TO bili_app")
