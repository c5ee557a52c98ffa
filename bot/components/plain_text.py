"""First and last step of the pipeline: components read one spelling, the tracker keeps their words.

`PlainText` puts the normalised text in place of the typed one; `OwnWords`, at the end, puts the
typed one back, so that forms store what the citizen wrote, mark for mark.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.normalise import normalise

TYPED = "typed"


def harmless(text: str) -> str:
    """Rasa takes a leading slash for a command; NFKC must not turn the guarded one (／) back."""
    return "／" + text[1:] if text.startswith("/") else text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class PlainText(GraphComponent):
    """Normalises the text that the later components read."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PlainText:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if text := message.get(TEXT):
                message.set(TYPED, text)
                message.set(TEXT, harmless(normalise(text)) or text[:1])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class OwnWords(GraphComponent):
    """Gives each message its typed text back."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OwnWords:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if (typed := message.get(TYPED)) is not None:
                message.set(TEXT, typed, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
