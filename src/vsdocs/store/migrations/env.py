"""Alembic's door: runs the migrations on the connection that `layout` hands over."""

from alembic import context

from vsdocs.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
