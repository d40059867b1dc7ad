"""What is to be paid, and the batches in which it is."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0014'
down_revision = '0013'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = dossiers.database.types.Instant(timezone=True)


def upgrade() -> None:
    op.create_table('payment_batch',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('prepared_at', INSTANT, nullable=False),
    sa.Column('prepared_by', sa.Text(), nullable=False),
    sa.Column('prepared_by_id', KEY, nullable=False),
    sa.Column('validated_at', INSTANT, nullable=True),
    sa.Column('validated_by', sa.Text(), nullable=True),
    sa.Column('paid_at', INSTANT, nullable=True),
    sa.Column('paid_by_id', KEY, nullable=True),
    sa.Column('pay_on', sa.Date(), nullable=True),
    sa.Column('frozen', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("state IN ('prepared', 'validated', 'paid', 'cancelled')", name=op.f('ck_payment_batch_state')),
    sa.ForeignKeyConstraint(['paid_by_id'], ['account.id'], name=op.f('fk_payment_batch_paid_by_id_account')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['account.id'], name=op.f('fk_payment_batch_prepared_by_id_account')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_payment_batch_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment_batch')),
    sa.UniqueConstraint('public_id', name=op.f('uq_payment_batch_public_id')),
    sa.UniqueConstraint('scheme_id', 'number', name=op.f('uq_payment_batch_scheme_id_number'))
    )
    op.create_table('payment',
    sa.Column('id', KEY, nullable=False),
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('instalment', sa.Text(), nullable=False),
    sa.Column('payee', sa.Text(), nullable=False),
    sa.Column('cents', KEY, nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('due_at', INSTANT, nullable=False),
    sa.Column('paid_at', INSTANT, nullable=True),
    sa.Column('batch_id', KEY, nullable=True),
    sa.CheckConstraint("state IN ('due', 'paid', 'cancelled', 'nothing')", name=op.f('ck_payment_state')),
    sa.ForeignKeyConstraint(['batch_id'], ['payment_batch.id'], name=op.f('fk_payment_batch_id_payment_batch')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_payment_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment'))
    )
    op.create_index(op.f('ix_payment_dossier_id_id'), 'payment', ['dossier_id', 'id'])
    op.create_index(op.f('ix_payment_batch_id'), 'payment', ['batch_id'])
