"""The texts of schemes being written, save by save."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0004'
down_revision = '0003'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table('scheme_draft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('files', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('checksum', sa.Text(), nullable=False),
    sa.Column('made', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('saved_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.Column('saved_by', sa.Text(), nullable=False),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_scheme_draft_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_draft')),
    sa.UniqueConstraint('slug', 'revision', name=op.f('uq_scheme_draft_slug_revision'))
    )
