"""Groups of agents, absences, tags, annotations of an answer, and what dossiers have in common."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0015'
down_revision = '0014'
branch_labels: Any = None
depends_on: Any = None

KEY = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
WORD = sa.String(80).with_variant(sa.String(80, collation='C'), 'postgresql')


def upgrade() -> None:
    with op.batch_alter_table('role_grant') as batch_op:
        batch_op.add_column(sa.Column('groups', sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column('turn', KEY, nullable=True))
    with op.batch_alter_table('note') as batch_op:
        batch_op.add_column(sa.Column('field', sa.Text(), nullable=True))
    op.create_table('absence',
    sa.Column('id', KEY, nullable=False),
    sa.Column('account_id', KEY, nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('entered_at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_absence_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    op.create_index(op.f('ix_absence_account_id'), 'absence', ['account_id'])
    op.create_table('group_mark',
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('group_id', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_group_mark_dossier_id')),
    sa.PrimaryKeyConstraint('dossier_id', 'group_id', name=op.f('pk_group_mark'))
    )
    op.create_index(op.f('ix_group_mark_group_id_dossier_id'), 'group_mark', ['group_id', 'dossier_id'])
    op.create_table('tag',
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('word', WORD, nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_tag_dossier_id')),
    sa.PrimaryKeyConstraint('dossier_id', 'word', name=op.f('pk_tag'))
    )
    op.create_index(op.f('ix_tag_word_dossier_id'), 'tag', ['word', 'dossier_id'])
    op.create_table('trait',
    sa.Column('dossier_id', KEY, nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_trait_dossier_id')),
    sa.PrimaryKeyConstraint('dossier_id', 'field', 'kind', 'digest', name=op.f('pk_trait'))
    )
    op.create_index(op.f('ix_trait_digest'), 'trait', ['digest'])
