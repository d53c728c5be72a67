"""What makes a real song better than itself spoilt: the weights by which takes are judged, fitted and tested.

Each held-out song of Billboard and POP909 is set beside copies of itself with one thing spoilt, :data:`SPOILINGS`, and
a weighted sum of a few terms is fitted so that the real one has more (logistic regression on the differences). Songs
are split in five; each fifth is judged by weights that never saw it. :data:`UNSEEN` kinds take no part in the fit.

::

    python -m hitpoint.core.training.evaluation.ranking_fit MUVI_SYNC FOLDER_OF_CORPORA [CHECKPOINT]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.harmony.degrees import in_other_mode, transposed_token
from hitpoint.core.compose.harmony.judging import alternation, cadences, on_bars, standstill
from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.places import PLACES
from hitpoint.core.model.rules.approach import transitions
from hitpoint.core.model.vocabulary import CHORDS
from hitpoint.core.training.data.corpora import mode_profiles
from hitpoint.core.training.data.datasets import Segments, read_split
from hitpoint.core.training.data.memory_windows import whole_window
from hitpoint.core.training.data.metre_songs import read_metre_songs
from hitpoint.core.training.data.metre_steps import stepped
from hitpoint.core.training.data.segments import TimedChords
from hitpoint.core.training.evaluation.teacher_forcing import memory_guesses

TERMS = ("likelihood", "gain", "standstill", "alternation", "on_bars", "cadences")

_FOLDS = 5
_RIDGE = 3e-2  # of the weights' squares, beside the mean loss
_STEPS = 400  # of Newton's method, at most
_BAR, _TO_SECTION_END = PLACES.index("bar"), PLACES.index("to section end")

Tokens = NDArray[np.int64]
Reals = NDArray[np.float64]
Spoiling = Callable[[Tokens, np.random.Generator, bool], Tokens]


def shuffled_bars(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """The bars in any order."""
    bars = tokens[: len(tokens) // 2 * 2].reshape(-1, 2)
    return np.concatenate((bars[rng.permutation(len(bars))].ravel(), tokens[len(bars) * 2 :]))


def stuck(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """Forty to sixty steps on two of its chords in turn."""
    spoilt, length = tokens.copy(), min(int(rng.integers(40, 61)), len(tokens) - 8)
    start = 2 * int(rng.integers(0, (len(tokens) - length) // 2))
    kinds = np.unique(tokens)
    first, second = rng.choice(kinds, 2, replace=len(kinds) < 2)
    held = int(rng.choice((2, 4)))
    spoilt[start : start + length] = np.where(np.arange(length) // held % 2 == 0, first, second)
    return spoilt


def other_mode(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """Half of it in the parallel mode, as if it were in its own."""
    moved = np.array([transposed_token(in_other_mode(t, to_minor=not is_minor), 3 if is_minor else -3) for t in tokens])
    half = len(tokens) // 2
    return np.concatenate((tokens[:half], moved[half:]))


def half_bar_shift(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """Everything half a bar late."""
    return np.concatenate((tokens[:1], tokens[:-1]))


def random_walk(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """A walk by counts of pairs."""
    known, walk = transitions(), [int(tokens[0])]
    for _ in range(len(tokens) - 1):
        walk.append(int(rng.choice(CHORDS, p=known[walk[-1]])))
    return np.array(walk)


def backwards(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """From its end to its beginning."""
    return tokens[::-1].copy()


def wrong_chords(tokens: Tokens, rng: np.random.Generator, is_minor: bool) -> Tokens:
    """Every sixth bar a chord of the song that does not stand there."""
    spoilt, kinds = tokens.copy(), np.unique(tokens)
    for bar in range(len(tokens) // 2):
        if rng.random() < 1 / 6:
            spoilt[2 * bar : 2 * bar + 2] = rng.choice(kinds)
    return spoilt


SPOILINGS: dict[str, Spoiling] = {
    "shuffled bars": shuffled_bars, "stuck": stuck, "other mode": other_mode, "half-bar shift": half_bar_shift,
    "random walk": random_walk,
}  # fmt: skip
UNSEEN: dict[str, Spoiling] = {"backwards": backwards, "wrong chords": wrong_chords}


@dataclass(frozen=True, eq=False)
class RankingFit:
    """What came out.

    Attributes:
        weights: of :data:`TERMS`.
        wins: kind -> share of songs that beat themselves spoilt so; unseen kinds too.
        plain: the same by likelihood alone.
    """

    weights: dict[str, float]
    wins: dict[str, float]
    plain: dict[str, float]


def fitted(model: MemoryAMT, songs: Sequence[TimedChords], seed: int = 0) -> RankingFit:
    """Fit and test on held-out songs in half bars."""
    real = _terms_of(model, songs)
    kinds = {**SPOILINGS, **UNSEEN}
    spoilt = {}
    for number, (name, spoil) in enumerate(kinds.items()):
        rngs = [np.random.default_rng((seed, number, at)) for at in range(len(songs))]
        changed = [_spoilt(song, spoil, rng) for song, rng in zip(songs, rngs, strict=True)]
        spoilt[name] = real - _terms_of(model, changed)
    fold = np.arange(len(songs)) % _FOLDS
    wins = {name: np.zeros(len(songs)) for name in kinds}
    for part in range(_FOLDS):
        known = np.concatenate([spoilt[name][fold != part] for name in SPOILINGS])
        weights = _logistic(known)
        for name in kinds:
            wins[name][fold == part] = spoilt[name][fold == part] @ weights > 0
    weights = _logistic(np.concatenate([spoilt[name] for name in SPOILINGS]))
    return RankingFit(
        dict(zip(TERMS, weights.round(4).tolist(), strict=True)),
        {name: float(won.mean()) for name, won in wins.items()},
        {name: float((rows[:, 0] > 0).mean()) for name, rows in spoilt.items()},
    )


def _terms_of(model: MemoryAMT, songs: Sequence[TimedChords]) -> Reals:
    """(songs, terms)."""
    rows = []
    for song, guess in zip(
        songs, memory_guesses(model, [whole_window(s, model.max_steps) for s in songs]), strict=True
    ):
        tokens = song.segments.tokens[: model.max_steps]
        inside = guess.targets < CHORDS
        said = guess.log_probabilities[inside][np.arange(inside.sum()), guess.targets[inside]]
        counted = np.log(transitions()[tokens[:-1], tokens[1:]])
        likelihood, minor = float(said.mean()), [song.is_minor] * len(tokens)
        assert song.places is not None
        places = song.places[: len(tokens)]
        chords, ends = tokens.tolist(), np.flatnonzero(_is_section_end(places)).tolist()
        rows.append(
            (
                likelihood,
                likelihood - float(counted.mean()),
                standstill(chords, [1.0] * len(chords)),
                alternation(chords),
                on_bars(chords, (places[:, _BAR] == 1).tolist()),
                cadences(chords, ends, minor),
            )
        )
    return np.array(rows)


def _is_section_end(places: Tokens) -> NDArray[np.bool_]:
    """(steps,) whether a step is the last of its section."""
    is_last_bar = places[:, _TO_SECTION_END] == 1
    return np.asarray(is_last_bar & np.append(~is_last_bar[1:], True))


def _spoilt(song: TimedChords, spoil: Spoiling, rng: np.random.Generator) -> TimedChords:
    tokens = spoil(song.segments.tokens, rng, song.is_minor)
    segments = Segments(song.segments.ends, tokens)
    return TimedChords(song.name, song.source, song.is_minor, segments, song.seconds, places=song.places)


def _logistic(differences: Reals) -> Reals:
    """(terms,) weights that make the differences positive.

    Logistic regression without a constant, by Newton's method.
    """
    scale = differences.std(axis=0) + 1e-9
    rows, weights = differences / scale, np.zeros(differences.shape[1])
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(rows @ weights))
        slope = -(rows * chance[:, None]).mean(axis=0) + _RIDGE * weights
        bend = (rows * (chance * (1 - chance))[:, None]).T @ rows / len(rows) + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    result: Reals = weights / scale
    return result


def main(arguments: Sequence[str]) -> int:
    """Print the fit as JSON."""
    muvi, corpora, *checkpoint = (Path(argument) for argument in arguments)
    model = load_chord_model(checkpoint[0] if checkpoint else default_checkpoint("amt"))
    assert isinstance(model, MemoryAMT)
    profiles = mode_profiles(read_split(muvi, "train", with_semantic=False))
    held_out = [song for song in read_metre_songs(corpora, profiles) if song.is_held_out]
    songs = [
        timed for song in held_out if (timed := stepped(song, "half")) is not None and len(timed.segments.tokens) > 64
    ]
    print(json.dumps(fitted(model, songs).__dict__, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
