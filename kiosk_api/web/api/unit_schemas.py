"""What the units' interface takes and gives."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from kiosk_api.domain.limits import SEARCH_MAX
from kiosk_api.web.checked import Sent


class UnitsQuery(Sent):
    """`GET /units`: a name, another name, pinyin initials or an abbreviation. With `case`, the number of a case, only
    units that it may be given to."""

    q: Annotated[str, Field(max_length=SEARCH_MAX)] = ""
    case: Annotated[str, Field(max_length=SEARCH_MAX)] = ""


class UnitLine(BaseModel):
    """A unit as an officer chooses it; its `id` is what actions take."""

    id: str
    name: str
    kind: str
    kind_label: str


class UnitsFound(BaseModel):
    items: list[UnitLine]
