"""`python -m nlu_data.dictionary.build [folder]`: the word list of the on-screen keyboard.

Words and their frequencies are jieba's and those of our own sentences, half and half; readings are
pypinyin's, place names come from `words/places.txt`, words of the field from `words/jieba_userdict.txt`. One file
per first letter; a line is syllables joined by `'`, a tab, then word and weight in turn:
`xi'an<TAB>西安m`. A weight is a letter, a = rarest, one letter = a factor of about 1.95 in frequency.

`pairs.txt` says what follows what: a word (`^` = the beginning, `#` = a number), a tab, a letter for
what all others lose after it (four letters = a factor e), then word and gain in turn (two letters = a
factor e; counted from what the others lose). The same inputs give the same bytes.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from pathlib import Path

import jieba
from pypinyin import Style, pinyin

from nlu_data.dictionary import pairs

HERE = Path(__file__).resolve().parent
WORDS = HERE.parent / "words"  # also what the tokenizer of the assistant knows
TARGET = HERE.parents[1] / "kiosk_api" / "web" / "static" / "pinyin"
FIRST_LEVEL, SECOND_LEVEL = (0xB0, 0xD8), (0xD8, 0xF8)  # GB/T 2312 rows of hanzi
LEAST = {1: 0, 2: 15, 3: 24, 4: 30, 5: 120, 6: 120, 7: 120, 8: 120}  # length → least frequency kept
PLACE_FREQUENCY = 60  # a county's name where jieba does not know it
FIELD_FREQUENCY = 3000  # 信访件, 催办: rare in newspapers, common at this screen
LEAST_SHARE = 0.004  # of a character's frequency, for a reading that no word shows
OWN_SHARE = 0.5  # of our own sentences in a word's weight; chosen on accounts left out
OWN_TIMES = 3  # a word that jieba finds too rare is kept if we write it so often
LOG_TOTAL = 18  # natural logarithm of all frequencies together
STEP = 1.5  # letters for each factor e
BACK_STEP = 4
GAIN_STEP = 2

_REACHED = re.compile("(?<=.[不得])着")  # 睡不着, 找得着: zhao, which pypinyin reads zhe


def letter(value: float, step: float) -> str:
    """`value` in steps as a letter, a to z."""
    return chr(ord("a") + min(25, max(0, round(value * step))))


def weight(frequency: float) -> str:
    """One letter, a to z."""
    return letter(math.log(max(frequency, 1)), STEP)


def is_hanzi(text: str) -> bool:
    """Only characters of the common block, so that a weight letter ends every word."""
    return all("\u4e00" <= one <= "\u9fff" for one in text)


def characters() -> list[str]:
    """The 6763 of GB/T 2312: surnames and given names must be writable."""
    found = []
    for first, last in (FIRST_LEVEL, SECOND_LEVEL):
        for row in range(first, last):
            for cell in range(0xA1, 0xFF):
                try:
                    found.append(bytes((row, cell)).decode("gb2312"))
                except UnicodeDecodeError:
                    continue
    return found


def general() -> dict[str, float]:
    """Word → how often, of all words that jieba has."""
    listed = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8")
    seen: dict[str, float] = {}
    for line in listed.splitlines():
        word, count, _ = line.split(" ")
        if is_hanzi(word) and len(word) <= max(LEAST):
            seen[word] = float(count)
    return seen


def frequencies(seen: dict[str, float]) -> dict[str, float]:
    """Word → how often, characters and words of the field included."""
    found = {w: n for w, n in seen.items() if len(w) > 1 and n >= LEAST[len(w)]}
    for one in characters():
        found[one] = seen.get(one, 1.0)
    for word in (WORDS / "places.txt").read_text(encoding="utf-8").split():
        found[word] = max(found.get(word, 0), PLACE_FREQUENCY)
    for line in (WORDS / "jieba_userdict.txt").read_text(encoding="utf-8").splitlines():
        word = line.split(" ")[0]
        if is_hanzi(word) and 1 < len(word) <= max(LEAST):
            found[word] = max(found.get(word, 0), FIELD_FREQUENCY)
    for line in (HERE / "spoken.txt").read_text(encoding="utf-8").splitlines():
        for word in line.partition("#")[0].split():
            found[word] = max(found.get(word, 0), FIELD_FREQUENCY)
    return found


def readings(word: str) -> list[str]:
    """Syllables joined by an apostrophe, the usual reading first; ü is written v."""
    if len(word) == 1:
        syllables = pinyin(word, style=Style.NORMAL, heteronym=True, v_to_u=False, errors="ignore")
        alone = list(dict.fromkeys(syllables[0])) if syllables else []
    else:
        spoken = [part[0] for part in pinyin(word, style=Style.NORMAL, v_to_u=False, errors="ignore")]
        for found in _REACHED.finditer(word):
            spoken[found.start()] = "zhao"
        alone = ["'".join(spoken)] if len(spoken) == len(word) else []
    plain = [one.replace("ü", "v").replace("ê", "e") for one in alone]
    return [one for one in plain if one.replace("'", "").isascii() and one.replace("'", "").isalpha()]


def learnt() -> tuple[dict[str, float], dict[str, pairs.After]]:
    """Word → frequency with our own sentences counted in; what follows what."""
    seen = general()
    known = frequencies(seen)
    texts = list(pairs.sentences())
    used, _ = pairs.count(texts, seen | known)
    known |= {w: seen[w] for w, n in used.items() if w in seen and w not in known and n >= OWN_TIMES and len(w) > 1}
    used, neighbours = pairs.count(texts, known)
    total, own = sum(known.values()), used.total()
    share = {w: (1 - OWN_SHARE) * n / total + OWN_SHARE * used[w] / own for w, n in known.items()}
    return ({w: part * math.exp(LOG_TOTAL) for w, part in share.items()}, pairs.followers(neighbours, share))


def shards(counted: dict[str, float]) -> dict[str, str]:
    """First letter → the text of its file."""
    lines: dict[str, dict[str, float]] = defaultdict(dict)
    spoken = {word: readings(word) for word in counted}
    frequency_read_so: dict[tuple[str, str], float] = defaultdict(float)  # 行: hang in 银行, xing in 不行
    for word, found_readings in spoken.items():
        if len(word) > 1 and found_readings:
            for sign, syllable in zip(word, found_readings[0].split("'"), strict=True):
                frequency_read_so[sign, syllable] += counted[word]
    for word, frequency in counted.items():
        total = sum(frequency_read_so[word, one] for one in spoken[word]) if len(word) == 1 else 0
        for position, reading in enumerate(spoken[word]):
            usual = frequency_read_so[word, reading] / total if total else float(position == 0)
            share = max(usual, LEAST_SHARE) if len(word) == 1 else 1.0
            lines[reading][word] = frequency * share
    found: dict[str, list[str]] = defaultdict(list)
    for reading in sorted(lines):
        ordered = sorted(lines[reading].items(), key=lambda pair: (-pair[1], pair[0]))
        found[reading[0]].append(reading + "\t" + "".join(w + weight(f) for w, f in ordered))
    return {first: "\n".join(texts) + "\n" for first, texts in sorted(found.items())}


def pair_lines(followers: dict[str, pairs.After]) -> str:
    """The text of `pairs.txt`."""
    lines = []
    for first, (back, gains) in sorted(followers.items()):
        ordered = sorted(gains.items(), key=lambda pair: (-pair[1], pair[0]))
        likely = "".join(word + letter(gain, GAIN_STEP) for word, gain in ordered)
        lines.append(f"{first}\t{letter(-back, BACK_STEP)}{likely}\n")
    return "".join(lines)


def write(folder: Path) -> None:
    """The files, byte for byte the same from the same inputs."""
    folder.mkdir(parents=True, exist_ok=True)
    counted, followers = learnt()
    for first, text in shards(counted).items():
        (folder / f"{first}.txt").write_bytes(text.encode("utf-8"))
    (folder / "pairs.txt").write_bytes(pair_lines(followers).encode("utf-8"))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
