"""People a dossier concerns besides its applicant, what each signed, and how a dossier came in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0008'
down_revision = '0006'
branch_labels: Any = None
depends_on: Any = None

INSTANT = dossiers.database.types.Instant(timezone=True)


def upgrade() -> None:
    op.add_column('party', sa.Column('language', sa.Text(), nullable=True))
    op.add_column('party', sa.Column('invited_at', INSTANT, nullable=True))
    op.add_column('party', sa.Column('declined_at', INSTANT, nullable=True))
    op.create_index(op.f('ix_party_email'), 'party', ['email'], unique=False)
    op.add_column('dossier', sa.Column('channel', sa.Text(), nullable=True))
    op.add_column('dossier', sa.Column('typed_by', sa.Text(), nullable=True))
    op.create_table('signature',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dossier_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('action', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('code_key', sa.Text(), nullable=True),
    sa.Column('asked_at', INSTANT, nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('signed_at', INSTANT, nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_signature_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature')),
    sa.UniqueConstraint('dossier_id', 'role', name=op.f('uq_signature_dossier_id_role'))
    )
