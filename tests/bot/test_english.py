"""A message in English does what the same message in Chinese does; the record keeps its words."""

from __future__ import annotations

import pytest

from tests.bot.helpers import ANSWERS, Citizen

FACTS = "The landlord kept my deposit and changed the lock."


@pytest.mark.parametrize(
    ("asked", "clauses", "field", "words"),
    [
        ("facts", ((FACTS, "gives.facts"),), "facts", FACTS),
        ("facts", (("My boss has not paid me since May", "gives.facts gives.happened"),), "facts", "not paid me since May"),
        ("request", (("I want my deposit back", "gives.request"),), "request", "I want my deposit back"),
        ("place", (("Rose Garden building 5", "gives.place"),), "place", "Rose Garden building 5"),
        ("about_unit", (("Sunrise Language School", "gives.about_unit"),), "about_unit", "Sunrise Language School"),
        ("petitioner_name", (("My name is John Miller", "gives.name"),), "petitioner_name", "John Miller"),
        ("petitioner_name", (("Maria Lopez", "gives.name"),), "petitioner_name", "Maria Lopez"),
        ("phone", (("my number is 13900004321", "gives.phone"),), "phone", "13900004321"),
        ("address", (("Room 302, 15 Renmin Road", "gives.address"),), "address", "Room 302, 15 Renmin Road"),
    ],
)  # fmt: skip
def test_values_are_kept_as_typed(asked: str, clauses: tuple[tuple[str, str], ...], field: str, words: str) -> None:
    known = {name: value for name, value in ANSWERS.items() if name != asked}
    citizen = Citizen().knows(asked, **known).means(*clauses)
    assert words in citizen.state[field]


def test_an_account_opens_the_petition() -> None:
    citizen = Citizen()
    citizen.state = {"seen": True}
    citizen.means((FACTS, "gives.facts"), ("what can I do?", "asks.procedure"), mark=" ")
    assert FACTS in citizen.state["facts"] and "answered:procedure" in citizen.turn.moves


@pytest.mark.parametrize("words", ["yes", "OK", "Yes, please submit", "correct, thanks"])
def test_a_yes_registers(words: str) -> None:
    assert Citizen().knows("confirm", **ANSWERS).means((words, "yes")).case
