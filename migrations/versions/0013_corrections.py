"""Credit notes and quotes with their lines; deposits; what replaces what; a write-off taken back."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"
# A quote that was sent keeps its words and sums; only how it was answered may still change.
QUOTE_FROZEN = """
CREATE FUNCTION bili_quote_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['status', 'answered_at', 'token', 'first_opened_at'];
BEGIN
    IF to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a quote never changes' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND NOT (OLD.status = 'open' OR NEW.status = 'withdrawn'
            OR (OLD.status = 'declined' AND NEW.status = 'accepted')) THEN
        RAISE EXCEPTION 'quote: % never becomes %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER quote_frozen BEFORE UPDATE ON quotes
    FOR EACH ROW EXECUTE FUNCTION bili_quote_frozen();
"""
# Lines are only ever added, and never beyond what their paper says: a finished one takes no more.
LINES_FIT = """
CREATE FUNCTION bili_{paper}_lines_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint;
    said bigint;
BEGIN
    SELECT subtotal_minor INTO asked FROM {paper}s
    WHERE merchant_id = NEW.merchant_id AND id = NEW.{paper}_id;
    SELECT sum(amount_minor) INTO said FROM {paper}_lines
    WHERE merchant_id = NEW.merchant_id AND {paper}_id = NEW.{paper}_id;
    IF said > asked THEN
        RAISE EXCEPTION 'the lines say more than the {paper}' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lines_fit AFTER INSERT ON {paper}_lines
    FOR EACH ROW EXECUTE FUNCTION bili_{paper}_lines_fit();
"""
# What an entry with the opposite sign takes back must have been there.
TAKEN_BACK = """
CREATE FUNCTION bili_adjustment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount_minor) FROM adjustments WHERE merchant_id = NEW.merchant_id
            AND invoice_id = NEW.invoice_id AND kind = NEW.kind) < 0 THEN
        RAISE EXCEPTION 'more is taken back than there was' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.credit_note_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM credit_notes WHERE merchant_id = NEW.merchant_id
            AND id = NEW.credit_note_id AND invoice_id = NEW.invoice_id
            AND total_minor = NEW.amount_minor) THEN
        RAISE EXCEPTION 'a credit note lowers its own invoice by its own total'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER adjustment_fits AFTER INSERT ON adjustments
    FOR EACH ROW EXECUTE FUNCTION bili_adjustment_fits();
"""


def upgrade() -> None:
    _credit_notes()
    _quotes()
    _lines("credit_note", sa.Column("invoice_position", sa.BigInteger(), nullable=True))
    _lines("quote")
    for table, rights in (
        ("credit_notes", "SELECT, INSERT"),
        ("credit_note_lines", "SELECT, INSERT"),
        ("quotes", "SELECT, INSERT, UPDATE"),
        ("quote_lines", "SELECT, INSERT"),
    ):
        _own(table, rights)
    _adjustments("amount_minor > 0 OR (kind <> 'credit' AND amount_minor < 0)")
    _invoices()
    op.execute(QUOTE_FROZEN)
    for paper in ("credit_note", "quote"):
        op.execute(LINES_FIT.format(paper=paper))
    op.execute(TAKEN_BACK)


def _number(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _key(table: str, columns: Sequence[str], parent: str) -> sa.ForeignKeyConstraint:
    mine = ["merchant_id", *columns]
    name = op.f(f"fk_{table}_{'_'.join(mine)}")
    return sa.ForeignKeyConstraint(mine, [f"{parent}.merchant_id", f"{parent}.id"], name=name)


def _credit_notes() -> None:
    op.create_table(
        "credit_notes",
        _number("merchant_id"),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *map(_number, ("invoice_id", "client_id", "number")),
        *map(_text, ("number_text", "currency")),
        sa.Column("issued_on", sa.Date(), nullable=False),
        *(_number(f"{sum_}_minor") for sum_ in ("subtotal", "discount", "tax", "total", "freed")),
        _text("reason", nullable=True),
        _number("made_by", nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("total_minor > 0 AND tax_minor >= 0", name=op.f("ck_credit_notes_sums")),
        sa.CheckConstraint(
            "discount_minor BETWEEN 0 AND subtotal_minor", name=op.f("ck_credit_notes_discount")
        ),
        sa.CheckConstraint(
            "freed_minor BETWEEN 0 AND total_minor", name=op.f("ck_credit_notes_freed")
        ),
        _key("credit_notes", ["invoice_id"], "invoices"),
        _key("credit_notes", ["client_id"], "clients"),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_credit_notes")),
        sa.UniqueConstraint(
            "merchant_id", "number", name=op.f("uq_credit_notes_merchant_id_number")
        ),
    )
    for columns in (["merchant_id", "invoice_id"], ["merchant_id", "client_id", "issued_on"]):
        op.create_index(f"ix_credit_notes_{'_'.join(columns)}", "credit_notes", columns)


def _quotes() -> None:
    rate = sa.Numeric(precision=7, scale=4)
    op.create_table(
        "quotes",
        _number("merchant_id"),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *map(_number, ("client_id", "number")),
        _text("number_text"),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        _text("currency"),
        sa.Column("language", sa.Text(), server_default="en", nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        _number("subtotal_minor"),
        sa.Column("discount_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("discount_percent", rate, nullable=True),
        _text("tax_label", nullable=True),
        sa.Column("tax_rate", rate, nullable=True),
        sa.Column("tax_inclusive", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), server_default="0", nullable=False),
        _number("total_minor"),
        _text("note", nullable=True),
        sa.Column("parties", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        _number("made_by", nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_opened_at", sa.DateTime(timezone=True), nullable=True),
        *_quote_checks(),
        _key("quotes", ["client_id"], "clients"),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_quotes")),
        sa.UniqueConstraint("merchant_id", "number", name=op.f("uq_quotes_merchant_id_number")),
    )
    columns = ["merchant_id", "client_id", "id"]
    op.create_index("ix_quotes_merchant_id_client_id_id", "quotes", columns)


def _quote_checks() -> list[sa.CheckConstraint]:
    total = (
        "total_minor = subtotal_minor - discount_minor"
        " + CASE WHEN tax_inclusive THEN 0 ELSE tax_minor END"
    )
    checks = {
        "status": "status IN ('open','accepted','declined','withdrawn')",
        "discount": "discount_minor BETWEEN 0 AND subtotal_minor",
        "sums": "tax_minor >= 0 AND total_minor > 0",
        "total": total,
        "valid_until": "valid_until >= issued_on",
        "answered": "(status = 'open') = (answered_at IS NULL)",
    }
    return [sa.CheckConstraint(words, name=op.f(f"ck_quotes_{n}")) for n, words in checks.items()]


def _lines(paper: str, *more: "sa.Column[int]") -> None:
    table = f"{paper}_lines"
    checks = {
        "quantity": "quantity > 0",
        "unit_price": "unit_price_minor >= 0",
        "amount": "amount_minor = round(quantity * unit_price_minor)",
        "description": "length(description) BETWEEN 1 AND 500",
    }
    op.create_table(
        table,
        _number("merchant_id"),
        _number(f"{paper}_id"),
        _number("position"),
        *more,
        _text("description"),
        sa.Column("quantity", sa.Numeric(precision=14, scale=4), nullable=False),
        _number("unit_price_minor"),
        _number("amount_minor"),
        *(sa.CheckConstraint(words, name=op.f(f"ck_{table}_{n}")) for n, words in checks.items()),
        _key(table, [f"{paper}_id"], f"{paper}s"),
        sa.PrimaryKeyConstraint("merchant_id", f"{paper}_id", "position", name=op.f(f"pk_{table}")),
    )


def _own(table: str, rights: str) -> None:
    """A merchant sees and writes only her own rows."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own ON {table} TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    op.execute(f"GRANT {rights} ON {table} TO bili_app")


