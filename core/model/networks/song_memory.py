"""The memory of a song so far: counters of runs, and how like the present each earlier place is.

Songs repeat themselves, and what came next the last time is the best guess of what comes next now: the idea of the
continuous cache (Grave, Joulin & Usunier 2017, arXiv 1612.04426) and of induction heads (Olsson et al. 2022, arXiv
2209.11895). A network learns to match long suffixes only from much data, so the matches are given to it:
:data:`PAIR_FEATURES` of each earlier place ``j`` and the present ``t``, from which it makes the biases of its attention
and of its pointers.

All of it is computed one place after the other, from that place's chord and the row before, so nothing can depend on
what comes later; a whole song is read by hearing it chord by chord.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.model.vocabulary import CHORDS, PAD, VOCABULARY

LONGEST_RUN = 16  # runs are counted up to here
EARLIER = 3  # finished runs that are remembered

PAIR_FEATURES = (
    "same chord",
    "same root",
    "seconds alike up to here: log(1 + n) / 3, n at most 32",
    "share of like chords, the last few seconds",
    "share of like chords, the last ten seconds",
    "share of like chords, the last half-minute",
    "share of like roots, the last ten seconds",
    "share of like holds and changes, the last eight seconds",
    "chords alike up to here, however long: log(1 + n) / 3, n at most 24",
    "two chords alike",
    "four chords alike",
    "seconds longer the present chord has lasted: a quarter of them, within -1..1",
    "the same without its sign",
    "the chord changed right after j",
    "distance: log(1 + seconds) / 6",
    "fourth power of the half-minute's share",
    "same chord, lasted equally long",
    "eight seconds alike",
    "fourth power of the ten seconds' share",
    "one",
    "how much more the half-minute's share is here than a second earlier or later: four times the difference",
    "the last run lasted equally long",
    "the last two runs lasted equally long",
)
_DECAYS = np.array([0.7, 0.9, 0.97, 0.9, 0.87])[:, None, None]  # a second, of the five shares in their order
_FRESH = 1.0 - _DECAYS
RECENT_SHARE = _FIRST_SHARE = 3  # the feature of the last few seconds
_TOKENS = VOCABULARY + 1  # chords, END, PAD, and what stands before the first chord
_MOST_SECONDS, _MOST_CHORDS = 32, 24
_OF_SECONDS = np.log1p(np.arange(_MOST_SECONDS + 1)) / 3.0
_OF_CHORDS = np.log1p(np.arange(_MOST_CHORDS + 1)) / 3.0
_OF_EACH_SONG = (
    "tokens", "starts", "followers", "changed", "before", "lengths", "runs", "_roots", "_seconds", "_chords",
)  # fmt: skip

# 1..12 for a chord's root from C, 0 for "N"; what is no chord stays itself, like nothing else.
_ROOTS = np.where(np.arange(_TOKENS) < CHORDS, (np.arange(_TOKENS) + 12) // 13, np.arange(_TOKENS))

Tokens = NDArray[np.int64]
Reals = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class SongRecord:
    """The record of a batch of songs at each place, all but ``followers`` from places up to it.

    Attributes:
        pairs: (features, batch, time, time) likeness of place ``t`` and place ``j``; 0 for ``j`` after ``t``.
        runs: (batch, time) seconds the chord has lasted, from 1.
        starts: (batch, time) place where its run began.
        before: (batch, time, 3) the last different chords, the latest first; PAD for none.
        lengths: (batch, time, 3) how long they lasted.
        followers: (batch, time) the chord of the next run, PAD if there is none; known at ``t`` only where
            ``starts[j] < starts[t]``.
    """

    pairs: Tensor
    runs: Tensor
    starts: Tensor
    before: Tensor
    lengths: Tensor
    followers: Tensor


class SongMemory:
    """A batch of songs being heard, at most ``steps`` places long; it lives in one decoding.

    In NumPy: it is a hundred small operations a place, which cost a third of what they do in torch.

    Attributes:
        length: places heard.
        tokens: (batch, steps) what was heard.
        changed: (batch, steps) whether a run began there.
        runs: (batch, steps) as in :class:`SongRecord`.
        starts: (batch, steps) as in :class:`SongRecord`.
        before: (batch, 3) at the last place.
        lengths: (batch, 3) at the last place.
        followers: (batch, steps) as far as known.
    """

    def __init__(self, batch: int, steps: int) -> None:
        self.length = 0
        self.tokens, self.starts, self.runs = (np.zeros((batch, steps), np.int64) for _ in range(3))
        self.followers = np.full((batch, steps), PAD, np.int64)
        self.changed = np.zeros((batch, steps), np.bool_)
        self.before = np.full((batch, EARLIER), PAD, np.int64)
        self.lengths = np.zeros((batch, EARLIER), np.int64)
        self._rhythm = np.zeros((2, batch, steps), np.int64)  # lengths of the last two runs
        self._roots = np.zeros((batch, steps), np.int64)
        self._seconds, self._chords = np.zeros((batch, steps)), np.zeros((batch, steps), np.int64)
        self._shares = np.zeros((len(_DECAYS), batch, steps))
        self._distances = np.log1p(np.arange(steps - 1, -1, -1.0)) / 6

    def hear(self, tokens: Tokens) -> Reals:
        """Take in the next chord of each song, (batch,); gives the pair features (features, batch, length)."""
        turned = self._count(tokens)
        self.length += 1
        same = self.tokens[:, : self.length] == tokens[:, None]
        seconds = self._like_seconds(same)
        chords = self._like_chords(same, turned)
        shares = self._like_shares(same, turned)
        return self._row(same, seconds, chords, shares)

    def chosen(self, takes: Tokens) -> SongMemory:
        """The memories of the takes with these numbers, (n,); they go on by themselves."""
        copy = SongMemory.__new__(SongMemory)
        copy.__dict__.update(self.__dict__)
        for name in _OF_EACH_SONG:
            setattr(copy, name, getattr(self, name)[takes])
        copy._shares, copy._rhythm = self._shares[:, takes], self._rhythm[:, takes]
        return copy

    def _count(self, tokens: Tokens) -> Mask:
        """Write down the chord at place ``length``; gives (batch,), whether it is another one than before."""
        place = self.length
        self.tokens[:, place] = tokens
        self._roots[:, place] = _ROOTS[tokens]
        if place == 0:
            turned = np.ones(tokens.shape, np.bool_)
            self.runs[:, 0] = 1
        else:
            last = self.tokens[:, place - 1]
            turned = tokens != last
            begun, lasted = self.starts[:, place - 1], self.runs[:, place - 1]
            if turned.any():
                self._finish_runs(turned, tokens, last, begun, lasted)
            self.runs[:, place] = np.where(turned, 1, lasted + 1)
            self.starts[:, place] = np.where(turned, place, begun)
        self.changed[:, place] = turned
        self._rhythm[:, :, place] = self.lengths[:, :2].T
        return turned

    def _finish_runs(self, turned: Mask, tokens: Tokens, last: Tokens, begun: Tokens, lasted: Tokens) -> None:
        """Where the chord has changed, remember the run that ended: what followed it, its chord, its length."""
        now = turned[:, None]
        ended = (self.starts[:, : self.length] == begun[:, None]) & now
        followers = self.followers[:, : self.length]
        followers[...] = np.where(ended, tokens[:, None], followers)
        self.before = np.where(now, np.concatenate((last[:, None], self.before[:, :-1]), 1), self.before)
        self.lengths = np.where(now, np.concatenate((lasted[:, None], self.lengths[:, :-1]), 1), self.lengths)

    def _like_seconds(self, same: Mask) -> Reals:
        """(batch, length) length of the common suffix of the seconds up to ``j`` and those up to now."""
        known = self._seconds[:, : self.length]
        grown = np.zeros(same.shape)
        grown[:, 1:] = known[:, :-1]
        grown += 1.0
        grown *= same
        known[...] = grown
        return grown

    def _like_chords(self, same: Mask, turned: Mask) -> Tokens:
        """(batch, length) the same of chords with their runs taken as one; 0 inside the present run."""
        known = self._chords[:, : self.length]
        if turned.any():
            starts = self.starts[:, : self.length]
            previous = np.take_along_axis(known, np.maximum(starts - 1, 0), 1) * (starts > 0)
            grown = (previous + 1) * (same & (starts < starts[:, -1:]))
            known[...] = np.where(turned[:, None], grown, known)
        return known

    def _like_shares(self, same: Mask, turned: Mask) -> Reals:
        """(5, batch, length) decayed shares of like chords (three decays), roots, and holds and changes."""
        length = self.length
        roots = self._roots[:, :length]
        shares = self._shares[..., :length]
        fresh = np.empty((len(_DECAYS), *same.shape))
        fresh[:3] = same
        fresh[3] = roots == roots[:, -1:]
        fresh[4] = self.changed[:, :length] == turned[:, None]
        fresh *= _FRESH
        fresh[..., 1:] += _DECAYS * shares[..., :-1]
        shares[...] = fresh
        return fresh

    def _row(self, same: Mask, seconds: Reals, chords: Tokens, shares: Reals) -> Reals:
        """The features, in the order of :data:`PAIR_FEATURES`."""
        length = self.length
        row = np.empty((len(PAIR_FEATURES), *same.shape))
        runs, roots = self.runs[:, :length], self._roots[:, :length]
        longer = np.minimum(np.maximum((runs[:, -1:] - runs) / 4.0, -1.0), 1.0)
        row[0], row[1] = same, roots == roots[:, -1:]
        row[2] = _OF_SECONDS[np.minimum(seconds, _MOST_SECONDS).astype(np.int64)]
        row[_FIRST_SHARE : _FIRST_SHARE + len(_DECAYS)] = shares
        row[8], row[9], row[10] = _OF_CHORDS[np.minimum(chords, _MOST_CHORDS)], chords >= 2, chords >= 4
        row[11] = longer
        np.abs(longer, out=row[12])
        row[13, :, :-1], row[13, :, -1] = self.changed[:, 1:length], 0.0
        row[14] = self._distances[len(self._distances) - length :]
        squares = shares[1:3] ** 2
        np.square(squares[1], out=row[15])
        row[16], row[17] = (longer == 0) & same, seconds >= 8
        np.square(squares[0], out=row[18])
        row[19] = 1.0
        beside = np.zeros((len(same), length + 2))
        beside[:, 1:-1] = shares[2]
        row[20] = (shares[2] - np.maximum(beside[:, :-2], beside[:, 2:])) * 4.0
        rhythm = self._rhythm[..., :length]
        alike = rhythm == rhythm[..., -1:]
        row[21], row[22] = alike[0], alike[0] & alike[1]
        return row


def record_of(tokens: Tensor, like: Tensor) -> SongRecord:
    """Hear whole songs, (batch, time); features are in the number format and on the device of ``like``."""
    return hear_all(SongMemory(*tokens.shape), tokens, like)


def hear_all(memory: SongMemory, tokens: Tensor, like: Tensor) -> SongRecord:
    """Have a memory that has heard nothing hear songs, (batch, time), and write down what it made of each place."""
    batch, time = tokens.shape
    heard = tokens.cpu().numpy()
    pairs = np.zeros((len(PAIR_FEATURES), batch, time, time), np.float64 if like.dtype == torch.float64 else np.float32)
    before, lengths = [], []
    for place in range(time):
        pairs[:, :, place, : place + 1] = memory.hear(heard[:, place])
        before.append(memory.before)
        lengths.append(memory.lengths)
    known = [memory.runs[:, :time], memory.starts[:, :time], np.stack(before, 1), np.stack(lengths, 1)]
    there = [torch.as_tensor(rows, device=like.device) for rows in (*known, memory.followers[:, :time])]
    return SongRecord(torch.as_tensor(pairs, dtype=like.dtype, device=like.device), *there)
