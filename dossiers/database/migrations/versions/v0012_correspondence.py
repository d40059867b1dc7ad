"""Requests to the applicant point by point, files beside messages and points, what was read, mails that came back."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0012'
down_revision = '0011'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = dossiers.database.types.Instant(timezone=True)
KINDS = "kind IN ('migration', 'reexamination', 'batch', 'list', 'message')"
ORIGINS = "origin IN ('answer', 'letter', 'receipt', 'asked', 'message')"


def upgrade() -> None:
    _requests()
    op.add_column('document', sa.Column('point_id', KEY, nullable=True))
    op.add_column('document', sa.Column('message_id', KEY, nullable=True))
    op.add_column('document', sa.Column('number', sa.Text(), nullable=True))
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_document_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_document_origin'), ORIGINS)
        batch_op.create_foreign_key(op.f('fk_document_point_id_request_point'), 'request_point', ['point_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_document_message_id_message'), 'message', ['message_id'], ['id'])
    with op.batch_alter_table('campaign', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_campaign_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_campaign_kind'), KINDS)
    op.add_column('message', sa.Column('read_at', INSTANT, nullable=True))
    op.add_column('mail', sa.Column('bounced_at', INSTANT, nullable=True))
    op.add_column('mail', sa.Column('bounce', sa.Text(), nullable=True))


def _requests() -> None:
    op.create_table('request',
    sa.Column('id', KEY, nullable=False),
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_at', INSTANT, nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('closed_at', INSTANT, nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('filing', sa.Integer(), nullable=True),
    sa.CheckConstraint("outcome IN ('answered', 'withdrawn')", name=op.f('ck_request_outcome')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_request_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request'))
    )
    is_open = sa.text('closed_at IS NULL')
    op.create_index('uq_request_open', 'request', ['dossier_id'], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index(op.f('ix_request_dossier_id_id'), 'request', ['dossier_id', 'id'], unique=False)
    op.create_table('request_point',
    sa.Column('id', KEY, nullable=False),
    sa.Column('request_id', KEY, nullable=False),
    sa.Column('field', sa.Text(), nullable=True),
    sa.Column('document', sa.Text(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_point_request_id_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_point'))
    )
    op.create_index(op.f('ix_request_point_request_id_id'), 'request_point', ['request_id', 'id'], unique=False)
