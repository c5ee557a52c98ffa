"""Text to speech on the server, recordings, and the page for attendants."""

from __future__ import annotations

import io
import re
import struct
import wave
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk_api.domain.spoken import (
    BREATH,
    SPOKEN_MAX,
    normalised,
    recording_name,
    sentences,
    spoken_parts,
    without_numbers,
)
from kiosk_api.gateways.speech import LocalSpeech
from kiosk_api.sentences import blocks, list_sentences
from kiosk_api.services.base.context import Context
from kiosk_api.services.base.limits import Budget
from kiosk_api.services.base.terminal_ports import Sound, SpeechUnavailable
from kiosk_api.services.terminal import speak
from tests.factories import fresh_app, settings

SPEECH = "/api/v1/speech"


def loudness_and_seconds(wav: bytes) -> tuple[float, float]:
    with wave.open(io.BytesIO(wav)) as sound:
        frames = sound.getnframes()
        values = struct.unpack(f"<{frames * sound.getnchannels()}h", sound.readframes(frames))
        return (sum(v * v for v in values) / len(values)) ** 0.5, frames / sound.getframerate()


def test_espeak_makes_sound_and_longer_text_takes_longer(client: FlaskClient) -> None:
    short, long = (
        client.post(SPEECH, json={"text": text, "language": "zh"})
        for text in ("您好。", "您好，请先坐下，慢慢说，您说的每一句话我们都会记下来。")
    )
    assert short.mimetype == long.mimetype == "audio/wav"
    assert short.headers["Cache-Control"] == "no-store"
    loud, seconds = loudness_and_seconds(short.data)
    loud_long, seconds_long = loudness_and_seconds(long.data)
    assert loud > 300 and loud_long > 300
    assert 0.3 < seconds < 3
    assert seconds_long > 3 * seconds
    english = client.post(SPEECH, json={"text": "Please sit down.", "language": "en"})
    assert loudness_and_seconds(english.data)[0] > 300


def test_without_voice_and_recordings_there_is_no_speech(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    silent = LocalSpeech(program="no-such-speech-program")
    _replace(app.extensions, speech=silent)
    client = app.test_client()
    assert client.get(SPEECH).get_json() == {"available": False}
    answer = client.post(SPEECH, json={"text": "您好。"})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "speech_off")
    assert "看屏幕上的字" in answer.get_json()["detail"]
    assert client.get("/readyz").get_json()["parts"]["speech"] == "off"


def _replace(extensions: dict[str, object], **parts: object) -> None:
    context = extensions["kiosk"]
    assert isinstance(context, Context)
    extensions["kiosk"] = replace(context, **parts)  # type: ignore[arg-type]


def test_a_recording_is_preferred_to_the_machine_voice(tmp_path: Path) -> None:
    (tmp_path / f"{recording_name('请 先坐下。')}.mp3").write_bytes(b"a recorded voice")
    voice = LocalSpeech(tmp_path, program="no-such-speech-program")
    assert voice.is_on()
    assert voice.say(normalised(" 请 先坐下。\n"), "zh") == Sound(b"a recorded voice", "audio/mpeg")
    with pytest.raises(SpeechUnavailable):
        voice.say("没有录过的话。", "zh")


class Process:
    """The voice process, which notes what it was to say."""

    def __init__(self, sound: bytes | None = b"RIFF a voice") -> None:
        self.sound, self.said = sound, []

    def says(self) -> bool:
        return True

    def say(self, text: str) -> bytes | None:
        self.said.append(text)
        return self.sound


LONG = "您说的事由信访部门登记，登记以后十五天内转给有权处理的单位，请收好回执。"


def test_the_voice_process_speaks_in_breaths_so_that_the_first_is_heard_soon() -> None:
    process = Process()
    voice = LocalSpeech(voice=process, program="no-such-speech-program")
    first = voice.say(LONG, "zh")
    assert first == Sound(b"RIFF a voice", "audio/wav", len(spoken_parts(LONG))) and first.parts > 1
    for part in range(1, first.parts):
        voice.say(LONG, "zh", part)
    assert "".join(process.said) == LONG and max(map(len, process.said)) <= 3 * BREATH
    with pytest.raises(SpeechUnavailable):
        voice.say(LONG, "zh", first.parts)
    with pytest.raises(SpeechUnavailable):
        voice.say("Please sit down.", "en")  # it knows Mandarin alone


def test_the_rendered_recording_comes_before_the_process_and_after_the_bureaus_own(tmp_path: Path) -> None:
    own, rendered, process = tmp_path / "own", tmp_path / "rendered", Process()
    for folder in (own, rendered):
        folder.mkdir()
        (folder / f"{recording_name('请坐。')}.mp3").write_bytes(folder.name.encode())
    assert LocalSpeech(own, rendered, voice=process).say("请坐。", "zh").data == b"own"
    assert LocalSpeech(None, rendered, voice=process).say("请坐。", "zh").data == b"rendered"
    assert not process.said


