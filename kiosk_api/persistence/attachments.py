"""Pictures of papers: sealed, in a bundle first and then with a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, and_, delete, func, insert, select, update

from kiosk_api.persistence.codec import from_text, new_id, spelled, to_text
from kiosk_api.persistence.tables import attachment_bundles as bundles
from kiosk_api.persistence.tables import attachments
from kiosk_api.services.base.ports import Cipher
from kiosk_api.services.base.records import AttachmentRow, Bundle, CleanPicture

_KNOWN = (
    attachments.c.id, attachments.c.seq, attachments.c.mime, attachments.c.size,
    attachments.c.width, attachments.c.height, attachments.c.created_at,
)  # fmt: skip


class SqlAttachments:
    """The Attachments port over one connection."""

    def __init__(self, connection: Connection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    def open_bundle(self, mark: str, at: datetime, expires_at: datetime) -> None:
        """An empty bundle."""
        self._connection.execute(
            insert(bundles).values(mark=mark, created_at=to_text(at), expires_at=to_text(expires_at))
        )

    def bundle(self, mark: str, now: datetime) -> Bundle | None:
        """A bundle that has not expired."""
        return self._bundle(bundles.c.mark, mark, now)

    def bundle_of_link(self, link_mark: str, now: datetime) -> Bundle | None:
        """The bundle whose code is on the kiosk's screen."""
        return self._bundle(bundles.c.link_mark, link_mark, now)

    def bundle_of_visit(self, visit_mark: str, now: datetime) -> Bundle | None:
        """The bundle of an admitted phone."""
        return self._bundle(bundles.c.visit_mark, visit_mark, now)

    def _bundle(self, column: Column[str], mark: str, now: datetime) -> Bundle | None:
        row = self._connection.execute(
            select(bundles).where(and_(spelled(column, mark), bundles.c.expires_at > to_text(now)))
        ).one_or_none()
        if row is None:
            return None
        return Bundle(
            row.mark,
            from_text(row.created_at),
            from_text(row.expires_at),
            from_text(row.link_expires_at) if row.link_expires_at else None,
            row.visit_mark is not None,
        )

    def extend_bundle(self, mark: str, expires_at: datetime) -> None:
        """A later end, for the bundle and its pictures."""
        until = to_text(expires_at)
        self._set(mark, expires_at=until)
        self._connection.execute(
            update(attachments).where(spelled(attachments.c.bundle_mark, mark)).values(expires_at=until)
        )

    def open_link(self, mark: str, link_mark: str, expires_at: datetime) -> None:
        """A new code for one phone; the former code and the phone that used it stop working."""
        self._set(mark, link_mark=link_mark, visit_mark=None, link_expires_at=to_text(expires_at))

    def let_in(self, mark: str, visit_mark: str) -> None:
        """Record that a phone has used the code; this closes the code."""
        self._set(mark, link_mark=None, visit_mark=visit_mark)

    def close_link(self, mark: str) -> None:
        """Close the code: no phone is admitted or can continue."""
        self._set(mark, link_mark=None, visit_mark=None, link_expires_at=None)

    def _set(self, mark: str, **values: str | None) -> None:
        self._connection.execute(update(bundles).where(spelled(bundles.c.mark, mark)).values(**values))

    def drop_bundle(self, mark: str) -> None:
        """Delete a bundle and its pictures that belong to no case."""
        self._connection.execute(delete(attachments).where(spelled(attachments.c.bundle_mark, mark)))
        self._connection.execute(delete(bundles).where(spelled(bundles.c.mark, mark)))

    def add(self, mark: str, picture: CleanPicture, at: datetime) -> AttachmentRow:
        """Seal a picture into a bundle."""
        row_id = new_id()
        last = self._connection.execute(
            select(func.max(attachments.c.seq)).where(spelled(attachments.c.bundle_mark, mark))
        ).scalar()
        expires_at = self._connection.execute(
            select(bundles.c.expires_at).where(spelled(bundles.c.mark, mark))
        ).scalar_one()
        row = AttachmentRow(
            row_id, (last or 0) + 1, picture.mime, len(picture.data), picture.width,
            picture.height, at,
        )  # fmt: skip
        self._connection.execute(
            insert(attachments).values(
                id=row_id,
                bundle_mark=mark,
                seq=row.seq,
                mime=row.mime,
                size=row.size,
                width=row.width,
                height=row.height,
                sealed=self._cipher.seal_bytes(_place(row_id), picture.data),
                created_at=to_text(at),
                expires_at=expires_at,
            )
        )
        return row

    def in_bundle(self, mark: str) -> list[AttachmentRow]:
        """A bundle's pictures in the order they came."""
        return self._rows(spelled(attachments.c.bundle_mark, mark))

    def of_case(self, case_id: str) -> list[AttachmentRow]:
        """A case's pictures in the order they came."""
        return self._rows(attachments.c.case_id == case_id)

    def content(self, row_id: str) -> bytes:
        """The picture itself; the caller has checked that it may be seen."""
        sealed = self._connection.execute(select(attachments.c.sealed).where(attachments.c.id == row_id)).scalar_one()
        return self._cipher.open_bytes(_place(row_id), sealed)

    def remove(self, mark: str, row_id: str) -> bool:
        """Delete one picture of a bundle; False when it is not in there."""
        done = self._connection.execute(
            delete(attachments).where(and_(attachments.c.id == row_id, spelled(attachments.c.bundle_mark, mark)))
        )
        return done.rowcount == 1

    def give_to_case(self, mark: str, case_id: str) -> int:
        """Move the bundle's pictures to the case, without expiry, and delete the bundle."""
        last = self._connection.execute(
            select(func.max(attachments.c.seq)).where(attachments.c.case_id == case_id)
        ).scalar()
        done = self._connection.execute(
            update(attachments)
            .where(spelled(attachments.c.bundle_mark, mark))
            .values(case_id=case_id, bundle_mark=None, expires_at=None,
                    seq=attachments.c.seq + (last or 0))
        )  # fmt: skip
        self._connection.execute(delete(bundles).where(spelled(bundles.c.mark, mark)))
        return int(done.rowcount)

    def join(self, mark: str, into: str) -> None:
        """Move the pictures of one bundle behind those of another, and delete the emptied one."""
        last = self._connection.execute(
            select(func.max(attachments.c.seq)).where(spelled(attachments.c.bundle_mark, into))
        ).scalar()
        until = select(bundles.c.expires_at).where(spelled(bundles.c.mark, into)).scalar_subquery()
        self._connection.execute(
            update(attachments)
            .where(spelled(attachments.c.bundle_mark, mark))
            .values(bundle_mark=into, expires_at=until, seq=attachments.c.seq + (last or 0))
        )
        self._connection.execute(delete(bundles).where(spelled(bundles.c.mark, mark)))

    def waiting_bytes(self) -> int:
        """The total bytes of pictures without a case."""
        query = select(func.coalesce(func.sum(attachments.c.size), 0)).where(attachments.c.case_id.is_(None))
        return int(self._connection.execute(query).scalar_one())

    def _rows(self, condition: Any) -> list[AttachmentRow]:
        rows = self._connection.execute(select(*_KNOWN).where(condition).order_by(attachments.c.seq)).mappings()
        return [_row(row) for row in rows]


def _row(row: RowMapping) -> AttachmentRow:
    return AttachmentRow(**{**row, "created_at": from_text(row["created_at"])})


def _place(row_id: str) -> tuple[str, str, str]:
    return ("attachments", "sealed", row_id)
