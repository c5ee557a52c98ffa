"""The one classifier of matters, as a Rasa component: the bot reads it off each message, kiosk_api
asks the same object through `bot.channels.matter_channel`."""

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

from bot.understanding.acts import calm_messages, read_examples
from bot.understanding.extra import read_extra
from bot.understanding.matters import read_dangers, read_matters
from bot.understanding.model import MatterModel

MATTER = "matter"
_loaded: list[MatterModel] = []


def current_model() -> MatterModel | None:
    """The model this process serves, None before one is loaded."""
    return _loaded[-1] if _loaded else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class MatterClassifier(GraphComponent):
    """Learns from `nlu_data/matters` (and a bureau's own rows); adds `matter` to each message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "matters": "nlu_data/matters",
            "acts": "nlu_data/acts",
            "dangers": "nlu_data/emergencies.md",
            "extra": "var/training/extra.csv",
        }

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, model: MatterModel | None = None
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
    ) -> MatterClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Reads its own files: accounts are no examples of an intent, but messages are calm."""
        matters = read_matters(Path(self._config["matters"]))
        extra = Path(self._config["extra"])
        if extra.is_file():
            matters += read_extra(extra)
        everyday = [str(one.get(TEXT)) for one in training_data.intent_examples]
        everyday += calm_messages(read_examples(Path(self._config["acts"])))
        self._model = MatterModel.fit(matters, read_dangers(Path(self._config["dangers"])), everyday)
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
    ) -> MatterClassifier:
        with model_storage.read_from(resource) as folder:
            model = MatterModel.load(folder)
        model.read("预热")
        _loaded[:] = [model]
        return cls(config, model_storage, resource, model)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text and self._model:
                message.set(MATTER, self._model.read(text).as_dict(), add_to_output=True)
        return messages
