"""Dossiers found by their amount, however many there are."""

from typing import Any

from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_index(
        op.f('ix_amount_step_kind_cents_dossier_id'), 'amount_step', ['kind', 'cents', 'dossier_id']
    )
