"""The money of schemes: envelopes, and what each dossier holds in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.database.base import Base
from dossiers.database.types import Key


class EnvelopeRow(Base):
    """One envelope of a scheme (`name`, and `key` where several bear it); its lock decides who gets the last euro.

    `committed_cents` holds what is paid too. What was voted stands in the scheme, not here.
    """

    __tablename__ = "envelope"
    __table_args__ = (UniqueConstraint("scheme_id", "name", "key"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    name: Mapped[str]
    key: Mapped[str]
    reserved_cents: Mapped[int] = mapped_column(Key, default=0)
    committed_cents: Mapped[int] = mapped_column(Key, default=0)
    paid_cents: Mapped[int] = mapped_column(Key, default=0)


class EnvelopeHold(Base):
    """What a dossier holds in an envelope, or waits for (`rank_at` is its place in the waiting list)."""

    __tablename__ = "envelope_hold"
    __table_args__ = (
        CheckConstraint("stage IN ('waiting', 'reserved', 'committed', 'released')", name="stage"),
        UniqueConstraint("dossier_id", "envelope_id"),
        Index(None, "envelope_id", "stage", "rank_at", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    envelope_id: Mapped[int] = mapped_column(ForeignKey("envelope.id"))
    stage: Mapped[str]
    cents: Mapped[int] = mapped_column(Key)
    paid_cents: Mapped[int] = mapped_column(Key, default=0)
    rank_at: Mapped[datetime]


class PaymentRow(Base):
    """What somebody (`payee`: a party) is to be paid of an instalment ("" for the whole), or was.

    `state`: "due", "paid", "cancelled" (something else took its place), "nothing" (the instalment came to no payment),
    "rejected" (it came back from the bank, for `reason`): another payment is then due `instead_of` it. `refused_account`: a
    digest of the account it came back from, on which nothing is paid any more until somebody says so.
    """

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("state IN ('due', 'paid', 'cancelled', 'nothing', 'rejected')", name="state"),
        Index(None, "dossier_id", "id"),
        Index(None, "batch_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    instalment: Mapped[str]
    payee: Mapped[str]
    cents: Mapped[int] = mapped_column(Key)
    state: Mapped[str]
    due_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("payment_batch.id"))
    reason: Mapped[str | None]
    refused_account: Mapped[str | None]
    instead_of: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))


class PaymentBatch(Base):
    """Payments sent together: prepared by one person, validated by another, then frozen under a number.

    `frozen`, encrypted: its lines as they went to the bank. `state`: "prepared", "validated", "paid", "cancelled".
    """

    __tablename__ = "payment_batch"
    __table_args__ = (
        CheckConstraint("state IN ('prepared', 'validated', 'paid', 'cancelled')", name="state"),
        UniqueConstraint("scheme_id", "number"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    number: Mapped[int | None]
    state: Mapped[str]
    prepared_at: Mapped[datetime]
    prepared_by: Mapped[str]
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    validated_at: Mapped[datetime | None]
    validated_by: Mapped[str | None]
    paid_at: Mapped[datetime | None]
    paid_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    pay_on: Mapped[date | None]
    frozen: Mapped[bytes | None]


class BankFile(Base):
    """A file of the bank, read for a scheme: `form` is "pain.002" or "camt.054", `message_id` the bank's own number of it.

    Neither the same message nor the same bytes (`digest`) are taken twice.
    """

    __tablename__ = "bank_file"
    __table_args__ = (UniqueConstraint("scheme_id", "message_id"), UniqueConstraint("scheme_id", "digest"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"))
    form: Mapped[str]
    message_id: Mapped[str]
    digest: Mapped[str]
    received_at: Mapped[datetime]
    received_by: Mapped[str]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class BankLine(Base):
    """What a file of the bank says of one payment: `told` is its number there, `verdict` what became of it.

    `outcome`: what came of the line here, None while it waits for the worker (see `dossiers.services.bank_noting`).
    """

    __tablename__ = "bank_line"
    __table_args__ = (
        CheckConstraint("verdict IN ('accepted', 'pending', 'paid', 'rejected')", name="verdict"),
        Index(None, "file_id", "id"),
        Index(None, "file_id", "outcome", "id"),
        Index(None, "payment_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("bank_file.id"))
    told: Mapped[str]
    verdict: Mapped[str]
    reason: Mapped[str]
    cents: Mapped[int | None] = mapped_column(Key)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"))
    outcome: Mapped[str | None]
