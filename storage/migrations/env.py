"""Alembic's way in: runs the migrations on the connection `storage.migrations.runner` hands over."""

from alembic import context

from storage.tables.all import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
