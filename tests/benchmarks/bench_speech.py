"""How well speech is found: precision and recall on mixed voices, and false alarms on music alone.

::

    python tests/benchmarks/bench_speech.py

Twelve voices of espeak-ng (which must be installed) read for about half a minute each in eight languages, with pauses;
their true spans are where their own level lies within 35 dB of their loudest, pauses below 0.4 s bridged as the
detector bridges them. Each is mixed with the music that Hitpoint's own styles play (``style_table.py``) or with noise;
the ratio is of the power while somebody speaks to that of the other sound. Precision and recall count frames of 10 ms
over all voices.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d
from scipy.signal import resample_poly
from style_table import cue_in, played

from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.features.speech import speech_spans
from hitpoint.core.features.speech_network import RATE, speech_probabilities
from hitpoint.core.render.choice import choose_synthesizer

Sound = NDArray[np.float32]
Spans = list[tuple[float, float]]

TEXTS = {
    "en": "The train had already left when we came to the station. Nobody knew where the next one would go! "
    "So we sat down, and waited for the morning. It was cold, and there was nothing to eat but an apple.",
    "de": "Der Zug war schon abgefahren, als wir am Bahnhof ankamen. Niemand wusste, wohin der nächste fahren würde! "
    "Also setzten wir uns hin und warteten auf den Morgen. Es war kalt, und es gab nichts als einen Apfel.",
    "fr": "Le train était déjà parti quand nous sommes arrivés à la gare. Personne ne savait où irait le suivant! "
    "Alors nous nous sommes assis, et nous avons attendu le matin. Il faisait froid.",
    "es": "El tren ya había salido cuando llegamos a la estación. Nadie sabía adónde iría el siguiente. "
    "Así que nos sentamos y esperamos la mañana. Hacía frío, y no había nada que comer.",
    "it": "Il treno era già partito quando siamo arrivati alla stazione. Nessuno sapeva dove sarebbe andato il "
    "prossimo. "
    "Così ci siamo seduti ad aspettare il mattino. Faceva freddo.",
    "pt": "O trem já tinha saído quando chegamos à estação. Ninguém sabia para onde iria o próximo. "
    "Então sentamos e esperamos a manhã. Estava frio.",
    "ru": "Поезд уже ушёл, когда мы пришли на вокзал. Никто не знал, куда пойдёт следующий. "
    "Мы сели и стали ждать утра. Было холодно.",
    "pl": "Pociąg już odjechał, kiedy przyszliśmy na dworzec. Nikt nie wiedział, dokąd pojedzie następny. "
    "Usiedliśmy więc i czekaliśmy na poranek. Było zimno.",
}
VOICES = (
    "en-us", "en-us+f3", "en-gb+m3", "en-gb+f2", "de+m1", "de+f4", "fr+f1", "es+m2", "it+f5", "pt+m4", "ru", "pl+f2",
)  # fmt: skip
RATIOS = (0.0, -6.0)  # dB
FRAMES = 100  # a second
_PAUSES = (1.5, 0.8, 2.5, 0.6)  # seconds of silence between sentences


def voice(name: str, folder: Path) -> Sound:
    """A voice at 16 kHz that reads its language's sentences, with pauses, at a peak of 0.3."""
    pieces = [np.zeros(RATE)]
    for number, sentence in enumerate(TEXTS[name[:2]].replace("!", ".").split(". ")):
        path = folder / "sentence.wav"
        subprocess.run(["espeak-ng", "-v", name, "-w", str(path), sentence], check=True)
        sound, rate = soundfile.read(path)
        pieces += [resample_poly(sound, RATE, rate), np.zeros(int(_PAUSES[number % len(_PAUSES)] * RATE))]
    whole = np.concatenate(pieces)
    return np.asarray(0.3 * whole / np.abs(whole).max(), np.float32)


def spoken(sound: Sound) -> NDArray[np.bool_]:
    """The frames of 10 ms in which a clean voice speaks, pauses below 0.4 s included."""
    hop = RATE // FRAMES
    power = uniform_filter1d((sound[: len(sound) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1), 3)
    found = power > power.max() * 10**-3.5
    edges = np.flatnonzero(found)
    for before, after in pairwise(edges):
        if after - before < 0.4 * FRAMES:
            found[before:after] = True
    return np.asarray(found, np.bool_)


def mixed(speech: Sound, other: Sound, ratio: float) -> Sound:
    """A voice over another sound of at least its length, by the ratio of their powers in decibels."""
    heard = np.repeat(spoken(speech), RATE // FRAMES)
    other = np.resize(other, len(speech))
    gain = np.sqrt((speech[: len(heard)][heard] ** 2).mean() / (other**2).mean() * 10 ** (-ratio / 10))
    return np.asarray(speech + gain * other, np.float32)


def found_in(sound: Sound) -> Spans:
    """What Hitpoint takes for speech, in seconds."""
    return [(span.start, span.end) for span in speech_spans(speech_probabilities(sound))]


def marked(spans: Spans, frames: int) -> NDArray[np.bool_]:
    """Spans as frames of 10 ms."""
    times = (np.arange(frames) + 0.5) / FRAMES
    inside = np.zeros(frames, np.bool_)
    for start, end in spans:
        inside |= (times >= start) & (times < end)
    return inside


def musics() -> dict[str, Sound]:
    """Forty seconds in each style, mono at 16 kHz."""
    synth = choose_synthesizer("sampler")
    mixes = {style: played(cue_in(style), synth).mix.mean(axis=1) for style in style_names()}
    return {style: np.asarray(resample_poly(mix, 1, 3), np.float32) for style, mix in mixes.items()}


def others(music: dict[str, Sound]) -> dict[str, Sound]:
    """What speech is mixed with."""
    noise = np.random.default_rng(0).normal(0, 0.05, 40 * RATE).astype(np.float32)
    return {**music, "white noise": noise}


def row(name: str, pairs: list[tuple[Sound, NDArray[np.bool_]]], find: Callable[[Sound], Spans]) -> str:
    """A line of the table: precision and recall over (sound, truth)."""
    both = found = true = 0
    for sound, truth in pairs:
        marks = marked(find(sound), len(truth))
        both, found, true = both + int((marks & truth).sum()), found + int(marks.sum()), true + int(truth.sum())
    return f"| {name} | {both / max(found, 1):.3f} | {both / true:.3f} |"


def lines(find: Callable[[Sound], Spans] = found_in) -> Iterator[str]:
    """The two tables."""
    with tempfile.TemporaryDirectory() as folder:
        voices = [voice(name, Path(folder)) for name in VOICES]
    truths, music = [spoken(one) for one in voices], musics()
    yield "| twelve voices | precision | recall |"
    yield "|---|---|---|"
    yield row("clean", list(zip(voices, truths, strict=True)), find)
    yield row("clean, at -50 dBFS", [(one * 0.01, truth) for one, truth in zip(voices, truths, strict=True)], find)
    for ratio in RATIOS:
        for name, other in others(music).items():
            pairs = [(mixed(one, other, ratio), truth) for one, truth in zip(voices, truths, strict=True)]
            yield row(f"{name}, {ratio:g} dB", pairs, find)
    yield ""
    yield "| alone | taken for speech |"
    yield "|---|---|"
    for name, other in others(music).items():
        false = sum(end - start for start, end in find(other))
        yield f"| {name} | {false * RATE / len(other):.1%} |"


def main() -> None:
    """Print the tables."""
    for line in lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