def test_where_the_voice_process_is_busy_the_rest_is_read_by_the_last_resort(tmp_path: Path) -> None:
    program = tmp_path / "speaker"
    program.write_text("#!/bin/sh\ncat > $0.said\nprintf 'RIFF0000WAVEdata0000sound'\n")
    program.chmod(0o755)
    voice = LocalSpeech(voice=Process(None), program=str(program))
    assert voice.say(LONG, "zh", 1).parts == 2  # the rest in one go
    said = (tmp_path / "speaker.said").read_text()
    assert said.startswith("deng1 ji4 yi3 hou4") and not re.search(
        "[\u4e00-\u9fff]", said
    )  # no characters, which it spells


@pytest.mark.parametrize("text", ["", "，，，", "好。", LONG, "一" * 300, "甲，" * 200, "您好！请坐。" * 50])
def test_breaths_together_are_the_text(text: str) -> None:
    assert "".join(spoken_parts(text)) == text


def test_a_failing_speech_program_is_reported_without_the_text(tmp_path: Path) -> None:
    for content in ("#!/bin/sh\nexit 3\n", "#!/bin/sh\ncat\n"):
        program = tmp_path / "speaker"
        program.write_text(content)
        program.chmod(0o755)
        with pytest.raises(SpeechUnavailable) as failed:
            LocalSpeech(program=str(program)).say("不能外传的话", "zh")
        assert "不能外传" not in repr(failed.value)
        assert failed.value.__cause__ is None


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": "  \n"},
        {"text": 5},
        {"text": "长" * (SPOKEN_MAX + 1)},
        {"text": "您好", "language": "fr"},
        {"text": "您好", "language": ["zh"]},
        {"text": "您好", "part": 1},
        {"text": "您好", "part": -1},
    ],
)
def test_text_that_cannot_be_read_aloud_is_refused(client: FlaskClient, body: dict[str, object]) -> None:
    answer = client.post(SPEECH, json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("shown", "spoken"),
    [
        ("电话13912345678。", "电话尾号5678。"),
        ("139-1234-5678", "尾号5678"),
        ("*******5678", "尾号5678"),
        ("110105194912310021", "尾号0021"),
        ("11010519491231002X", "尾号002X"),
        ("咨询电话：010-12345678", "咨询电话：010-12345678"),
        ("请拨12345或12389", "请拨12345或12389"),
        ("2026年3月17日", "2026年3月17日"),
    ],
)
def test_no_phone_or_id_number_is_spoken_in_full(shown: str, spoken: str) -> None:
    assert without_numbers(shown) == spoken


def test_paragraphs_are_cut_at_the_ends_of_sentences() -> None:
    assert sentences("您好。\n  今天来办什么？“要工资！”好") == ["您好。", "今天来办什么？", "“要工资！”", "好"]
    assert [len(one) for one in sentences("长" * 1300)] == [600, 600, 100]


def test_the_attendants_page_and_figures_are_for_terminals_only(client: FlaskClient) -> None:
    assert "这台机器好不好用" in client.get("/terminal").get_data(as_text=True)
    body = client.get("/api/v1/terminal/health").get_json()
    assert body["printer"] == "printer_off"
    assert body["disk_free_bytes"] > 0
    assert body["now"] == "2026-03-02T10:00:00+08:00"
    assert body["parts"]["store"] == "ok"
    away = {"environ_base": {"REMOTE_ADDR": "203.0.113.5"}}
    assert client.get("/terminal", **away).status_code == 404  # type: ignore[arg-type]
    assert client.get("/api/v1/terminal/health", **away).status_code == 404  # type: ignore[arg-type]


def test_every_short_answer_is_on_the_list_of_sentences_to_record(tmp_path: Path) -> None:
    app = fresh_app(tmp_path)
    listed = dict(list_sentences(settings(tmp_path)))
    assert all(recording_name(sentence) == name for name, sentence in listed.items())
    assert "有危险请拨110，急病请拨120，火灾请拨119。" in listed.values()
    shelf = app.extensions["kiosk"].handbook.index().sections
    wanted = {without_numbers(one) for part in shelf for one in sentences(part.short_answer)}
    assert wanted <= set(listed.values())
    assert len(listed) > 500


def test_only_the_innermost_readable_blocks_of_the_page_are_listed() -> None:
    page = """<p>外面</p><main><ul><li><p>里面  一句。</p></li><li>另一句<button>按钮</button></li></ul>
    <script>no</script></main><p>外面</p>"""
    assert blocks(page) == ["里面 一句。", "另一句"]


def test_outside_the_hall_sentences_have_a_budget(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speak, "SPOKEN", Budget("spoken", 1, timedelta(hours=1)))
    home = {"REMOTE_ADDR": "192.0.2.9"}
    asked = {"text": "您好。", "language": "zh"}
    codes = [client.post(SPEECH, json=asked, environ_base=home).status_code for _ in range(2)]
    assert codes == [200, 429]
    assert [client.post(SPEECH, json=asked).status_code for _ in range(2)] == [200, 200]
