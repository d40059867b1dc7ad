"""The envelopes of schemes, and what each dossier holds in them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0013'
down_revision = '0012'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('envelope',
    sa.Column('id', KEY, nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('reserved_cents', KEY, nullable=False),
    sa.Column('committed_cents', KEY, nullable=False),
    sa.Column('paid_cents', KEY, nullable=False),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_envelope_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_envelope')),
    sa.UniqueConstraint('scheme_id', 'name', 'key', name=op.f('uq_envelope_scheme_id_name_key'))
    )
    op.create_table('envelope_hold',
    sa.Column('id', KEY, nullable=False),
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('envelope_id', KEY, nullable=False),
    sa.Column('stage', sa.Text(), nullable=False),
    sa.Column('cents', KEY, nullable=False),
    sa.Column('paid_cents', KEY, nullable=False),
    sa.Column('rank_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.CheckConstraint("stage IN ('waiting', 'reserved', 'committed', 'released')", name=op.f('ck_envelope_hold_stage')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_envelope_hold_dossier_id_dossier')),
    sa.ForeignKeyConstraint(['envelope_id'], ['envelope.id'], name=op.f('fk_envelope_hold_envelope_id_envelope')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_envelope_hold')),
    sa.UniqueConstraint('dossier_id', 'envelope_id', name=op.f('uq_envelope_hold_dossier_id_envelope_id'))
    )
    op.create_index(op.f('ix_envelope_hold_envelope_id_stage_rank_at_dossier_id'), 'envelope_hold', ['envelope_id', 'stage', 'rank_at', 'dossier_id'])
