"""How often in a row a job failed, apart from how often it was taken up."""

from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.add_column('job', sa.Column('failures', sa.Integer(), nullable=False, server_default='0'))
