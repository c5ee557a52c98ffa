"""Dense sentence features: Google's multilingual USE v3 as numpy, from a PyPI wheel."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.encoder import DIMENSIONS, encoder, sentence_vector

LONGEST = 160  # characters looked at: intents show early, long accounts stay quick


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """One 512-d vector a sentence, scaled for use beside n-gram counts; zeros without the wheel."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "scale": 6.0}

    @staticmethod
    def required_packages() -> list[str]:
        return []

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        encoder()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        return cls(config, execution_context.node_name)

    def process(self, messages: list[Message]) -> list[Message]:
        texts = [str(message.get(TEXT) or "")[:LONGEST] for message in messages]
        kept = [index for index, text in enumerate(texts) if text.strip()]
        if len(kept) == 1:
            vectors = {kept[0]: sentence_vector(texts[kept[0]])}
        else:
            vectors = self._batched(texts, kept)
        for index, vector in vectors.items():
            messages[index].add_features(
                Features(
                    (vector * self._config["scale"]).astype(np.float32).reshape(1, -1),
                    FEATURE_TYPE_SENTENCE,
                    TEXT,
                    self._config[FEATURIZER_CLASS_ALIAS],
                )
            )
        return messages

    @staticmethod
    def _batched(texts: list[str], kept: list[int]) -> dict[int, np.ndarray]:
        use = encoder()
        out: dict[int, np.ndarray] = {}
        for begin in range(0, len(kept), 64):
            part = kept[begin : begin + 64]
            rows = np.asarray(use.encode([texts[i] for i in part])) if use else np.zeros((len(part), DIMENSIONS))
            out.update(zip(part, rows, strict=True))
        return out

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if float(config.get("scale", 1.0)) <= 0:
            raise ValueError("scale must be positive")
