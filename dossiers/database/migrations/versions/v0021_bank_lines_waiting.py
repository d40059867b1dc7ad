"""The lines of a bank's file that wait, found without passing those that are noted."""

from typing import Any

from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_index(op.f('ix_bank_line_file_id_outcome_id'), 'bank_line', ['file_id', 'outcome', 'id'])
