"""The melody network as PyTorch trains it; :mod:`hitpoint.core.melody.network` is the same arithmetic in numpy.

A GRU hears the notes. Two heads decide, first when the next note comes, then which it is; each sees what its memory's
pointers propose and how far these are to be trusted, and may add to the logit of each proposal.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hitpoint.core.melody.decisions import NO_BARS
from hitpoint.core.melody.line import BAR, DENSITIES, GAPS, PITCHES
from hitpoint.core.melody.memory import FEATURES, POINTERS

HIDDEN = 176
HEAD = 192
DROPOUT = 0.25


class MelodyNetwork(nn.Module):
    """See the module's docstring; sizes are part of the file format."""

    def __init__(self) -> None:
        super().__init__()
        self.pitch = nn.Embedding(PITCHES + 1, 32)
        self.gap = nn.Embedding(GAPS + 1, 16)
        self.place = nn.Embedding(BAR, 12)
        self.root = nn.Embedding(13, 8)
        self.bars = nn.Embedding(NO_BARS + 1, 8)
        self.change = nn.Embedding(BAR + 1, 8)
        self.density = nn.Embedding(DENSITIES, 8)
        self.gap_proposal = nn.Embedding(GAPS + 1, 12)
        self.pitch_proposal = nn.Embedding(PITCHES + 1, 16)
        self.gru = nn.GRU(32 + 16 + 12 + 8 + 12, HIDDEN, batch_first=True)
        when = HIDDEN + 12 + 16 + 8 + 8 + 1 + POINTERS * (12 + FEATURES)
        which = HIDDEN + 12 + 16 + 16 + 8 + 24 + 32 + POINTERS * (32 + FEATURES)
        self.when_hidden = nn.Linear(when, HEAD)
        self.when_out = nn.Linear(HEAD, GAPS + POINTERS)
        self.which_hidden = nn.Linear(which, HEAD)
        self.which_out = nn.Linear(HEAD, PITCHES + 2 * POINTERS)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, rows: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Logits of gaps (B, D, GAPS) and pitches (B, D, PITCHES); rows as in ``Decisions``, (B, D, ...) each."""
        note, when, which = rows["note"], rows["when"], rows["which"]
        heard = [self.pitch(note[..., 0]), self.gap(note[..., 1]), self.place(note[..., 2]), self.root(note[..., 3])]
        state = self.dropout(self.gru(torch.cat([*heard, rows["chroma"]], -1))[0])
        return self._when(state, when, rows), self._which(state, which, note, rows)

    def _when(self, state: Tensor, when: Tensor, rows: dict[str, Tensor]) -> Tensor:
        told = [self.place(when[..., 0]), self.bars(when[..., 1:3]).flatten(-2), self.change(when[..., 3])]
        told += [self.density(when[..., 4]), when[..., 5:6].to(state.dtype)]
        seen = [self.gap_proposal(rows["gap_pointers"]).flatten(-2), rows["gap_trust"].flatten(-2)]
        hidden = self.dropout(torch.relu(self.when_hidden(torch.cat([state, *told, *seen], -1))))
        return _pointed(self.when_out(hidden), rows["gap_pointers"], GAPS)

    def _which(self, state: Tensor, which: Tensor, note: Tensor, rows: dict[str, Tensor]) -> Tensor:
        told = [self.place(which[..., 0]), self.gap(which[..., 1]), self.bars(which[..., 2:4]).flatten(-2)]
        told += [self.root(which[..., 4]), rows["next_chroma"], self.pitch(note[..., 0])]
        proposals = rows["pitch_pointers"]
        seen = [self.pitch_proposal(proposals).flatten(-3), rows["pitch_trust"].flatten(-2)]
        hidden = self.dropout(torch.relu(self.which_hidden(torch.cat([state, *told, *seen], -1))))
        return _pointed(self.which_out(hidden), proposals.flatten(-2), PITCHES)


def _pointed(out: Tensor, proposals: Tensor, classes: int) -> Tensor:
    """Logits with what each pointer adds to that of its proposal; the class after the last stands for no proposal."""
    logits = nn.functional.pad(out[..., :classes], (0, 1))
    return logits.scatter_add(-1, proposals, out[..., classes:])[..., :classes]
