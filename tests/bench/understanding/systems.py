"""Ours and three baselines behind one call: fit on labelled texts, guess labels with confidence."""

from __future__ import annotations

import asyncio
import logging
import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.understanding.matters import Matter
from bot.understanding.model import MatterModel
from bot.understanding.normalise import normalise, simplified
from kiosk_api.domain.routing import Reading, RouteProposal, propose

Guesses = list[tuple[str, float]]
DIET_EPOCHS = 3  # on accounts: 98 % of its training texts are right by then
DIET_EPOCHS_SHORT = 40  # on sentences of a few words


class System(Protocol):
    """One way to guess one kind of label."""

    name: str

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None: ...

    def guess(self, texts: Sequence[str]) -> Guesses: ...


class Ours:
    """The matter model and the cues, as POST /route puts them together."""

    def __init__(self, matters: Sequence[Matter], dangers: Sequence[tuple[str, str]], everyday: Sequence[str]) -> None:
        started = time.perf_counter()
        self.model = MatterModel.fit(matters, dangers, everyday)
        self.fitted_in_s = time.perf_counter() - started

    def propose(self, text: str) -> RouteProposal:
        """What the API would answer."""
        found = self.model.read(text)
        return propose(
            simplified(text),
            Reading(
                found.window,
                found.domain,
                found.topic,
                found.kind,
                found.accuses,
                found.hot_field,
                found.danger,
                found.words,
                found.version,
            ),
        )

    def guesses(self, label: str, proposals: Sequence[RouteProposal]) -> Guesses:
        """`window`, `domain` or `kind` with its confidence."""
        if label == "window":
            return [(one.window, one.confidence) for one in proposals]
        if label == "domain":
            return [(one.domain, one.domain_confidence) for one in proposals]
        return [(one.kind, one.kind_confidence) for one in proposals]


class Svm:
    """Character TF-IDF (1 to 3) and a linear SVM; confidence is the softmax of its margins."""

    name = "char TF-IDF + SVM"

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Plain scikit-learn."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.svm import LinearSVC

        self.model = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True), LinearSVC()
        )
        self.model.fit([normalise(text) for text in texts], labels)

    def guess(self, texts: Sequence[str]) -> Guesses:
        """Labels with the softmax share of the margin."""
        margins = self.model.decision_function([normalise(text) for text in texts])
        if margins.ndim == 1:
            margins = np.stack([-margins, margins], axis=1)
        powers = np.exp(margins - margins.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        names = self.model.classes_
        return [(str(names[i]), float(share[i])) for share in shares for i in [share.argmax()]]


class KeywordRule:
    """A simple rule as baseline: the first branch whose word occurs, else the commonest label."""

    name = "keyword rule"
    WINDOWS = (
        ("procuratorate", "检察|抗诉|不立案|不起诉|批捕"),
        ("court", "法院|起诉|判决|诉讼|开庭|离婚|执行|欠款|借条"),
        ("labour_arbitration", "工资|劳动|工伤|辞退|欠薪|社保"),
        ("public_security", "派出所|公安|报警|诈骗|被打|被偷|赌"),
        ("discipline", "贪污|受贿|渎职|腐败|违纪|举报"),
        ("administrative_reconsideration", "复议|处罚|罚款|征收决定"),
    )
    DOMAINS = (
        ("labour_social_security", "工资|社保|养老|医保|退休|劳动"),
        ("education_culture_sport", "学校|老师|学生|幼儿园|教育"),
        ("health", "医院|医生|独生子女|药|食品"),
        ("environment", "污染|噪音|臭|油烟|垃圾"),
        ("transport", "出租车|公交|高速|快递|公路|客车"),
        ("commerce_tourism", "消费|价格|收费|电梯|旅游|假"),
        ("political_legal", "派出所|法院|户口|交警|诈骗"),
        ("agriculture", "村民|承包|扶贫|农田"),
        ("land_resources", "征地|宅基地|土地证"),
        ("civil_affairs", "低保|退伍|残疾|殡葬"),
        ("discipline_supervision", "贪污|受贿|书记"),
        ("economy", "理财|集资|银行|税"),
        ("science_industry", "宽带|信号|话费|手机卡"),
        ("party_government", "党员|政务|网站"),
        ("urban_rural_construction", "小区|物业|房|路|公积金"),
    )
    KINDS = (("accusation", "举报|检举|控告"), ("suggestion", "建议|希望能"))

    def __init__(self, branches: Sequence[tuple[str, str]], rest: str) -> None:
        self.branches = [(label, re.compile(words)) for label, words in branches]
        self.rest = rest

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Does nothing."""

    def guess(self, texts: Sequence[str]) -> Guesses:
        """Always with confidence 1."""
        return [
            (next((label for label, words in self.branches if words.search(text)), self.rest), 1.0) for text in texts
        ]


class StockRasa:
    """Rasa's usual Chinese pipeline: Jieba, word and character counts, DIET; the labels as intents."""

    name = "stock Rasa zh (Jieba + CountVectors + DIET)"
    CONFIG = """recipe: default.v1
assistant_id: stock
language: zh
pipeline:
  - name: JiebaTokenizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: {epochs}
    entity_recognition: false
    constrain_similarities: true
    random_seed: 7
"""

    def __init__(self, epochs: int = DIET_EPOCHS) -> None:
        self.epochs = epochs

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train in a temporary folder, with the real TensorFlow."""
        import yaml
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        logging.getLogger("rasa").setLevel(logging.ERROR)
        self.names = {label: f"label_{place}" for place, label in enumerate(sorted(set(labels)))}
        grouped: dict[str, list[str]] = {name: [] for name in self.names.values()}
        for text, label in zip(texts, labels, strict=True):
            grouped[self.names[label]].append(re.sub(r"[\s\[\](){}]+", " ", text).strip())
        data = {
            "version": "3.1",
            "nlu": [
                {"intent": name, "examples": "".join(f"- {text}\n" for text in examples)}
                for name, examples in grouped.items()
            ],
        }
        folder = Path(tempfile.mkdtemp())
        (folder / "config.yml").write_text(self.CONFIG.format(epochs=self.epochs), encoding="utf-8")
        (folder / "nlu.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        path: Any = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
        self.agent = Agent.load(path)

    def guess(self, texts: Sequence[str]) -> Guesses:
        """One message at a time, as Rasa does."""
        labels = {name: label for label, name in self.names.items()}

        async def parse() -> Guesses:
            found = [await self.agent.parse_message(text) for text in texts]
            return [(labels.get(one["intent"]["name"], ""), float(one["intent"]["confidence"])) for one in found]

        return asyncio.run(parse())
