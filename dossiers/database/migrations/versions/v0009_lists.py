"""Lists kept under a name, and what each member of staff has seen of a dossier."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0009'
down_revision = '0008'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('saved_view',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('saved_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_saved_view_account_id_account')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_saved_view_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('public_id', name=op.f('uq_saved_view_public_id'))
    )
    op.create_index(op.f('ix_saved_view_scheme_id'), 'saved_view', ['scheme_id'])
    op.create_table('seen',
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_seen_account_id_account')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_seen_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('account_id', 'dossier_id', name=op.f('pk_seen'))
    )
