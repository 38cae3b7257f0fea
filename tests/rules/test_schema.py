"""What the migrated database itself holds: tenancy, rights, closed lists; asked of pg_catalog."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from models.db import Database
from models.revisions import newest
from tests.rules.source import ROOT

# Tables that belong to no merchant (DESIGN section 4). A new one is an act, not an accident.
PLATFORM = {
    "routes", "due_work", "throttles", "heartbeats", "clock_offset", "gateway_tokens",
    "people", "contacts", "conversations", "inbound", "outbound", "provider_events",
    "abuse_reports", "link_codes",
}  # fmt: skip
OURS = "SELECT relname, relrowsecurity, oid FROM pg_class WHERE relkind IN ('r', 'p')"
IN_PUBLIC = " AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"
MERCHANT_OF = {"merchants": "id"}
NEVER_CHANGED = {
    "audit", "audit_seals", "adjustments", "credit_notes", "credit_note_lines", "quote_lines",
}  # fmt: skip
POLICY = (
    "(merchant_id = (NULLIF(current_setting('app.merchant_id'::text, true), ''::text))::bigint)"
)


@pytest.fixture
def owner(worker_database: Database) -> Iterator[Session]:
    """The owner's eyes on the migrated database."""
    with worker_database.as_owner() as session:
        yield session


def tables(owner: Session) -> dict[str, bool]:
    """Each table of ours and whether its rows are kept apart by merchant."""
    rows = owner.execute(sa.text(OURS + IN_PUBLIC)).all()
    return {row.relname: row.relrowsecurity for row in rows}


def tenant_tables(owner: Session) -> set[str]:
    """Every table that is not on the closed list."""
    return set(tables(owner)) - PLATFORM


def test_platform_tables_are_the_closed_list(owner: Session) -> None:
    """Whatever is not on the list is a tenant's; whatever is on it exists and has no policy."""
    found = tables(owner)
    assert set(found) >= PLATFORM
    assert {name for name, secured in found.items() if not secured} == PLATFORM


def test_the_models_name_the_same_tables(owner: Session) -> None:
    """No table lives in the database alone or in the models alone."""
    from models import (  # noqa: F401
        attached,
        catalogue,
        invoices,
        merchants,
        payments,
        people,
        platform,
        team,
        told,
        traffic,
    )
    from models.base import Base

    assert set(tables(owner)) == set(Base.metadata.tables)


def test_tenant_tables_carry_their_merchant(owner: Session) -> None:
    """merchant_id is there, never empty, and leads the primary key (I-19)."""
    rows = owner.execute(
        sa.text(
            "SELECT c.relname, a.attnotnull, i.indkey[0] = a.attnum AS leads FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid"
            "  AND a.attname = CASE c.relname WHEN 'merchants' THEN 'id' ELSE 'merchant_id' END"
            " JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
            " WHERE c.relnamespace = 'public'::regnamespace"
        )
    ).all()
    good = {row.relname for row in rows if row.attnotnull and row.leads}
    assert tenant_tables(owner) - good == set()


def test_tenant_tables_show_a_merchant_her_own_rows(owner: Session) -> None:
    """One policy for everything one may do, reading and writing alike, for the app's role."""
    rows = owner.execute(
        sa.text(
            "SELECT tablename, cmd, roles::text, qual, with_check, permissive FROM pg_policies"
            " WHERE schemaname = 'public'"
        )
    ).all()
    by_table = {row.tablename: row for row in rows}
    assert len(rows) == len(by_table)
    assert set(by_table) == tenant_tables(owner)
    for name, row in by_table.items():
        wanted = POLICY.replace("merchant_id =", f"{MERCHANT_OF.get(name, 'merchant_id')} =")
        assert (row.cmd, row.roles, row.qual, row.with_check) == (
            "ALL", "{bili_app}", wanted, wanted,
        ), name  # fmt: skip


def test_foreign_keys_between_tenants_are_composite(owner: Session) -> None:
    """A row cannot point at another merchant's: merchant_id is part of every such key (I-19)."""
    rows = owner.execute(
        sa.text(
            "SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent,"
            " conname, ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, place)"
            "  JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY place) AS mine,"
            " ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY k(n, place)"
            "  JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY place) AS theirs"
            " FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
        )
    ).all()
    tenants = tenant_tables(owner)
    between = [row for row in rows if {row.child, row.parent} <= tenants]
    assert len(between) > 10
    for row in between:
        theirs = MERCHANT_OF.get(row.parent, "merchant_id")
        assert ("merchant_id", theirs) in zip(row.mine, row.theirs, strict=True), row.conname


def test_ids_that_point_at_a_tenants_row_are_foreign_keys(owner: Session) -> None:
    """invoice_id, client_id, payment_id … in a tenant table are never bare numbers (I-19)."""
    rows = owner.execute(
        sa.text(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0"
            "  AND a.attname IN ('invoice_id', 'client_id', 'payment_id', 'attempt_id', 'line_id')"
            "  AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid"
            "   AND k.contype = 'f' AND a.attnum = ANY(k.conkey))"
        )
    ).all()
    bare = {f"{row.relname}.{row.attname}" for row in rows if row.relname not in PLATFORM}
    # The audit outlives what it speaks of: a draft may be deleted, what was done to it not. A
    # notice is read by its merchant alone, whose policy hides whatever else the number might mean.
    assert {name for name in bare if not name.startswith(("audit.", "notices."))} == set()


def test_the_application_may_do_little(owner: Session) -> None:
    """bili_app owns nothing, may not bypass policies, and changes no history (I-24)."""
    role = owner.execute(
        sa.text("SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname='bili_app'")
    ).one()
    assert not any(role)
    owned = owner.scalars(
        sa.text("SELECT relname FROM pg_class WHERE relowner = 'bili_app'::regrole")
    ).all()
    assert owned == []
    rows = owner.execute(
        sa.text(
            "SELECT table_name, array_agg(privilege_type::text) AS rights"
            " FROM information_schema.role_table_grants"
            " WHERE grantee = 'bili_app' AND table_schema = 'public' GROUP BY table_name"
        )
    ).all()
    rights = {row.table_name: set(row.rights) for row in rows}
    assert set(rights) - {"alembic_version"} == set(tables(owner))
    for name in NEVER_CHANGED:
        assert rights[name] == {"SELECT", "INSERT"}, name
    assert not any("TRUNCATE" in granted for granted in rights.values())
    assert "DELETE" not in rights["payments"] | rights["allocations"] | rights["attempts"]


def test_migrations_are_one_line() -> None:
    """One first migration, one last, each with one follower: nobody merges heads at night."""
    scripts = ScriptDirectory.from_config(Config(ROOT / "alembic.ini"))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    revisions = [script.revision for script in scripts.walk_revisions()]
    assert sorted(revisions) == [f"{n:04}" for n in range(1, len(revisions) + 1)]
    assert newest() == scripts.get_current_head()


def test_models_equal_migrations(worker_database: Database) -> None:
    """`alembic check` finds nothing to add."""
    from cryptography.fernet import Fernet

    program = str(Path(sys.executable).parent / "alembic")
    done = subprocess.run(
        [program, "check"],
        cwd=ROOT,
        env={"DATABASE_URL": worker_database.options.url,
             "ENCRYPTION_KEYS": Fernet.generate_key().decode()},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
