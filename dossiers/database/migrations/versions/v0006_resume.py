"""What a draft keeps besides its answers: what is typed and can't be read, who changed what last, its code."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0006'
down_revision = '0005'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.add_column('draft', sa.Column('typed', sa.LargeBinary(), nullable=True))
    op.add_column('draft', sa.Column('touched', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('draft', sa.Column('set_aside', sa.LargeBinary(), nullable=True))
    op.add_column('draft', sa.Column('code', sa.Text(), nullable=True))
    op.create_index(op.f('ix_draft_code'), 'draft', ['code'], unique=True)
    op.create_table('code_try',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('last_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_code_try'))
    )
