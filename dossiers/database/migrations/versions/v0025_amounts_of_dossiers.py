"""The amounts of many dossiers, read from an index that holds all that is asked."""

from typing import Any

from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.drop_index(op.f('ix_amount_step_dossier_id_kind_id'), table_name='amount_step')
    op.create_index(
        op.f('ix_amount_step_dossier_id_kind_id_cents'), 'amount_step', ['dossier_id', 'kind', 'id', 'cents']
    )
