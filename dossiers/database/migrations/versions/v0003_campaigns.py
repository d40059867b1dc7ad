"""Campaigns over many dossiers, and what they did to each; a filing may be judged again under another version."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0003'
down_revision = '0002'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table('campaign',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('public_id', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('scheme_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_by', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Text(), nullable=False),
    sa.Column('asked_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.Column('options', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('preview', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('ended_at', dossiers.database.types.Instant(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('migration', 'reexamination')", name=op.f('ck_campaign_kind')),
    sa.CheckConstraint("state IN ('running', 'done', 'cancelled')", name=op.f('ck_campaign_state')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_campaign_scheme_id')),
    sa.ForeignKeyConstraint(['version_id'], ['scheme_version.id'], name=op.f('fk_campaign_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign')),
    sa.UniqueConstraint('public_id', name=op.f('uq_campaign_public_id'))
    )
    op.create_index(op.f('ix_campaign_scheme_id_id'), 'campaign', ['scheme_id', 'id'], unique=False)
    op.create_index('uq_campaign_running', 'campaign', ['scheme_id'], unique=True, sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
    op.create_table('campaign_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('campaign_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dossier_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('result', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('at', dossiers.database.types.Instant(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('pending', 'done', 'refused', 'skipped')", name=op.f('ck_campaign_item_state')),
    sa.ForeignKeyConstraint(['campaign_id'], ['campaign.id'], name=op.f('fk_campaign_item_campaign_id')),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_campaign_item_dossier_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaign_item')),
    sa.UniqueConstraint('campaign_id', 'dossier_id', name=op.f('uq_campaign_item_campaign_id_dossier_id'))
    )
    op.create_index(op.f('ix_campaign_item_campaign_id_state_id'), 'campaign_item', ['campaign_id', 'state', 'id'], unique=False)
    op.create_index(op.f('ix_campaign_item_dossier_id'), 'campaign_item', ['dossier_id'], unique=False)
    # the same filing is judged again by a migration or a re-examination
    with op.batch_alter_table('verdict', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_verdict_filing_id'), type_='unique')
        batch_op.create_index(op.f('ix_verdict_filing_id'), ['filing_id'], unique=False)
