"""The job queue's own tables and functions, in their own schema."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path TO jobs, public")
    # The library's text holds percent signs: it goes to the driver without parameters.
    cursor = op.get_bind().connection.cursor()
    cursor.execute(SchemaManager.get_schema())
    cursor.close()
    op.execute("SET LOCAL search_path TO public, jobs")
    op.execute("GRANT USAGE ON SCHEMA jobs TO bili_app")
    op.execute("GRANT ALL ON ALL TABLES IN SCHEMA jobs TO bili_app")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO bili_app")
    op.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs TO bili_app")
