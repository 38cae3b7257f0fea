"""A link may lead to a quote."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS = "'invoice','attempt','account','shortcode','person','invite','invited'"


def upgrade() -> None:
    kinds(f"{KINDS},'quote'")


def downgrade() -> None:
    op.execute("DELETE FROM routes WHERE kind = 'quote'")
    kinds(KINDS)


def kinds(known: str) -> None:
    """What may lead to a merchant."""
    op.drop_constraint(op.f("ck_routes_kind"), "routes", type_="check")
    op.create_check_constraint(op.f("ck_routes_kind"), "routes", f"kind IN ({known})")
