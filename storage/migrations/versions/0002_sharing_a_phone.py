"""Several people on one phone, the profile, consents with their words, drafts that end, erasure and handover."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAMING = {"uq": "%(table_name)s_%(column_0_name)s_key"}
"""Names the constraint that SQLite left without one as PostgreSQL does."""

_PRESENT = sa.text("is_present")
_STANDING = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    """Bring the schema one step forward."""
    with op.batch_alter_table("person", naming_convention=_NAMING) as person:
        person.add_column(sa.Column("is_present", sa.Boolean(), nullable=False, server_default=sa.true()))
        person.add_column(sa.Column("helper_id", _ID, nullable=True))
        person.add_column(sa.Column("profile", sa.LargeBinary(), nullable=True))
        person.add_column(sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True))
        person.drop_constraint("person_user_id_key", type_="unique")
        person.create_foreign_key("person_helper_id_fkey", "person", ["helper_id"], ["id"])
        person.create_index("person_account", ["user_id"])
        person.create_index(
            "person_present", ["user_id"], unique=True, sqlite_where=_PRESENT, postgresql_where=_PRESENT
        )
        person.create_index("person_erase_due", ["erase_at"], postgresql_where=sa.text("erase_at IS NOT NULL"))
    with op.batch_alter_table("person") as person:
        person.alter_column("is_present", server_default=None)
    with op.batch_alter_table("consent") as consent:
        consent.add_column(sa.Column("words", sa.LargeBinary(), nullable=True))
        consent.drop_index("consent_one")
        consent.create_index(
            "consent_one",
            ["person_id", "purpose"],
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        )
    with op.batch_alter_table("conversation") as conversation:
        conversation.add_column(sa.Column("draft_at", sa.DateTime(timezone=True), nullable=True))
        conversation.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        conversation.create_index("conversation_draft", ["draft_at"], postgresql_where=sa.text("draft_at IS NOT NULL"))
    for table, column in (("conversation", "step"), ("counselling_case", "kept_step")):
        op.execute(f"UPDATE {table} SET {column} = 'Registration:place' WHERE {column} = 'Registration:region'")
    op.create_table(
        "handover",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        info={"person": "person_id"},
        sqlite_autoincrement=True,
    )
    _number_once()


def _number_once() -> None:
    """Let SQLite never give a number of an erased row to another one."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("person", "place", "consent", "counselling_case", "case_message"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def downgrade() -> None:
    """Take that step back. Impossible once two people share an account: the earlier release knows one for each."""
    op.drop_table("handover")
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_index("conversation_draft")
        conversation.drop_column("reminded_at")
        conversation.drop_column("draft_at")
    with op.batch_alter_table("consent") as consent:
        consent.drop_index("consent_one")
        consent.drop_column("words")
        consent.create_index("consent_one", ["person_id", "purpose"], unique=True)
    with op.batch_alter_table("person") as person:
        for index in ("person_erase_due", "person_present", "person_account"):
            person.drop_index(index)
        person.drop_constraint("person_helper_id_fkey", type_="foreignkey")
        for column in ("erase_at", "profile", "helper_id", "is_present"):
            person.drop_column(column)
        person.create_unique_constraint("person_user_id_key", ["user_id"])
