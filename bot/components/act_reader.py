"""The reader of acts, as a Rasa component: learns from `nlu_data/acts`, adds `acts` to each message.

What a clause does depends on the question that is open; `bot.turn_deadline` puts it into the message's metadata.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.act_model import ActModel
from bot.understanding.acts import read_examples
from bot.understanding.clauses import cut

ACTS = "acts"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ActReader(GraphComponent):
    """Learns from the project's own clauses; its files are not examples of intents."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"acts": "nlu_data/acts"}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: ActModel | None = None
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ActReader:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Reads its own files: clauses are no examples of an intent."""
        self._model = ActModel.fit(read_examples(Path(self._config["acts"])))
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ActReader:
        with model_storage.read_from(resource) as folder:
            model = ActModel.load(folder)
        model.read(cut("预热"), "预热", "none")
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        """`acts`: [{start, end, acts}] of each clause, as the citizen typed it."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._model:
                asked = str((message.get("metadata") or {}).get("asked") or "none")
                found = self._model.read(cut(text), text, asked)
                message.set(ACTS, [one.as_dict() for one in found], add_to_output=True)
        return messages
