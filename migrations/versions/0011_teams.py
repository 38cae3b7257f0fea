"""Teams, chats that belong together, and trust: invites, approvals, link codes, limits, pauses."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MERCHANT = "NULLIF(current_setting('app.merchant_id', true), '')::bigint"
KINDS = "'invoice','attempt','account','shortcode','person'"


def upgrade() -> None:
    members()
    invites()
    approvals()
    link_codes()
    routes(f"{KINDS},'invite','invited'", "kind NOT IN ('person','invited')")
    for column in ("trusted_at", "paused_at", "reviewed_at"):
        op.add_column("merchants", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    op.add_column("contacts", sa.Column("cut_off_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("people", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_people_merged_into"), "people", "people", ["merged_into"], ["id"]
    )
    # A person who joins another leaves her conversation; a member who is removed is one no more.
    op.execute("GRANT DELETE ON conversations, members TO bili_app")


def members() -> None:
    """Each member's own limits."""
    op.add_column("members", sa.Column("most_invoice_minor", sa.BigInteger(), nullable=True))
    op.add_column("members", sa.Column("most_discount", sa.Numeric(7, 4), nullable=True))
    op.add_column("members", sa.Column("may_void", sa.Boolean(), nullable=True))
    op.create_check_constraint(
        op.f("ck_members_most_invoice_minor"), "members", "most_invoice_minor > 0"
    )
    op.create_check_constraint(
        op.f("ck_members_most_discount"), "members", "most_discount BETWEEN 0 AND 100"
    )


def invites() -> None:
    """Who was asked to join."""
    op.create_table(
        "invites",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "role IN ('owner','manager','cashier','viewer')", name=op.f("ck_invites_role")
        ),
        sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name=op.f("ck_invites_used")),
        sa.ForeignKeyConstraint(
            ["merchant_id"], ["merchants.id"], name=op.f("fk_invites_merchant_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_invites_made_by")),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invites_used_by")),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_invites")),
    )
    op.create_index(
        "ix_invites_open",
        "invites",
        ["merchant_id", "id"],
        postgresql_where=sa.text("used_at IS NULL AND revoked_at IS NULL"),
    )
    own("invites", "SELECT, INSERT, UPDATE")


def approvals() -> None:
    """Drafts that wait for an owner."""
    op.create_table(
        "approvals",
        sa.Column("merchant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_percent", sa.Numeric(7, 4), nullable=True),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting','approved','refused')", name=op.f("ck_approvals_state")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_approvals_decided")
        ),
        sa.ForeignKeyConstraint(
            ["merchant_id", "invoice_id"],
            ["invoices.merchant_id", "invoices.id"],
            name=op.f("fk_approvals_merchant_id_invoice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_approvals_asked_by")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["people.id"], name=op.f("fk_approvals_decided_by")
        ),
        sa.PrimaryKeyConstraint("merchant_id", "id", name=op.f("pk_approvals")),
    )
    op.create_index(
        "ix_approvals_merchant_id_invoice_id", "approvals", ["merchant_id", "invoice_id"]
    )
    own("approvals", "SELECT, INSERT, UPDATE")


def link_codes() -> None:
    """Codes that make two chats one person's; they belong to no merchant."""
    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("merchant_id", sa.BigInteger(), nullable=True),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("purpose IN ('link','recover')", name=op.f("ck_link_codes_purpose")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_link_codes_person_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_link_codes_contact_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_link_codes_made_by")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_link_codes")),
    )
    op.create_index(op.f("ix_link_codes_person_id"), "link_codes", ["person_id"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON link_codes TO bili_app")


def own(table: str, rights: str) -> None:
    """A merchant sees and writes only her own rows."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY own ON {table} TO bili_app"
        f" USING (merchant_id = {MERCHANT}) WITH CHECK (merchant_id = {MERCHANT})"
    )
    op.execute(f"GRANT {rights} ON {table} TO bili_app")


def routes(kinds: str, one_each: str) -> None:
    """What may lead to a merchant, and what of it to one alone."""
    op.drop_constraint("ck_routes_kind", "routes")
    op.create_check_constraint(op.f("ck_routes_kind"), "routes", f"kind IN ({kinds})")
    op.drop_index("uq_routes_kind_key_hash", "routes")
    op.create_index(
        "uq_routes_kind_key_hash",
        "routes",
        ["kind", "key_hash"],
        unique=True,
        postgresql_where=sa.text(one_each),
    )


def downgrade() -> None:
    op.execute("REVOKE DELETE ON conversations, members FROM bili_app")
    op.execute("DELETE FROM routes WHERE kind IN ('invite','invited')")
    routes(KINDS, "kind <> 'person'")
    for table in ("link_codes", "approvals", "invites"):
        op.drop_table(table)
    op.drop_constraint(op.f("fk_people_merged_into"), "people")
    op.drop_column("people", "merged_into")
    op.drop_column("contacts", "cut_off_at")
    for column in ("reviewed_at", "paused_at", "trusted_at"):
        op.drop_column("merchants", column)
    for column in ("may_void", "most_discount", "most_invoice_minor"):
        op.drop_column("members", column)
