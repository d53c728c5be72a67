"""AMT with a memory of the song: our own chord model, in the place of the paper's.

Of the Affective Multimodal Transformer (Kang, Poria, Herremans 2023, arXiv 2311.00968) there stay the bidirectional
encoder over what is seen, the causal decoder over chords that knows distances (Vaswani et al. 2017, with rotary
positions, Su et al. 2021, for the relative ones of Music Transformer, Huang et al. 2018), and an affective objective.
What is new:

* the encoder also reads fixed chords, wished attributes and the clock of the piece (:mod:`.conditions`), and is added
  row by row instead of attended to, for a row of it and a chord are about the same second;
* the decoder remembers: likeness of each earlier place to the present is given to it (:mod:`.song_memory`), draws one
  layer's attention to what followed there, and steers pointers that copy (:mod:`.pointers`);
* affect is learnt from the music's own attributes, not from the picture's moods, with which real chords do not agree.

Row ``p`` of every input is about second ``p`` of the window; the decoder is fed the chord of second ``p - 1``, and at
the first row always BEGIN: so windows that start inside a song were trained.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.conditions import ATTRIBUTES, LEVELS, Conditions, conditions_of
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.condition_encoder import (
    ConditionBatch,
    ConditionEncoder,
    PlaceInput,
    WishInput,
    stacked,
)
from hitpoint.core.model.networks.key_cache import HeardKeys, room_for
from hitpoint.core.model.networks.pointers import BEGIN, INPUTS, OUTPUTS, PairBias, PlaceBias, Pointers, completed
from hitpoint.core.model.networks.rotary_attention import HIDDEN, RotaryLayer, turns_of
from hitpoint.core.model.networks.single_step import LayerStep, MixtureStep, NetworkStep, PairBiasStep, complex_turns
from hitpoint.core.model.networks.song_memory import EARLIER, LONGEST_RUN, SongMemory, hear_all, record_of
from hitpoint.core.model.networks.speculation import GUESSES, Answer, hearing
from hitpoint.core.model.vocabulary import CHORDS, VOCABULARY

IMPOSSIBLE = -1e4  # the logit of PAD

_PLACED_MANNER = (
    2  # the source in whose manner pieces with bars are composed: POP909, whose harmony is richer than Billboard's
)
_HEARD = 2  # of the earlier chords, those that are heard themselves


@dataclass(frozen=True, eq=False)
class MemoryOutput:
    """What :meth:`MemoryAMT.forward` says of each row.

    Attributes:
        log_p: (batch, time, 158) logarithm of the probability of each chord and of END.
        vocabulary: (batch, time, 158) the same of the softmax part alone, for a loss of its own.
        attributes: (batch, time, 4, 8) logits of the level of each attribute: the affective objective.
    """

    log_p: Tensor
    vocabulary: Tensor
    attributes: Tensor


@dataclass(frozen=True, eq=False)
class EncodedPiece:
    """What :meth:`MemoryAMT.encode` read.

    Attributes:
        rows: (variants, rows, dim), one for each set of conditions.
        is_minor: the mode.
        source: whose manner it is composed in.
        alike: (heads and pointers, rows, rows) biases by what two places have in common; None where none is known.
    """

    rows: Tensor
    is_minor: bool
    source: int = 0
    alike: Tensor | None = None


@dataclass(eq=False)
class MemoryState:
    """Where a batch of takes stands. It lives in one decoding and is changed by each step.

    ``memory`` holds each take once; ``keys`` and ``pointed`` hold what was heard once for each variant of the
    conditions.
    """

    piece: EncodedPiece
    network: NetworkStep
    memory: SongMemory
    keys: HeardKeys  # of the layers: keys and values of the first, of the second ...
    pointed: HeardKeys  # of the pointers
    fixed: Tensor  # (1, dim) what is added to every input
    ahead: tuple[Answer, ...] = ()  # to what may be heard next, and after it

    @property
    def position(self) -> int:
        """Places heard."""
        return self.memory.length


class ChordInput(nn.Module):
    """A chord, how long it has lasted and what it came from, to a vector."""

    root_of_token: Tensor
    quality_of_token: Tensor

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        width = config.d_model
        self.chord, self.root, self.quality = (
            nn.Embedding(INPUTS, width),
            nn.Embedding(15, width),
            nn.Embedding(16, width),
        )
        self.earlier = nn.ModuleList(nn.Embedding(INPUTS, width) for _ in range(_HEARD))
        self.run = nn.Embedding(LONGEST_RUN + 1, width)
        self.lengths = nn.ModuleList(nn.Embedding(LONGEST_RUN + 1, width) for _ in range(EARLIER))
        self.minor, self.source = nn.Embedding(2, width), nn.Embedding(config.sources, width)
        token = torch.arange(INPUTS, device="cpu")
        roots = torch.where(token < CHORDS, (token + 12) // 13, 13)
        qualities = torch.where(token < CHORDS, torch.where(token == 0, 13, (token - 1) % 13), 14)
        self.register_buffer("root_of_token", roots, persistent=False)
        self.register_buffer("quality_of_token", qualities, persistent=False)
        sizes = [INPUTS, LONGEST_RUN + 1, *[INPUTS] * _HEARD, *[LONGEST_RUN + 1] * EARLIER]
        self.first_word = np.cumsum([0, *sizes[:-1]])

    def forward(self, tokens: Tensor, runs: Tensor, before: Tensor, lengths: Tensor) -> Tensor:
        """(..., dim) of tokens (...), seconds lasted (...), and earlier chords and their lengths (..., 3)."""
        x: Tensor = self.chord(tokens) + self.root(self.root_of_token[tokens])
        x = x + self.quality(self.quality_of_token[tokens]) + self.run(runs.clamp(max=LONGEST_RUN))
        for number, table in enumerate(self.earlier):
            x = x + table(before[..., number])
        lengths = lengths.clamp(max=LONGEST_RUN)
        for number, table in enumerate(self.lengths):
            x = x + table(lengths[..., number])
        return x

    def words(self) -> Tensor:
        """(words, dim) all tables one below the other, in the order of :meth:`indices`; a token's are added up."""
        tokens = self.chord.weight + self.root(self.root_of_token) + self.quality(self.quality_of_token)
        return torch.cat((tokens, self.run.weight, *_weights(self.earlier), *_weights(self.lengths)))

    def indices(self, tokens: NDArray[np.int64], memory: SongMemory) -> NDArray[np.int64]:
        """(batch, 7) rows of :meth:`words` that are the input for what was heard last; they sum to :meth:`forward`."""
        runs = memory.runs[:, memory.length - 1, None]
        lasted = np.minimum(np.concatenate((runs, memory.lengths), 1), LONGEST_RUN)
        parts = (tokens[:, None], lasted[:, :1], memory.before[:, :_HEARD], lasted[:, 1:])
        result: NDArray[np.int64] = np.concatenate(parts, 1) + self.first_word
        return result

    def manner(self, is_minor: Tensor, source: Tensor) -> Tensor:
        """(batch, dim) of the mode and the corpus, each (batch,)."""
        result: Tensor = self.minor(is_minor) + self.source(source)
        return result


