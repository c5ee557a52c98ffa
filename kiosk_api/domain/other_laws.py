"""The laws that the handbook cites beside the regulation, and the limits in them it names.

Only laws that a citizens' section cites are listed; `handbook_rules` checks every citation
and every period in prose against this table and `statute`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """A law in force: `articles` is the number of its last one."""

    name: str
    version: str
    articles: int


@dataclass(frozen=True)
class Limit:
    """A limit of time in a law; `unit` is days, months or years, counted as that law counts."""

    law: str
    article: str
    amount: int
    unit: str
    what: str


LAWS: dict[str, Law] = {
    law.name: law
    for law in (
        Law("民事诉讼法", "2023", 306),
        Law("刑事诉讼法", "2018", 308),
        Law("行政诉讼法", "2017", 103),
        Law("行政复议法", "2023", 90),
        Law("劳动争议调解仲裁法", "2007", 54),
        Law("保障农民工工资支付条例", "2019", 64),
        Law("监察法", "2024", 78),
        Law("人民检察院组织法", "2018", 53),
        Law("个人信息保护法", "2021", 74),
    )
}

LIMITS: tuple[Limit, ...] = (
    Limit("民事诉讼法", "126", 7, "days", "the court files a suit, or rules that it does not"),
    Limit("民事诉讼法", "216", 6, "months", "ask for a retrial"),
    Limit("民事诉讼法", "220", 3, "months", "the procuratorate decides on a protest"),
    Limit("民事诉讼法", "236", 15, "days", "the court decides on an objection to enforcement"),
    Limit("民事诉讼法", "236", 10, "days", "ask the higher court to look at that decision"),
    Limit("民事诉讼法", "237", 6, "months", "enforcement idle: the higher court may be asked"),
    Limit("民事诉讼法", "250", 2, "years", "ask for enforcement"),
    Limit("刑事诉讼法", "180", 7, "days", "the victim appeals against non-prosecution"),
    Limit("刑事诉讼法", "229", 5, "days", "the victim asks for a protest; the answer"),
    Limit("行政诉讼法", "45", 15, "days", "sue after reconsideration"),
    Limit("行政诉讼法", "46", 6, "months", "sue directly"),
    Limit("行政诉讼法", "47", 2, "months", "an authority fails to protect"),
    Limit("行政诉讼法", "51", 7, "days", "the court decides whether to file"),
    Limit("行政复议法", "20", 60, "days", "ask for reconsideration"),
    Limit("行政复议法", "62", 60, "days", "decide, ordinary procedure"),
    Limit("行政复议法", "62", 30, "days", "extension; also the simple procedure"),
    Limit("劳动争议调解仲裁法", "27", 1, "years", "ask for arbitration"),
    Limit("劳动争议调解仲裁法", "43", 45, "days", "arbitrators decide"),
    Limit("劳动争议调解仲裁法", "43", 15, "days", "extension"),
    Limit("劳动争议调解仲裁法", "50", 15, "days", "sue after the award"),
)
