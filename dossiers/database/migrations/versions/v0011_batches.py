"""Batches and lists to be signed: campaigns of two more kinds, several at once in a scheme."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0011'
down_revision = '0010'
branch_labels: Any = None
depends_on: Any = None

KINDS = "kind IN ('migration', 'reexamination', 'batch', 'list')"
STATES = "state IN ('waiting', 'running', 'done', 'cancelled')"
ALONE = sa.text("state = 'running' AND kind IN ('migration', 'reexamination')")


def upgrade() -> None:
    op.drop_index('uq_campaign_running', table_name='campaign')
    with op.batch_alter_table('campaign') as batch_op:
        for name, check in (('ck_campaign_kind', KINDS), ('ck_campaign_state', STATES)):
            batch_op.drop_constraint(op.f(name), type_='check')
            batch_op.create_check_constraint(op.f(name), check)
        for column in ('number', 'signed_by', 'signed_by_id', 'paper'):
            batch_op.add_column(sa.Column(column, sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('signed_at', dossiers.database.types.Instant(timezone=True), nullable=True))
        batch_op.create_unique_constraint(op.f('uq_campaign_number'), ['number'])
    op.create_index('uq_campaign_running', 'campaign', ['scheme_id'], unique=True, sqlite_where=ALONE, postgresql_where=ALONE)
    op.add_column('campaign_item', sa.Column('proposed_cents', sa.BigInteger(), nullable=True))
