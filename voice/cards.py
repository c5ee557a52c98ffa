"""Printed lines in a photo of a card or slip, read by RapidOCR (PP-OCRv6, Apache-2.0; its models are in the wheel).

Neither the photo nor what stands on it is stored or logged, and nothing is loaded from a network: the three
model files are named by their place on this disk. A photo costs about a second of one core and 400 MB.
"""

from __future__ import annotations

import importlib.util
import io
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_BYTES = 4 * 1024 * 1024  # of a photo
LONGEST_SIDE = 4000  # pixels
_READ_AT = 1600  # pixels of the longer side: a card that fills a quarter of the photo keeps 20 pixels a character
_LEAST_SIDE = 64
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_MOST_LINES = 60


class NotAPicture(Exception):
    """The bytes are no JPEG that is read here: another format, broken, too large or too small."""


@dataclass(frozen=True)
class Line:
    """One printed line; the upright box around it in pixels of the photo as sent; `score` from 0 to 1."""

    text: str
    box: tuple[int, int, int, int]  # x, y, width, height
    score: float


class CardReader:
    """Loads its models at the first photo; one photo at a time, on one thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None

    @staticmethod
    def is_there() -> bool:
        """Whether the package and its model files are installed."""
        folder = _models()
        return folder is not None and all((folder / name).is_file() for name in _MODELS.values())

    def read_lines(self, jpeg: bytes) -> list[Line]:
        """At most 60 lines from top to bottom. Raises NotAPicture."""
        picture, shrunk = _decoded(jpeg)
        import numpy

        with self._lock:
            if self._engine is None:
                self._engine = _engine()
            found = self._engine(numpy.asarray(picture)[:, :, ::-1])  # its models were trained on blue, green, red
        if found.boxes is None or found.txts is None or found.scores is None:
            return []
        lines = [
            Line(text, _around(corners, shrunk), round(float(score), 3))
            for text, corners, score in zip(found.txts, found.boxes, found.scores, strict=True)
        ]
        return sorted(lines, key=lambda line: (line.box[1], line.box[0]))[:_MOST_LINES]


def _models() -> Path | None:
    found = importlib.util.find_spec("rapidocr")
    return Path(found.origin).parent / "models" if found and found.origin else None


def _engine() -> Any:
    from rapidocr import RapidOCR

    folder = _models()
    if folder is None:  # pragma: no cover - the import above has failed already
        raise ImportError("rapidocr")
    chosen: dict[str, Any] = {f"{part}.model_path": str(folder / name) for part, name in _MODELS.items()}
    return RapidOCR(
        params={
            **chosen,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _decoded(jpeg: bytes) -> tuple[Any, float]:
    """The upright picture in red, green, blue, and by how much it was made smaller."""
    from PIL import Image, ImageOps

    if len(jpeg) > MOST_BYTES or not jpeg.startswith(b"\xff\xd8\xff"):
        raise NotAPicture
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
                if not _LEAST_SIDE <= min(opened.size) <= max(opened.size) <= LONGEST_SIDE:
                    raise NotAPicture
                opened.draft("RGB", (_READ_AT, _READ_AT))
                full = max(opened.size)
                picture = ImageOps.exif_transpose(opened.convert("RGB"))
    except NotAPicture:
        raise
    except Exception:  # noqa: BLE001 a hostile file may make the decoder fail in any way
        raise NotAPicture from None
    longest = max(picture.size)
    if longest > _READ_AT:
        picture.thumbnail((_READ_AT, _READ_AT))
    return picture, full / max(picture.size)


def _around(corners: Any, shrunk: float) -> tuple[int, int, int, int]:
    across = [float(one[0]) * shrunk for one in corners]
    down = [float(one[1]) * shrunk for one in corners]
    return round(min(across)), round(min(down)), round(max(across) - min(across)), round(max(down) - min(down))
