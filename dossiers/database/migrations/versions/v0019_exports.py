"""Files taken out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0019'
down_revision = '0018'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('export',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('format', sa.Text(), nullable=False),
    sa.Column('options', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('done', KEY, nullable=False),
    sa.Column('total', KEY, nullable=False),
    sa.Column('rows', KEY, nullable=True),
    sa.Column('size', KEY, nullable=True),
    sa.Column('files', sa.Integer(), nullable=False),
    sa.Column('parts', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=True),
    sa.Column('told', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('ended_at', dossiers.database.types.Instant(timezone=True), nullable=True),
    sa.Column('kept_until', dossiers.database.types.Instant(timezone=True), nullable=True),
    sa.Column('published_at', dossiers.database.types.Instant(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'done', 'failed', 'erased')", name=op.f('ck_export_state')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_export_account_id_account')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_export_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_export')),
    sa.UniqueConstraint('public_id', name=op.f('uq_export_public_id'))
    )
    op.create_index(op.f('ix_export_account_id_scheme_id_id'), 'export', ['account_id', 'scheme_id', 'id'])
    op.create_index(op.f('ix_export_scheme_id_published_at'), 'export', ['scheme_id', 'published_at'])
