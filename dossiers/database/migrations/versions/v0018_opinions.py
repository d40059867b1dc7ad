"""Opinions asked of somebody outside, with the files they send."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0018'
down_revision = '0017'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
INSTANT = dossiers.database.types.Instant(timezone=True)
ORIGINS = "origin IN ('answer', 'letter', 'receipt', 'asked', 'message', 'opinion')"
ANSWERS = "answer IN ('favourable', 'with_reservations', 'unfavourable')"


def upgrade() -> None:
    _opinions()
    op.add_column('document', sa.Column('opinion_id', KEY, nullable=True))
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_document_origin'), type_='check')
        batch_op.create_check_constraint(op.f('ck_document_origin'), ORIGINS)
        batch_op.create_foreign_key(op.f('fk_document_opinion_id_opinion'), 'opinion', ['opinion_id'], ['id'])


def _opinions() -> None:
    op.create_table('opinion',
    sa.Column('id', KEY, nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('email', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('shows', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_at', INSTANT, nullable=False),
    sa.Column('read_at', INSTANT, nullable=True),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('given_at', INSTANT, nullable=True),
    sa.Column('corrected_at', INSTANT, nullable=True),
    sa.Column('closed_at', INSTANT, nullable=True),
    sa.CheckConstraint(ANSWERS, name=op.f('ck_opinion_answer')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_opinion_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion')),
    sa.UniqueConstraint('public_id', name=op.f('uq_opinion_public_id'))
    )
    awaited = sa.text('given_at IS NULL AND closed_at IS NULL')
    op.create_index('uq_opinion_awaited', 'opinion', ['dossier_id', 'email'], unique=True, sqlite_where=awaited, postgresql_where=awaited)
    op.create_index(op.f('ix_opinion_dossier_id_id'), 'opinion', ['dossier_id', 'id'])
