"""How a person checks the read-back: line by line, and what it says about a line that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.dialogue.texts_zh import LABELS
from tests.conversations.simulated.compare import MOST_MORE, alike, figures, holds, lines_of, same

if TYPE_CHECKING:
    from tests.conversations.simulated.person import Person

_FRAME = {"petitioner_name": "correct_name", "about_unit": "correct_unit"}


@dataclass(frozen=True)
class Objection:
    """`value` is what it should be; '' when the line should not be there."""

    field: str
    value: str

    def said(self, person: Person) -> str:
        """In the person's words; plainly, once the first way was not understood."""
        again = person.objections[self.field] > 2
        if not self.value:
            return (
                f"改{LABELS[self.field]}" if again else person.words.say("empty_field", True, label=LABELS[self.field])
            )
        value = person.words.number(self.value) if self.field == "phone" else self.value
        if self.field == "facts":
            return person.adds(value, again)
        if again:
            return f"{LABELS[self.field]}错了，改成{value}"
        return person.words.say(_FRAME.get(self.field, f"correct_{self.field}"), True, value=value)


def objection(person: Person, read_back: str) -> Objection | None:
    """The first line that is not what the person said or meant."""
    shown = lines_of(read_back)
    truth = person.truth
    if not same(truth["petitioner_name"], shown.get("petitioner_name", "")):
        return Objection("petitioner_name", truth["petitioner_name"])
    if figures(shown.get("phone", ""))[-4:] != truth["phone"][-4:]:
        return Objection("phone", truth["phone"])
    if not same(truth["address"], shown.get("address", ""), MOST_MORE):
        return Objection("address", truth["address"])
    told = shown.get("facts", "") + shown.get("request", "")
    if missing := [one for one in (*person.told, person.keeps_back) if not holds(told, one)]:
        person.told = list(dict.fromkeys((*person.told, *missing)))
        person.keeps_back = ""
        return Objection("facts", missing[0])
    if not holds(shown.get("request", ""), person.request):
        return Objection("request", person.request)
    for field, meant in (*((one, truth[one]) for one in ("place", "about_unit")), *person.side.items()):
        seen = shown.get(field, "")
        if seen and not alike(meant, seen):
            return Objection(field, meant)
        if meant and not seen and field in person.gave:
            return Objection(field, meant)
    return None
