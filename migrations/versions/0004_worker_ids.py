"""Workers draw a number for the claims they make."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SEQUENCE worker_ids AS integer CYCLE")
    op.execute("GRANT USAGE ON SEQUENCE worker_ids TO bili_app")
