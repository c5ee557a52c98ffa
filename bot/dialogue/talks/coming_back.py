"""After a reload the page shows what is noted and the open question; the message it sends for that changes nothing.

The page itself has kept no word (handbook/developers/decisions/0032); it sends the words `BACK`, which nobody types.
"""

from __future__ import annotations

from bot.dialogue.replies import reply
from bot.dialogue.talks import registering, showing
from bot.dialogue.talks.talk import TEXT, Talk
from bot.dialogue.texts_zh import BACK, MENU, say


def back_again(talk: Talk, text: str) -> bool:
    """Whether the message is the page's own; then the turn is done."""
    if text.strip() != BACK:
        return False
    talk.state["seen"] = True
    talk.did("back_again")
    kept = None if talk.in_petition or talk.asked else registering.kept_of_talk(talk)
    if kept:
        registering.take_up(talk, kept)
    elif talk.in_petition:
        talk.say("back_again")
        showing.see_all(talk)
    elif talk.asked:
        talk.say("back_again")
        talk.ask(talk.asked)
    elif talk.state.get("lookup_token"):
        _tell_case(talk)
    else:
        talk.say("back_to_nothing", options=MENU)
    return True


def _tell_case(talk: Talk) -> None:
    """The answer with the number may be the one that was lost."""
    number, token = str(talk.state["case_number"]), str(talk.state["lookup_token"])
    text = f"{TEXT['registered']}\n{say('registered_number', number=number)}"
    talk.put(reply(text, case={"case_number": number, "lookup_token": token}, options=["查进度"]))
