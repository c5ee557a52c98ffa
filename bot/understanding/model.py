"""The matter model: window, field, topic, kind, screened field and danger of one account."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from zlib import crc32

import jieba
import numpy as np
from scipy import sparse

from bot.understanding.danger_signs import danger_signs
from bot.understanding.heads import Features, Head, load_heads, save_heads
from bot.understanding.matters import NO_DANGER, NOBODY, OFFICIAL, Matter
from bot.understanding.normalise import normalise

HEADS = ("window", "domain", "kind", "accuses", "hot_field")
AT_ONCE = 2  # heads fitted side by side: scipy lets go of the interpreter meanwhile
MOST_TOPICS = 3
MOST_WORDS = 5
_FIRST_GRAM = 512  # columns before this are the sentence vector
# Rounds for the danger head, more than it needs (some 150). Ended at 60, a rounding error moved an
# answer by 0.03, and with it whether an alarm was raised; at its end by 0.0006.
_TO_THE_END = 400
_SIGN_SCALE = 0.8  # how loudly a sign of danger speaks beside the other columns
# Nobody in office is accused in a text that surely goes to none of the windows for that.
_OVER_OFFICIALS, _LEAST_OF_WINDOW = ("discipline", "procuratorate"), 0.01
_CALM_STEP = 3  # every third account teaches the danger head what calm sounds like,
_EVERYDAY_STEP = 4  # and a fourth of the greetings, orders and questions, by their hash


@dataclass(frozen=True)
class Reading:
    """Probabilities per label, each table summing to 1; `words` carried the window most."""

    window: dict[str, float]
    domain: dict[str, float]
    topic: dict[str, float]
    kind: dict[str, float]
    accuses: dict[str, float]
    hot_field: dict[str, float]
    danger: dict[str, float]
    words: tuple[str, ...]
    version: str

    def as_dict(self) -> dict[str, object]:
        """JSON with four decimals; shares below 0.001 are left out."""
        kept = {
            name: {label: round(share, 4) for label, share in table.items() if share >= 0.001}
            if isinstance(table, dict)
            else table
            for name, table in asdict(self).items()
        }
        return {**kept, "words": list(self.words)}


class MatterModel:
    """Fit once, read many; safe to read from several threads."""

    def __init__(self, features: Features, heads: dict[str, Head], version: str) -> None:
        self.features = features
        self.heads = heads
        self.version = version

    @classmethod
    def fit(
        cls,
        matters: Sequence[Matter],
        dangers: Sequence[tuple[str, str]],
        everyday: Sequence[str] = (),
        topics: bool = True,
    ) -> MatterModel:
        """Learn from accounts; rows without a label of a head are left out for that head.

        `everyday` are messages of no danger that are no accounts either (greetings, orders).
        """
        texts = [normalise(one.text) for one in matters]
        danger_texts = [normalise(text) for text, _ in dangers]
        features = Features.fit([*texts, *danger_texts])
        rows = features.many(texts)

        def head(name: str) -> Head:
            known = [place for place, one in enumerate(matters) if getattr(one, name)]
            return Head.fit(
                rows[known], [getattr(matters[i], name) for i in known], [matters[i].situation for i in known]
            )

        def topic_head() -> Head:
            known = [i for i, one in enumerate(matters) if one.topic and one.domain]
            # the vector alone has no zeros to leave out: as a full matrix it is learnt far quicker
            vectors = rows[known][:, :_FIRST_GRAM].toarray().astype(np.float64)
            return Head.fit(vectors, [f"{matters[i].domain}/{matters[i].topic}" for i in known])

        def danger_head() -> Head:
            usual = (text for text in everyday if crc32(text.encode()) % _EVERYDAY_STEP == 0)
            said = [*danger_texts, *(normalise(text) for text in usual)]
            calm = list(range(0, len(matters), _CALM_STEP))
            labels = [label for _, label in dangers]
            labels += [NO_DANGER] * (len(said) + len(calm) - len(labels))
            return Head.fit(
                _with_signs(sparse.vstack([features.many(said), rows[calm]]), [*said, *(texts[i] for i in calm)]),
                labels,
                rounds=_TO_THE_END,
            )

        work: dict[str, Callable[[], Head]] = {name: partial(head, name) for name in HEADS}
        if topics:
            work["topic"] = topic_head
        if dangers:
            work["danger"] = danger_head
        with ThreadPoolExecutor(AT_ONCE) as pool:
            fits = {name: pool.submit(fit) for name, fit in work.items()}
            heads = {name: fit.result() for name, fit in fits.items()}
        return cls(features, heads, fingerprint(matters, dangers))

    def read(self, text: str) -> Reading:
        """What the text is about; any text is read, the empty one too."""
        plain = normalise(text)
        row = self.features.one(plain)
        tables = {name: self.heads[name].read(row) for name in HEADS}
        if sum(tables["window"].get(name, 0.0) for name in _OVER_OFFICIALS) < _LEAST_OF_WINDOW:
            tables["accuses"] = {NOBODY: 1.0, OFFICIAL: 0.0}  # angry about an employer, say
        window = max(tables["window"], key=lambda name: tables["window"][name])
        domain = max(tables["domain"], key=lambda name: tables["domain"][name])
        danger = self.heads["danger"].read(_with_signs(row, [plain])) if "danger" in self.heads else {NO_DANGER: 1.0}
        return Reading(
            **tables,
            topic=self._topics(row, domain),
            danger=danger,
            words=self._words(plain, row, window),
            version=self.version,
        )

    def _topics(self, row: object, domain: str) -> dict[str, float]:
        """The likeliest topics within the field."""
        if "topic" not in self.heads:
            return {}
        within = {
            name.split("/", 1)[1]: share
            for name, share in self.heads["topic"].read(row[:, :_FIRST_GRAM]).items()  # type: ignore[index]
            if name.startswith(domain + "/")
        }
        total = sum(within.values()) or 1.0
        best = sorted(within.items(), key=lambda item: -item[1])[:MOST_TOPICS]
        return {name: share / total for name, share in best}

    def _words(self, plain: str, row: object, window: str) -> tuple[str, ...]:
        """The words of the text whose characters speak most for the window against the rest."""
        head = self.heads["window"]
        chosen = head.classes.index(window)
        pull = head.weights[:, chosen] - head.weights.mean(axis=1)
        worth: dict[str, float] = {}
        columns, values = row.indices, row.data  # type: ignore[attr-defined]
        for column, value in zip(columns, values, strict=True):
            if column >= _FIRST_GRAM:
                gram = self.features.names[column - _FIRST_GRAM]
                worth[gram] = float(value * pull[column]) / len(gram)
        found: dict[str, float] = {}
        for word in set(jieba.lcut(plain[:2000])):
            if len(word) >= 2 and word.isalpha() and word not in COMMON:
                grams = {word[i : i + n] for n in (1, 2, 3) for i in range(len(word) - n + 1)}
                found[word] = sum(worth.get(gram, 0.0) for gram in grams)
        best = sorted(found.items(), key=lambda item: -item[1])[:MOST_WORDS]
        return tuple(word for word, value in best if value > 0.02)

    def save(self, folder: Path) -> None:
        """Three files, no pickles."""
        self.features.save(folder / "features.json")
        save_heads(folder / "heads.npz", self.heads)
        (folder / "version.json").write_text(json.dumps({"version": self.version}))

    @classmethod
    def load(cls, folder: Path) -> MatterModel:
        """What `save` wrote."""
        version = json.loads((folder / "version.json").read_text())["version"]
        return cls(Features.load(folder / "features.json"), load_heads(folder / "heads.npz"), version)


def _with_signs(rows: sparse.csr_matrix, texts: Sequence[str]) -> sparse.csr_matrix:
    signs = np.array([danger_signs(text) for text in texts]) * _SIGN_SCALE
    return sparse.hstack([rows, sparse.csr_matrix(signs)], format="csr")


# Said in every kind of matter: no reason to give.
_COMMON_WORDS = """
我们 你们 他们 她们 自己 没有 不是 就是 现在 已经 这个 那个 这样 怎么 什么 时候 因为 所以 但是 可是 然后 请问 您好 你好 希望 能够
可以 应该 需要 还是 一直 这种 这些 那些 知道 到底 为什么 怎样 如何 是否 一个 几个 很多 多次 今年 去年 前年 领导 谢谢 本人 问题 情况
事情 反映 解决 处理 有关 部门 相关 给予 答复 人家 老百姓 百姓 大家 至今 之后 以后 以前 之前
"""
COMMON = frozenset(_COMMON_WORDS.split())


def fingerprint(matters: Sequence[Matter], dangers: Sequence[tuple[str, str]]) -> str:
    """Twelve characters that change with the accounts learnt from."""
    digest = hashlib.sha256()
    for one in matters:
        labels = (one.text, one.window, one.domain, one.topic, one.kind, one.hot_field)
        digest.update("\x1f".join(str(label) for label in labels).encode())
    for text, danger in dangers:
        digest.update(f"{text}\x1f{danger}".encode())
    return f"matters-{digest.hexdigest()[:12]}"


def rank(table: dict[str, float]) -> list[tuple[str, float]]:
    """Best first."""
    return sorted(table.items(), key=lambda item: -item[1])
