"""Members of a vote who have another one vote for them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0023'
down_revision = '0022'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('proxy',
    sa.Column('id', KEY, nullable=False),
    sa.Column('poll_id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('holder_id', KEY, nullable=False),
    sa.Column('at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_proxy_account_id')),
    sa.ForeignKeyConstraint(['holder_id'], ['account.id'], name=op.f('fk_proxy_holder_id')),
    sa.ForeignKeyConstraint(['poll_id'], ['poll.id'], name=op.f('fk_proxy_poll_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proxy')),
    sa.UniqueConstraint('poll_id', 'account_id', name=op.f('uq_proxy_poll_id_account_id'))
    )
