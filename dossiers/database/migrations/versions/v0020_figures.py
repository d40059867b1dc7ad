"""Figures of dashboards, kept up as dossiers move."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0020'
down_revision = '0019'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('figure_line',
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('counted', sa.JSON(none_as_null=True), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_figure_line_dossier_id_dossier')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_figure_line_scheme_id_scheme')),
    sa.PrimaryKeyConstraint('dossier_id', name=op.f('pk_figure_line'))
    )
    op.create_index(op.f('ix_figure_line_scheme_id_dossier_id'), 'figure_line', ['scheme_id', 'dossier_id'])
    op.create_table('figure',
    sa.Column('scheme_id', KEY, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('grain', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('territory', sa.Text(), nullable=False),
    sa.Column('groups', sa.Text(), nullable=False),
    sa.Column('count', KEY, nullable=False),
    sa.Column('cents', KEY, nullable=False),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_figure_scheme_id_scheme')),
    sa.PrimaryKeyConstraint(
        'scheme_id', 'kind', 'grain', 'day', 'key', 'state', 'territory', 'groups', name=op.f('pk_figure')
    )
    )
    op.create_table('figure_mark',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('number', KEY, nullable=False),
    sa.Column('shape', sa.Text(), nullable=False),
    sa.Column('at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_figure_mark'))
    )
    op.create_table('figure_mail',
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('scheme_slug', sa.Text(), nullable=False),
    sa.Column('every', sa.Text(), nullable=False),
    sa.Column('since', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_figure_mail_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', 'scheme_slug', name=op.f('pk_figure_mail'))
    )
