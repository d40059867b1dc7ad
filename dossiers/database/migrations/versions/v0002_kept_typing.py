"""What somebody had typed when their session was found over."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0002'
down_revision = '0001'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table('kept_typing',
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('dossier_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.Column('expires_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_kept_typing_account_id_account')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_kept_typing_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('public_id', name=op.f('pk_kept_typing'))
    )
    op.create_index(op.f('ix_kept_typing_account_id'), 'kept_typing', ['account_id'], unique=False)
    op.create_index(op.f('ix_kept_typing_dossier_id'), 'kept_typing', ['dossier_id'], unique=False)
    op.create_index(op.f('ix_kept_typing_expires_at'), 'kept_typing', ['expires_at'], unique=False)