def _adjustments(amount: str) -> None:
    op.add_column("adjustments", _number("credit_note_id", nullable=True))
    op.create_foreign_key(
        op.f("fk_adjustments_merchant_id_credit_note_id"),
        "adjustments",
        "credit_notes",
        ["merchant_id", "credit_note_id"],
        ["merchant_id", "id"],
    )
    columns = ["merchant_id", "credit_note_id"]
    op.create_unique_constraint(
        op.f("uq_adjustments_merchant_id_credit_note_id"), "adjustments", columns
    )
    _check("adjustments", "note_of_a_credit", "credit_note_id IS NULL OR kind = 'credit'")
    _check_again("adjustments", "amount", amount)


def _check(table: str, name: str, words: str) -> None:
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, words)


def _check_again(table: str, name: str, words: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    _check(table, name, words)


def _invoices() -> None:
    """All three are frozen at issue: the trigger's whitelist does not name them."""
    for column in ("deposit_minor", "revises_id", "quote_id"):
        op.add_column("invoices", _number(column, nullable=True))
    _check(
        "invoices",
        "deposit",
        "deposit_minor IS NULL OR (deposit_minor > 0 AND deposit_minor < total_minor)",
    )
    _check_again("invoices", "series", "series = 'invoice'")
    for column, parent in (("revises_id", "invoices"), ("quote_id", "quotes")):
        mine = ["merchant_id", column]
        name = op.f(f"fk_invoices_{'_'.join(mine)}")
        op.create_foreign_key(name, "invoices", parent, mine, ["merchant_id", "id"])
        op.create_index(
            f"ix_invoices_{'_'.join(mine)}",
            "invoices",
            mine,
            postgresql_where=sa.text(f"{column} IS NOT NULL"),
        )


def downgrade() -> None:
    op.execute("DROP TRIGGER adjustment_fits ON adjustments")
    op.execute("DROP FUNCTION bili_adjustment_fits()")
    for column in ("quote_id", "revises_id"):
        op.drop_constraint(op.f(f"fk_invoices_merchant_id_{column}"), "invoices")
        op.drop_index(f"ix_invoices_merchant_id_{column}", "invoices")
    op.drop_constraint(op.f("ck_invoices_deposit"), "invoices")
    _check_again("invoices", "series", "series IN ('invoice','credit_note','quote')")
    for column in ("deposit_minor", "revises_id", "quote_id"):
        op.drop_column("invoices", column)
    op.drop_constraint(op.f("ck_adjustments_note_of_a_credit"), "adjustments")
    op.drop_column("adjustments", "credit_note_id")
    _check_again(
        "adjustments", "amount", "amount_minor > 0 OR (kind = 'rounding' AND amount_minor < 0)"
    )
    for table in ("quote_lines", "credit_note_lines", "quotes", "credit_notes"):
        op.drop_table(table)
    for name in ("quote_lines_fit", "credit_note_lines_fit", "quote_frozen"):
        op.execute(f"DROP FUNCTION bili_{name}()")
