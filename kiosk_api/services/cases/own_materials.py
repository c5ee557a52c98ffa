"""A petitioner's own copy of what is kept about their case (Personal Information Protection Law, Art. 45)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk_api.domain.budgets import Budget
from kiosk_api.domain.errors import Unreadable
from kiosk_api.domain.labels_zh import PROXY_RELATION_LABELS
from kiosk_api.domain.petition import Petition
from kiosk_api.domain.petition_fields import MATTER_FIELDS, PERSON_FIELDS, PetitionField, mask
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import charge
from kiosk_api.services.base.ports import Records
from kiosk_api.services.base.quarantine import quarantine_record
from kiosk_api.services.cases.case_view import CitizenView, citizen_view
from kiosk_api.services.cases.find_case import Identification, identify
from kiosk_api.services.documents.listing import documents_of

COPIES = Budget("copies", 10, timedelta(hours=1))
"""Copies of one case in an hour: each opens every picture and document of it."""
MOST_BYTES = 64 * 1024 * 1024
"""Of pictures and documents in one copy; the pictures of a case weigh at most 40 MiB."""
_ENDING = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True)
class Said:
    """One field as the petitioner gave it: name, label (Chinese), text."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Paper:
    """A picture or document of the case: its name in the copy and where it is kept."""

    name: str
    title: str
    row_id: str
    is_document: bool


@dataclass
class Materials:
    """What a petitioner may have of the own case: what they stated, what was decided, and the papers.

    Nothing of it is for staff only. `left_out` names papers that could not be put in, once `files` has been read.
    """

    made_at: datetime
    stated: list[Said]
    people: list[tuple[str, str]]  # who else spoke, and the phone's last four digits
    view: CitizenView
    papers: list[Paper]
    left_out: list[Paper] = field(default_factory=list)


def own_materials(ctx: Context, who: Identification, source: str) -> Materials:
    """The materials of a case. They name the petitioner, so token and phone have to be given together.

    Raises DomainError as `identify` does, and `too_many_tries`.
    """
    case_id = identify(ctx, who, source, both=True)
    charge(ctx, COPIES, case_id)
    with ctx.store.read() as records:
        case = records.cases.by_id(case_id)
        assert case is not None  # cases are never deleted
        return Materials(
            made_at=ctx.clock.now(),
            stated=_stated(case.petition),
            people=_people(case.petition),
            view=citizen_view(ctx, records, case, by_token=True),
            papers=[
                *_pictures(records, case_id),
                *(
                    Paper(f"documents/{place}.pdf", one.title, one.id, is_document=True)
                    for place, one in enumerate(documents_of(records, case).values(), 1)
                ),
            ],
        )


def files(ctx: Context, materials: Materials) -> Iterator[tuple[Paper, bytes]]:
    """Each paper with its content, one at a time; what does not open or no longer fits is noted in `left_out`."""
    room = MOST_BYTES
    for paper in materials.papers:
        try:
            with ctx.store.read() as records:
                content = (
                    records.documents.file(paper.row_id)
                    if paper.is_document
                    else records.attachments.content(paper.row_id)
                )
        except Unreadable as broken:
            quarantine_record(ctx, broken)
            materials.left_out.append(paper)
            continue
        if len(content) > room:
            materials.left_out.append(paper)
            continue
        room -= len(content)
        yield paper, content


def _stated(petition: Petition) -> list[Said]:
    fields: tuple[PetitionField, ...] = (*PERSON_FIELDS, *MATTER_FIELDS)
    return [Said(one.name, one.label, text) for one in fields if (text := getattr(petition, one.name))]


def _people(petition: Petition) -> list[tuple[str, str]]:
    """Others' numbers are theirs: the last four digits tell the petitioner which was given."""
    found = [(one.name, mask("phone", one.phone)) for one in petition.representatives]
    if petition.proxy:
        relation = PROXY_RELATION_LABELS[petition.proxy.relation]
        found.append((f"{petition.proxy.name}（代办，{relation}）", mask("phone", petition.proxy.phone)))
    return found


def _pictures(records: Records, case_id: str) -> Iterator[Paper]:
    for place, one in enumerate(records.attachments.of_case(case_id), 1):
        yield Paper(f"pictures/{place}.{_ENDING.get(one.mime, 'bin')}", f"材料照片{place}", one.id, is_document=False)
