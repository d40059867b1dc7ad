"""Votes on dossiers, the ballots of their members, who steps aside, and the interests an account declares."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0010'
down_revision = '0009'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = dossiers.database.types.Instant(timezone=True)
JSON = sa.JSON(none_as_null=True)


def upgrade() -> None:
    op.add_column('account', sa.Column('interests', JSON, nullable=True))
    op.create_table('poll',
    sa.Column('id', KEY, nullable=False),
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('vote', sa.Text(), nullable=False),
    sa.Column('opened_at', INSTANT, nullable=False),
    sa.Column('closed_at', INSTANT, nullable=True),
    sa.Column('outcome', JSON, nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_poll_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poll'))
    )
    op.create_index(op.f('ix_poll_dossier_id_id'), 'poll', ['dossier_id', 'id'])
    op.create_table('ballot',
    sa.Column('id', KEY, nullable=False),
    sa.Column('poll_id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('roles', JSON, nullable=False),
    sa.Column('option', sa.Text(), nullable=False),
    sa.Column('form', JSON, nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['poll_id'], ['poll.id'], name=op.f('fk_ballot_poll_id_poll')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ballot_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ballot')),
    sa.UniqueConstraint('poll_id', 'account_id', name=op.f('uq_ballot_poll_id_account_id'))
    )
    op.create_table('recusal',
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('at', INSTANT, nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_recusal_dossier_id_dossier')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recusal_account_id_account')),
    sa.PrimaryKeyConstraint('dossier_id', 'account_id', name=op.f('pk_recusal'))
    )
    op.create_index(op.f('ix_recusal_account_id'), 'recusal', ['account_id'])