class MemoryAMT(nn.Module):
    """Conditions and the chords so far to the next chord.

    :meth:`forward` trains and measures; :meth:`encode`, :meth:`start` and :meth:`step` compose, and make this a
    :class:`~hitpoint.core.model.chord_model.ChordModel`. In float64 (``model.double()``) the chords of a seed are the
    same on every machine.
    """

    turns: Tensor

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        self.config = config
        self.chords = ChordInput(config)
        self.encoder = ConditionEncoder(config) if config.has_encoder else None
        self.wishes = WishInput(config) if config.has_encoder else None
        self.places = PlaceInput(config) if config.place_hidden else None
        self.place_likeness = PlaceBias(config) if config.place_hidden else None
        self.dropout = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(RotaryLayer(config) for _ in range(config.n_layers))
        self.norm = nn.LayerNorm(config.d_model)
        self.likeness = PairBias(config)
        self.pointers = Pointers(config)
        self.head = nn.Linear(config.d_model, OUTPUTS)
        self.expert = nn.Linear(config.d_model, OUTPUTS) if config.has_expert else None
        self.affect = nn.Linear(config.d_model, len(ATTRIBUTES) * LEVELS)
        width = config.d_model // config.n_heads
        self.register_buffer("turns", turns_of(config.max_steps + 1, width), persistent=False)

    @property
    def max_steps(self) -> int:
        """Longest video and longest sequence of chords, in rows."""
        return self.config.max_steps

    @property
    def has_start(self) -> bool:
        """It can write the first chord."""
        return True

    def forward(
        self, tokens: Tensor, is_minor: Tensor, conditions: ConditionBatch | None = None, source: Tensor | None = None
    ) -> MemoryOutput:
        """What may come at each row.

        Args:
            tokens: (batch, time) int64, time at most ``max_steps + 1``: BEGIN, then the chords; the row of the first
                chord is row 0. Padding at the end is harmless.
            is_minor: (batch,) 0 or 1.
            conditions: at least ``time`` rows of each song; a model with an encoder was not trained without.
            source: (batch,) corpus; MuVi-Sync if None.
        """
        time = tokens.shape[1]
        record = record_of(tokens, self.turns)
        source = torch.zeros_like(tokens[:, 0]) if source is None else source
        x = self.chords(tokens, record.runs, record.before, record.lengths)
        x = x + self.chords.manner(is_minor.long(), source)[:, None]
        if conditions is not None:
            x = x + self.read(conditions)[:, :time]
        likeness = self.likeness(record.pairs)
        if conditions is not None and conditions.alike is not None and self.place_likeness is not None:
            likeness = likeness + self.place_likeness(conditions.alike[..., :time, :time])
        attention, pointing = self._biases(likeness)
        later = torch.full((time, time), HIDDEN, dtype=x.dtype, device=x.device).triu(1)
        x = self.dropout(x)
        for layer, bias in zip(self.layers, attention, strict=True):
            x = layer(x, self.turns[:, :time], later if bias is None else bias + later)
        x = self.norm(x)
        logits = self.head(x)
        attributes = self.affect(x).unflatten(-1, (len(ATTRIBUTES), LEVELS))
        log_p = self._refined(x, completed(self.pointers(x, tokens, record, pointing), logits))
        return MemoryOutput(log_p, logits.log_softmax(-1), attributes)

    def read(self, conditions: ConditionBatch) -> Tensor:
        """(batch, rows, dim) that conditions add to the decoder's input; zeros without an encoder."""
        if self.encoder is None or self.wishes is None:
            return self.turns.new_zeros(*conditions.locks.shape, self.config.d_model)
        rows: Tensor = self.encoder(conditions, self.turns) + self.wishes(conditions.locks, conditions.levels)
        if conditions.places is not None and self.places is not None:
            rows = rows + self.places(conditions.places)
        return rows if conditions.style is None else rows + conditions.style[:, None]

    @torch.inference_mode()
    def encode(
        self, video: NDArray[np.float32], *, is_minor: bool, conditions: Conditions | None = None
    ) -> EncodedPiece:
        """Read what is composed to, once for any number of steps.

        Args:
            video: (rows, 776), at most ``max_steps`` rows; looked at only without ``conditions``, as a whole piece.
            is_minor: the mode.
            conditions: of the same rows.
        """
        known = conditions_of(video) if conditions is None else conditions
        return self.encode_variants((known,), is_minor=is_minor)

    @torch.inference_mode()
    def encode_variants(self, variants: tuple[Conditions, ...], *, is_minor: bool) -> EncodedPiece:
        """Read one piece under several conditions, for :meth:`advance`."""
        batch = stacked(variants, self.turns)
        rows, minor = self.read(batch), variants[0].minor
        if minor is not None:
            own = self.chords.minor(torch.as_tensor(minor, device=rows.device).long())
            rows = rows + own - self.chords.minor.weight[int(is_minor)]
        if batch.alike is None or self.place_likeness is None:
            return EncodedPiece(rows, is_minor)
        return EncodedPiece(rows, is_minor, _PLACED_MANNER, self.place_likeness(batch.alike[:1])[0])

    @torch.inference_mode()
    def start(self, memory: EncodedPiece, batch: int = 1) -> MemoryState:
        """Stand before the first chord, with ``batch`` takes side by side."""
        config, variants = self.config, len(memory.rows)
        mode, source = torch.tensor([int(memory.is_minor), memory.source], device=self.turns.device)[:, None]
        fixed = self.chords.manner(mode, source)
        room, width = (batch, self.max_steps), config.d_model // config.n_heads
        pointers = 2 * config.n_pointers
        return MemoryState(
            piece=memory,
            network=self._single_steps(memory.rows + fixed, memory.alike),
            memory=SongMemory(batch, self.max_steps),
            keys=room_for(self.turns, 2 * config.n_layers, variants, config.n_heads, *room, width),
            pointed=room_for(self.turns, 2, variants, pointers, *room, config.pointer_width),
            fixed=fixed,
        )

    def _single_steps(self, rows: Tensor, alike: Tensor | None) -> NetworkStep:
        """The decoder: (variants, rows, dim) are added to its input, (heads and pointers, rows, rows) are biases."""
        heads = self.config.n_heads
        return NetworkStep(
            words=self.chords.words().numpy(),
            rows=rows.numpy(),
            turns=complex_turns(self.turns, heads),
            biases=PairBiasStep.of(self.likeness, self.config.biased_layers, heads, alike),
            layers=[LayerStep.of(number, layer) for number, layer in enumerate(self._layers())],
            mixture=MixtureStep.of(self.norm, self.pointers, self.head, self.expert),
        )

    def _layers(self) -> list[RotaryLayer]:
        return [layer for layer in self.layers if isinstance(layer, RotaryLayer)]

    @torch.inference_mode()
    def step(self, state: MemoryState, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], MemoryState]:
        """Take in one token a take, (batch,), and say what may follow; the first token does not matter.

        Returns:
            Log-probabilities (batch, 159), and the state after it: the same object, which has moved on.
        """
        return logits_of(self.advance(state, tokens)[0]), state

    @torch.inference_mode()
    def tell(self, state: MemoryState, tokens: NDArray[np.int64]) -> None:
        """Take in the first tokens of one take, (n,), at once, as ``n`` steps would; nothing is said about them."""
        time, variants = len(tokens), len(state.piece.rows)
        assert state.position == 0 and len(state.memory.tokens) == 1 and time <= self.max_steps
        if not time:
            return
        given = torch.as_tensor(tokens, device=self.turns.device)[None].clone()
        given[:, 0] = BEGIN
        heard = hear_all(state.memory, given, self.turns)
        x = self.chords(given, heard.runs, heard.before, heard.lengths) + state.fixed[:, None]
        x = x + state.piece.rows[:, :time]
        likeness = self.likeness(heard.pairs)
        if state.piece.alike is not None:
            likeness = likeness + state.piece.alike[:, :time, :time]
        attention, _ = self._biases(likeness)
        later = torch.full((time, time), HIDDEN, dtype=x.dtype, device=x.device).triu(1)
        for number, (layer, bias) in enumerate(zip(self._layers(), attention, strict=True)):
            mask = (later if bias is None else bias + later).expand(variants, self.config.n_heads, time, time)
            x, known = layer.read(x, self.turns[:, :time], mask)
            state.keys.tell(slice(2 * number, 2 * number + 2), known)
        state.pointed.tell(slice(0, 2), self.pointers.read(self.norm(x)))

    def chosen(self, state: MemoryState, takes: NDArray[np.int64]) -> MemoryState:
        """The takes with these numbers, (n,), in that order, one several times or not at all.

        ``state`` stays as it is.
        """
        numbers, length = torch.as_tensor(takes), state.position
        return replace(
            state,
            memory=state.memory.chosen(takes),
            keys=state.keys.chosen(numbers, length),
            pointed=state.pointed.chosen(numbers, length),
            ahead=(),
        )

    @torch.inference_mode()
    def advance(self, state: MemoryState, tokens: NDArray[np.int64]) -> Tensor:
        """:meth:`step` for every variant of the conditions: log-probabilities (variants, batch, 158)."""
        position = state.position
        if position >= self.max_steps:
            raise ValueError(f"this model has no position {position}; it ends at {self.max_steps}")
        if state.ahead and state.ahead[0].token == tokens[0]:
            answer, *later = state.ahead
            state.memory, state.ahead = answer.memory, tuple(later)
            return answer.log_p
        given = np.full_like(tokens, BEGIN) if position == 0 else tokens
        room = min(state.piece.rows.shape[1], self.max_steps) - position - 1
        heard = hearing(state.memory, given, min(room, GUESSES))
        words = np.stack([self.chords.indices(*one) for one in zip(heard.tokens, heard.memories, strict=True)])
        log_p = state.network(heard, words, state.keys, state.pointed)
        guessed = enumerate(zip(heard.tokens[1:, 0].tolist(), heard.memories[1:], strict=True), 1)
        state.ahead = tuple(Answer(token, memory, log_p[:, row, None]) for row, (token, memory) in guessed)
        return log_p if len(given) > 1 else log_p[:, :1]

    def _biases(self, biases: Tensor) -> tuple[list[Tensor | None], Tensor]:
        """Of (batch, heads, time, time): the bias of each layer's attention, if it has one, and of the pointers.

        Attention at ``m`` is biased by the likeness of ``m - 1``, so that it reads what *followed* a like place: an
        induction head (Olsson et al. 2022) with its matching done.
        """
        heads, layers = self.config.n_heads, self.config.biased_layers
        shifted = functional.pad(biases[:, : heads * len(layers)], (1, 0))[..., :-1]
        parts = {layer: shifted[:, heads * n : heads * (n + 1)] for n, layer in enumerate(layers)}
        return [parts.get(number) for number in range(self.config.n_layers)], biases[:, heads * len(layers) :]

    def _refined(self, x: Tensor, log_p: Tensor) -> Tensor:
        if self.expert is None:
            return log_p
        result: Tensor = (log_p + self.expert(x)).log_softmax(-1)
        return result


def logits_of(log_p: Tensor) -> NDArray[np.float64]:
    """(batch, 158) as the logits (batch, 159) of a :class:`~hitpoint.core.model.chord_model.ChordModel`."""
    found = log_p.to("cpu", torch.float64).numpy()
    return np.concatenate((found, np.full((len(found), VOCABULARY - OUTPUTS), IMPOSSIBLE)), axis=1)


def _weights(tables: nn.ModuleList) -> list[Tensor]:
    return [table.weight for table in tables if isinstance(table, nn.Embedding)]
