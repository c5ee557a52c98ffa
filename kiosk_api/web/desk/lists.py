"""Work lists, and the search in them: the address holds a number or a unit, never what may be a name."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from kiosk_api.services.staff import notices, staff_cases
from kiosk_api.services.staff.searching import is_of_person, may_be_written_down
from kiosk_api.web.api.desk_schemas import CasesQuery
from kiosk_api.web.checked import read_form, read_query
from kiosk_api.web.desk import presenting, session
from kiosk_api.web.desk.views import bp, today
from kiosk_api.web.request import ctx

NARROWED = ("status", "kind", "channel")


@bp.get("")
@bp.get("/")
def cases() -> BaseResponse | str:
    """One work list, a page of it."""
    query = read_query(CasesQuery, **_mine_unless_known(request.args.get("view")))
    if not may_be_written_down(ctx(), query.q):
        return _without_words(query, "not_by_person" if is_of_person(query.q) else "search_in_the_bar")
    return _list_page(query)


@bp.post("/search")
def search() -> BaseResponse | str:
    """What was typed into the bar: a number or a unit goes on to its list; other words stay out of the address."""
    query = read_form(CasesQuery, **_mine_unless_known(request.form.get("view")))
    if is_of_person(query.q):
        return _without_words(query, "not_by_person")
    if may_be_written_down(ctx(), query.q):
        return redirect(url_for("desk.cases", view=query.view, **_sought(query)), 303)  # type: ignore[arg-type]
    return _list_page(query, in_address=False)


def _mine_unless_known(view: str | None) -> dict[str, str]:
    return {} if view in presenting.VIEWS else {"view": "mine"}


def _without_words(query: CasesQuery, notice: str) -> BaseResponse:
    answer = redirect(url_for("desk.cases", view=query.view), 303)
    return session.leave_notice(answer, notice)  # type: ignore[arg-type]


def _sought(query: CasesQuery, *, with_words: bool = True) -> dict[str, str]:
    """What the list is narrowed to, as addresses show it."""
    words = {"q": query.q} if with_words and query.q else {}
    return {**words, **{name: value for name in NARROWED if (value := getattr(query, name))}}


def _list_page(query: CasesQuery, *, in_address: bool = True) -> str:
    wanted = staff_cases.Wanted(query.view, query.q, query.kind, query.status, query.channel)
    listing = staff_cases.list_cases(ctx(), g.officer, wanted, query.page)
    day = today()
    return render_template(
        "desk/cases.html",
        listing=listing,
        counted_most=staff_cases.COUNTED_MOST,
        lines=[(line, presenting.clock_of_line(line.next_deadline, day)) for line in listing.items],
        view=query.view,
        page=query.page,
        q=query.q,
        narrowed={name: getattr(query, name) for name in NARROWED},
        sought=_sought(query, with_words=in_address),
        choices=presenting.LIST_CHOICES,
        notice=session.take_notice(),
        notices=notices.unseen_notices(ctx(), g.officer),
        told=notices.told_cases(ctx(), g.officer),
    )
