"""What is learnt of a dossier from outside its answers, and what was given beforehand."""

from typing import Any

import sqlalchemy as sa
from alembic import op

import dossiers.database.types


revision = '0005'
down_revision = '0004'
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table('fact',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('dossier_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('at', dossiers.database.types.Instant(timezone=True), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], name=op.f('fk_fact_dossier_id_dossier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fact'))
    )
    op.create_index(op.f('ix_fact_dossier_id_id'), 'fact', ['dossier_id', 'id'], unique=False)
    op.add_column('dossier', sa.Column('begun_from', sa.Text(), nullable=True))
