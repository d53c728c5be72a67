"""What a song has done so far: counters of runs, and how like the present each earlier place is.

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

import torch
from torch import Tensor
from torch.nn import functional

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
_DECAYS = (0.7, 0.9, 0.97, 0.9, 0.87)  # a second, of the five shares in their order
_FIRST_SHARE = 3
_TOKENS = VOCABULARY + 1  # chords, END, PAD, and what stands before the first chord
_MOST_SECONDS, _MOST_CHORDS = 32, 24
_OF_EACH_SONG = (
    "tokens", "starts", "followers", "changed", "before", "lengths", "runs", "_rhythm", "_roots", "_seconds", "_chords",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class SongRecord:
    """What a batch of songs looked like at each place, all but ``followers`` from places up to it.

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

    Attributes:
        length: places heard.
        tokens: (batch, steps) what was heard.
        changed: (batch, steps) whether a run began there.
        runs: (batch, steps) as in :class:`SongRecord`, in the features' number format.
        starts: (batch, steps) as in :class:`SongRecord`.
        before: (batch, 3) at the last place.
        lengths: (batch, 3) at the last place.
        followers: (batch, steps) as far as known.
    """

    def __init__(self, batch: int, steps: int, like: Tensor) -> None:
        self.length = 0
        whole = torch.zeros(batch, steps, dtype=torch.int64, device=like.device)
        self.tokens, self.starts, self.followers = whole, whole.clone(), torch.full_like(whole, PAD)
        self.changed = torch.zeros_like(whole, dtype=torch.bool)
        self.before = torch.full((batch, EARLIER), PAD, device=like.device)
        self.lengths = torch.zeros_like(self.before)
        self.runs = like.new_zeros(batch, steps)
        self._rhythm = torch.zeros(batch, steps, 2, dtype=torch.int64, device=like.device)  # last two runs' lengths
        self._roots, self._root_of_token = whole.clone(), root_of(torch.arange(_TOKENS, device=like.device))
        self._seconds, self._chords = like.new_zeros(batch, steps), like.new_zeros(batch, steps)
        self._shares = like.new_zeros(len(_DECAYS), batch, steps)
        self._decays = like.new_tensor(_DECAYS)[:, None, None]
        self._distances = torch.log1p(torch.arange(steps - 1, -1, -1, device=like.device).to(like.dtype)) / 6

    def hear(self, tokens: Tensor) -> Tensor:
        """Take in the next chord of each song, (batch,); gives the pair features (features, batch, length)."""
        turned = self._count(tokens)
        self.length += 1
        same = (self.tokens[:, : self.length] == tokens[:, None]).to(self.runs.dtype)
        seconds = self._like_seconds(same)
        chords = self._like_chords(same, turned)
        shares = self._like_shares(same, turned)
        return self._row(same, seconds, chords, shares)

    def chosen(self, takes: Tensor) -> SongMemory:
        """What the takes with these numbers, (n,), have heard; they go on by themselves."""
        copy = SongMemory.__new__(SongMemory)
        copy.__dict__.update(self.__dict__)
        for name in (
            "tokens",
            "starts",
            "followers",
            "changed",
            "before",
            "lengths",
            "runs",
            "_rhythm",
            "_roots",
            "_seconds",
            "_chords",
        ):
            setattr(copy, name, getattr(self, name)[takes])
        copy._shares = self._shares[:, takes]
        return copy

    def _count(self, tokens: Tensor) -> Tensor:
        """Write down the chord at place ``length``; gives (batch,), whether it is another one than before."""
        place = self.length
        self.tokens[:, place] = tokens
        self._roots[:, place] = self._root_of_token[tokens]
        if place == 0:
            turned = torch.ones_like(tokens, dtype=torch.bool)
            self.runs[:, 0] = 1.0
        else:
            last = self.tokens[:, place - 1]
            turned = tokens != last
            begun, lasted = self.starts[:, place - 1], self.runs[:, place - 1]
            self._finish_runs(turned, tokens, last, begun, lasted)
            self.runs[:, place] = torch.where(turned, 1.0, lasted + 1.0)
            self.starts[:, place] = torch.where(turned, place, begun)
        self.changed[:, place] = turned
        self._rhythm[:, place] = self.lengths[:, :2]
        return turned

    def _finish_runs(self, turned: Tensor, tokens: Tensor, last: Tensor, begun: Tensor, lasted: Tensor) -> None:
        """Where the chord has changed, remember the run that ended: what followed it, its chord, its length."""
        ended = (self.starts[:, : self.length] == begun[:, None]) & turned[:, None]
        self.followers[:, : self.length] = torch.where(ended, tokens[:, None], self.followers[:, : self.length])
        now = turned[:, None]
        self.before = torch.where(now, torch.cat((last[:, None], self.before[:, :-1]), 1), self.before)
        longer = torch.cat((lasted[:, None].to(self.lengths.dtype), self.lengths[:, :-1]), 1)
        self.lengths = torch.where(now, longer, self.lengths)

    def _like_seconds(self, same: Tensor) -> Tensor:
        """(batch, length) length of the common suffix of the seconds up to ``j`` and those up to now."""
        self._seconds[:, 1 : self.length] = self._seconds[:, : self.length - 1].clone()
        self._seconds[:, 0] = 0.0
        self._seconds[:, : self.length].add_(1.0).mul_(same)
        return self._seconds[:, : self.length]

    def _like_chords(self, same: Tensor, turned: Tensor) -> Tensor:
        """(batch, length) the same of chords with their runs taken as one; 0 inside the present run."""
        starts = self.starts[:, : self.length]
        known = self._chords[:, : self.length]
        previous = known.gather(1, (starts - 1).clamp(min=0)) * (starts > 0)
        grown = (previous + 1.0) * same * (starts < starts[:, -1:])
        known.copy_(torch.where(turned[:, None], grown, known))
        return known

    def _like_shares(self, same: Tensor, turned: Tensor) -> Tensor:
        """(5, batch, length) decayed shares of like chords (three decays), roots, and holds and changes."""
        length = self.length
        roots = self._roots[:, :length] == self._roots[:, length - 1 : length]
        turns = self.changed[:, :length] == turned[:, None]
        fresh = torch.stack((same, same, same, roots.to(same.dtype), turns.to(same.dtype))) * (1.0 - self._decays)
        fresh[..., 1:] += self._decays * self._shares[..., : length - 1]
        self._shares[..., :length] = fresh
        return fresh

    def _row(self, same: Tensor, seconds: Tensor, chords: Tensor, shares: Tensor) -> Tensor:
        """The features, in the order of :data:`PAIR_FEATURES`."""
        length = self.length
        row = same.new_empty(len(PAIR_FEATURES), *same.shape)
        longer = ((self.runs[:, length - 1 : length] - self.runs[:, :length]) / 4.0).clamp(-1.0, 1.0)
        row[0], row[1] = same, self._roots[:, :length] == self._roots[:, length - 1 : length]
        row[2] = torch.log1p(seconds.clamp(max=_MOST_SECONDS)) / 3.0
        row[_FIRST_SHARE : _FIRST_SHARE + len(_DECAYS)] = shares
        row[8], row[9], row[10] = torch.log1p(chords.clamp(max=_MOST_CHORDS)) / 3.0, chords >= 2, chords >= 4
        row[11], row[12] = longer, longer.abs()
        row[13, :, : length - 1], row[13, :, length - 1] = self.changed[:, 1:length], 0.0
        row[14] = self._distances[len(self._distances) - length :]
        row[15], row[16] = shares[2] ** 4, (longer == 0) * same
        row[17], row[18], row[19] = seconds >= 8, shares[1] ** 4, 1.0
        beside = functional.pad(shares[2], (1, 1))
        row[20] = (shares[2] - torch.maximum(beside[:, :-2], beside[:, 2:])) * 4.0
        rhythm = self._rhythm[:, :length] == self._rhythm[:, length - 1 : length]
        row[21], row[22] = rhythm[..., 0], rhythm.all(-1)
        return row


@torch.no_grad()
def record_of(tokens: Tensor, like: Tensor) -> SongRecord:
    """Hear whole songs, (batch, time); features are in the number format and on the device of ``like``."""
    return hear_all(SongMemory(len(tokens), tokens.shape[1], like), tokens)


def hear_all(memory: SongMemory, tokens: Tensor) -> SongRecord:
    """Have a memory that has heard nothing hear songs, (batch, time), and write down what it made of each place."""
    batch, time = tokens.shape
    pairs = memory.runs.new_zeros(len(PAIR_FEATURES), batch, time, time)
    before, lengths = [], []
    for place in range(time):
        pairs[:, :, place, : place + 1] = memory.hear(tokens[:, place])
        before.append(memory.before)
        lengths.append(memory.lengths)
    runs, starts, followers = memory.runs.to(torch.int64), memory.starts, memory.followers
    known = (runs[:, :time], starts[:, :time], torch.stack(before, 1), torch.stack(lengths, 1), followers[:, :time])
    return SongRecord(pairs, *known)


def root_of(tokens: Tensor) -> Tensor:
    """1..12 for a chord's root from C, 0 for "N"; what is no chord stays itself, like nothing else."""
    return torch.where(tokens < CHORDS, (tokens + 12) // 13, tokens)
