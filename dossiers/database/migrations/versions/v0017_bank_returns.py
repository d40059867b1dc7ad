"""What the bank answers: its files and their lines, payments that came back, the account asked for again."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0017'
down_revision = '0016'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = dossiers.database.types.Instant(timezone=True)
KINDS = "kind IN ('requested', 'computed', 'proposed', 'granted', 'due', 'paid', 'returned', 'reversed')"
STATES = "state IN ('due', 'paid', 'cancelled', 'nothing', 'rejected')"


def upgrade() -> None:
    op.add_column('request', sa.Column('about', sa.Text(), server_default='', nullable=False))
    with op.batch_alter_table('amount_step') as batch_op:
        batch_op.drop_constraint(op.f('ck_amount_step_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_amount_step_kind'), KINDS)
    with op.batch_alter_table('payment') as batch_op:
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('refused_account', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('instead_of', KEY, nullable=True))
        batch_op.drop_constraint(op.f('ck_payment_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_payment_state'), STATES)
        batch_op.create_foreign_key(op.f('fk_payment_instead_of_payment'), 'payment', ['instead_of'], ['id'])
    op.create_table('bank_file',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('message_id', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('received_at', INSTANT, nullable=False),
    sa.Column('received_by', sa.Text(), nullable=False),
    sa.Column('received_by_id', KEY, nullable=False),
    sa.ForeignKeyConstraint(['received_by_id'], ['account.id'], name=op.f('fk_bank_file_received_by_id_account')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_bank_file_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_file')),
    sa.UniqueConstraint('public_id', name=op.f('uq_bank_file_public_id')),
    sa.UniqueConstraint('scheme_id', 'digest', name=op.f('uq_bank_file_scheme_id_digest')),
    sa.UniqueConstraint('scheme_id', 'message_id', name=op.f('uq_bank_file_scheme_id_message_id'))
    )
    op.create_table('bank_line',
    sa.Column('id', KEY, nullable=False),
    sa.Column('file_id', KEY, nullable=False),
    sa.Column('told', sa.Text(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('cents', KEY, nullable=True),
    sa.Column('payment_id', KEY, nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.CheckConstraint("verdict IN ('accepted', 'pending', 'paid', 'rejected')", name=op.f('ck_bank_line_verdict')),
    sa.ForeignKeyConstraint(['file_id'], ['bank_file.id'], name=op.f('fk_bank_line_file_id_bank_file')),
    sa.ForeignKeyConstraint(['payment_id'], ['payment.id'], name=op.f('fk_bank_line_payment_id_payment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_line'))
    )
    op.create_index(op.f('ix_bank_line_file_id_id'), 'bank_line', ['file_id', 'id'])
    op.create_index(op.f('ix_bank_line_payment_id'), 'bank_line', ['payment_id'])
