"""What a merchant may set for herself: her papers, her logo, what she hears and when."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"
WORDS = ("city", "email", "contact", "default_note", "pay_note", "logo")
# Long past: the clock only works out when the first report is due.
REPORTS = (
    "INSERT INTO due_work (merchant_id, kind, subject_id, act_after)"
    " SELECT m.id, k.kind, m.id, timestamptz '1970-01-01 00:00:00+00' FROM merchants m,"
    " (VALUES ('report.weekly'), ('report.monthly')) k(kind) ON CONFLICT DO NOTHING"
)


def upgrade() -> None:
    for name in WORDS:
        op.add_column("merchants", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("merchants", sa.Column("terms", sa.Text(), server_default="7", nullable=False))
    op.add_column(
        "merchants", sa.Column("design", sa.Text(), server_default="classic", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_merchants_terms"), "merchants", "terms IN ('0','7','14','30','month_end')"
    )
    op.drop_column("merchants", "terms_days")
    op.drop_column("merchants", "invoice_prefix")  # the series itself knows its own
    op.add_column(
        "members",
        sa.Column(
            "hears", sa.dialects.postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    for name, hour in (("quiet_from", "20"), ("quiet_until", "8")):
        op.add_column(
            "people", sa.Column(name, sa.BigInteger(), server_default=hour, nullable=False)
        )
    op.create_check_constraint(
        op.f("ck_people_quiet"),
        "people",
        "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23",
    )
    logos()
    op.execute(REPORTS)


def logos() -> None:
    """Pictures are kept by what they hold: papers issued with one keep it."""
    op.create_table(
        "logos",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_logos_merchant_id")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "digest", name=op.f("pk_logos")),
    )
    op.execute("ALTER TABLE logos ENABLE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY own ON logos TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    op.execute("GRANT SELECT, INSERT ON logos TO bili_app")


def downgrade() -> None:
    op.execute("DELETE FROM due_work WHERE kind IN ('report.weekly', 'report.monthly')")
    op.drop_table("logos")
    op.drop_constraint(op.f("ck_people_quiet"), "people")
    op.drop_column("people", "quiet_until")
    op.drop_column("people", "quiet_from")
    op.drop_column("members", "hears")
    op.add_column(
        "merchants",
        sa.Column("invoice_prefix", sa.Text(), server_default="INV-", nullable=False),
    )
    op.add_column(
        "merchants", sa.Column("terms_days", sa.BigInteger(), server_default="7", nullable=False)
    )
    op.drop_constraint(op.f("ck_merchants_terms"), "merchants")
    for name in ("design", "terms", *reversed(WORDS)):
        op.drop_column("merchants", name)
