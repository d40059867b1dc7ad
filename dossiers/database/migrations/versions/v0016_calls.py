"""Calls to the hotline."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0016'
down_revision = '0015'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('call',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('dossier_id', KEY, nullable=True),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('motive', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('done_at', dossiers.database.types.Instant(timezone=True), nullable=True),
    sa.Column('done_by', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_call_dossier_id_dossier')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_call_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('public_id', name=op.f('uq_call_public_id'))
    )
    op.create_index(op.f('ix_call_scheme_id_day'), 'call', ['scheme_id', 'day'])
    op.create_index(op.f('ix_call_dossier_id'), 'call', ['dossier_id'])
