"""How Alembic runs here: on the connection `upgrade` hands over, inside its transaction."""

from alembic import context

from dossiers.database import models  # noqa: F401  (the tables register themselves)
from dossiers.database.base import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    compare_type=True,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
