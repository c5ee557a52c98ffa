"""The windows a matter may be sent to: all facts about each window.

The six routes are Article 31; Articles 20, 22 and 28 separate litigation from petitioning, Article 30
and 22 send reports about officials to the discipline organs. Where a window is and when it is open is
the bureau's own: handbook/windows.toml. Rules that choose a window: `routing_lexicon` and nlu_data/matters.
"""

from __future__ import annotations

from dataclasses import dataclass

COURT = "court"
PROCURATORATE = "procuratorate"
POLICE = "public_security"
DISCIPLINE = "discipline"
LABOUR = "labour_arbitration"
RECONSIDERATION = "administrative_reconsideration"
PETITION = "petition_office"


@dataclass(frozen=True)
class Window:
    """`why` ends the reason of a proposal; `articles` of the Regulations lead to this window."""

    key: str
    label: str
    why: str
    articles: tuple[str, ...]


WINDOWS: dict[str, Window] = {
    window.key: window
    for window in (
        Window(COURT, "法院窗口", "这类事要按诉讼程序由法院处理", ("20", "28", "31")),
        Window(PROCURATORATE, "检察院窗口", "这类事由检察院按法律监督程序处理", ("20", "28", "31")),
        Window(POLICE, "公安窗口", "这类情况先由公安机关按法律程序查处", ("31",)),
        Window(DISCIPLINE, "纪检监察窗口", "反映公职人员违纪违法的，转纪检监察机关处理", ("22", "30")),
        Window(
            LABOUR,
            "劳动监察和仲裁窗口",
            "还没有判决的劳动争议，先走劳动监察或劳动仲裁，不用先去法院",
            ("31",),
        ),
        Window(RECONSIDERATION, "行政复议窗口", "对行政机关的决定有意见，可以申请行政复议", ("31",)),
        Window(PETITION, "信访窗口", "由信访部门登记后转给有权处理的单位", ("22", "31")),
    )
}


def window_label(key: str) -> str:
    """法院窗口 for `court`."""
    return WINDOWS[key].label
