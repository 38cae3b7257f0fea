"""Clients in full: company, address, notes; archived, or merged into another; one phone, one client."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORDS = ("company", "contact_person", "address", "notes")


def upgrade() -> None:
    for name in WORDS:
        op.add_column("clients", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("clients", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("clients", sa.Column("merged_into_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_clients_merchant_id_merged_into_id"),
        "clients",
        "clients",
        ["merchant_id", "merged_into_id"],
        ["merchant_id", "id"],
    )
    op.create_check_constraint(
        op.f("ck_clients_merged"),
        "clients",
        "merged_into_id IS NULL OR (status = 'archived' AND merged_into_id <> id)",
    )
    op.create_index(
        "ix_clients_merged_into_id",
        "clients",
        ["merchant_id", "merged_into_id"],
        postgresql_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.drop_index("uq_clients_merchant_id_phone", table_name="clients")
    op.create_index(
        "uq_clients_merchant_id_phone",
        "clients",
        ["merchant_id", "phone"],
        unique=True,
        postgresql_where=sa.text("phone IS NOT NULL"),
    )
    op.create_index("ix_payments_merchant_id_client_id", "payments", ["merchant_id", "client_id"])
    # Someone added by mistake may be forgotten; foreign keys keep whoever was ever billed.
    op.execute("GRANT DELETE ON clients TO bili_app")


def downgrade() -> None:
    op.execute("REVOKE DELETE ON clients FROM bili_app")
    op.drop_index("ix_payments_merchant_id_client_id", table_name="payments")
    op.drop_index("uq_clients_merchant_id_phone", table_name="clients")
    op.create_index(
        "uq_clients_merchant_id_phone",
        "clients",
        ["merchant_id", "phone"],
        unique=True,
        postgresql_where=sa.text("phone IS NOT NULL AND status = 'active'"),
    )
    op.drop_index("ix_clients_merged_into_id", table_name="clients")
    op.drop_constraint("ck_clients_merged", "clients")
    op.drop_constraint("fk_clients_merchant_id_merged_into_id", "clients")
    for name in ("merged_into_id", "archived_at", *WORDS):
        op.drop_column("clients", name)
