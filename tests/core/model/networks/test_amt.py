from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.checkpoint import load_amt
from hitpoint.core.model.networks.amt import AMT, DecoderLayer, sinusoids
from hitpoint.core.model.vocabulary import QUALITY_IDS, ROOT_IDS

pytestmark = pytest.mark.determinism

MakeAMT = Callable[..., AMT]
MakeVideo = Callable[..., NDArray[np.float32]]


def tokens_of(length: int, batch: int = 1, seed: int = 0) -> Tensor:
    return torch.from_numpy(np.random.default_rng(seed).integers(0, 159, (batch, length)))


def plain_attention(weight: Tensor, bias: Tensor, output: nn.Linear, heads: int) -> nn.MultiheadAttention:
    attention = nn.MultiheadAttention(weight.shape[1], heads, batch_first=True).double()
    attention.load_state_dict(
        {
            "in_proj_weight": weight,
            "in_proj_bias": bias,
            "out_proj.weight": output.weight,
            "out_proj.bias": output.bias,
        }
    )
    return attention


def plain_relative(layer: DecoderLayer, x: Tensor) -> Tensor:
    """Music Transformer's attention by its definition: one pair of positions after the other."""
    attention = layer.self_attention
    time, width = x.shape[1], attention.distances.shape[1]
    query, key, value = attention.query_key_value(x)[0].chunk(3, dim=-1)
    mixed = torch.zeros_like(query)
    for head in range(attention.n_heads):
        columns = slice(head * width, (head + 1) * width)
        for i in range(time):
            scaled = query[i, columns] / width**0.5
            logits = [scaled @ key[j, columns] + scaled @ attention.distances[-1 - (i - j)] for j in range(i + 1)]
            mixed[i, columns] = torch.stack(logits).softmax(0) @ value[: i + 1, columns]
    return attention.output(mixed)[None]


def plain_cross(layer: DecoderLayer, x: Tensor, memory: Tensor) -> Tensor:
    ours = layer.cross_attention
    weight = torch.cat((ours.query.weight, ours.key_value.weight))
    bias = torch.cat((ours.query.bias, ours.key_value.bias))
    return plain_attention(weight, bias, ours.output, ours.n_heads)(x, memory, memory)[0]


def plain_encoder(model: AMT, x: Tensor) -> Tensor:
    for layer in model.encoder.layers:
        x = layer.norm1(x + layer.self_attn(x, x, x)[0])
        x = layer.norm2(x + layer.linear2(functional.relu(layer.linear1(x))))
    return model.encoder.norm(x)


def plain_amt(model: AMT, video: Tensor, tokens: Tensor, is_minor: float) -> Tensor:
    """The paper's model, written down as its description says, for a batch of one."""
    rows = torch.cat((video, video.new_zeros(1, model.max_steps - video.shape[1], 776)), dim=1)
    memory = plain_encoder(model, model.video_projection(rows) + sinusoids(model.max_steps, 16).double())
    roots = model.root_embedding(torch.tensor(ROOT_IDS)[tokens])
    chords = roots + model.quality_embedding(torch.tensor(QUALITY_IDS)[tokens])
    mode = torch.full((1, tokens.shape[1], 1), is_minor, dtype=torch.float64)
    x = model.chord_projection(torch.cat((chords, mode), -1)) + sinusoids(tokens.shape[1], 16).double()
    for layer in model.decoder:
        x = layer.self_norm(x + plain_relative(layer, x))
        x = layer.cross_norm(x + plain_cross(layer, x, memory))
        x = layer.forward_norm(x + layer.narrow(functional.relu(layer.widen(x))))
    return model.output(model.decoder_norm(x))


@pytest.mark.parametrize("length", [1, 2, 7, 12])
@torch.no_grad()
def test_it_computes_what_the_paper_describes(small_amt: MakeAMT, video: MakeVideo, length: int) -> None:
    model, rows, tokens = small_amt(), torch.from_numpy(video(9)).double()[None], tokens_of(length)
    expected = plain_amt(model, rows, tokens, 1.0)
    torch.testing.assert_close(model(rows, tokens, torch.ones(1)), expected, atol=1e-9, rtol=0)


@torch.no_grad()
def test_it_agrees_with_the_authors_own_layers(reference: Path) -> None:
    saved = {name: torch.from_numpy(array) for name, array in np.load(reference / "amt_small.npz").items()}
    parts = (saved["semantic"], saved["scene_offset"][..., None], saved["motion"][..., None], saved["emotion"])
    model = load_amt(reference / "amt_small.pickle")
    memory = model.encode_video(torch.cat(parts, dim=-1))
    logits = model.decode_chords(memory, saved["root"], saved["quality"], saved["key"])
    torch.testing.assert_close(logits, saved["logits"], atol=1e-4, rtol=0)


@pytest.mark.parametrize("changed", range(1, 12))
@torch.no_grad()
def test_what_comes_later_changes_nothing_before(small_amt: MakeAMT, video: MakeVideo, changed: int) -> None:
    model, rows, tokens = small_amt(), torch.from_numpy(video(12)).double()[None], tokens_of(12)
    other = tokens.clone()
    other[0, changed] = (other[0, changed] + 50) % 157
    before, after = model(rows, tokens, torch.zeros(1)), model(rows, other, torch.zeros(1))
    torch.testing.assert_close(before[0, :changed], after[0, :changed], atol=1e-12, rtol=0)
    assert not torch.allclose(before[0, changed], after[0, changed])


@torch.no_grad()
def test_the_video_and_the_mode_are_heard(small_amt: MakeAMT, video: MakeVideo) -> None:
    model, tokens = small_amt(), tokens_of(5)
    one, two = (torch.from_numpy(video(12, seed)).double()[None] for seed in (0, 1))
    assert not torch.allclose(model(one, tokens, torch.zeros(1)), model(two, tokens, torch.zeros(1)))
    assert not torch.allclose(model(one, tokens, torch.zeros(1)), model(one, tokens, torch.ones(1)))


@torch.no_grad()
def test_masked_padding_is_not_seen(small_amt: MakeAMT, video: MakeVideo) -> None:
    model, tokens = small_amt(masks_padding=True), tokens_of(4)
    rows = torch.from_numpy(video(11)).double()[None]
    alone = model(rows[:, :7], tokens, torch.ones(1))
    padded = model(rows, tokens, torch.ones(1), torch.tensor([7]))
    torch.testing.assert_close(padded, alone, atol=1e-9, rtol=0)


@torch.no_grad()
def test_without_masking_a_video_is_filled_with_zeros_as_in_the_paper(small_amt: MakeAMT, video: MakeVideo) -> None:
    model, rows = small_amt(), torch.from_numpy(video(7)).double()[None]
    filled = torch.cat((rows, torch.zeros(1, 5, 776).double()), dim=1)
    assert torch.equal(model.encode_video(rows), model.encode_video(filled))


@pytest.mark.parametrize("masks_padding", [False, True])
@torch.no_grad()
def test_decoding_step_by_step_equals_reading_all_at_once(
    small_amt: MakeAMT, video: MakeVideo, masks_padding: bool
) -> None:
    model, tokens = small_amt(masks_padding=masks_padding), tokens_of(12, batch=3)
    rows = video(9)
    whole = model(torch.from_numpy(rows).double()[None].expand(3, -1, -1), tokens, torch.ones(3)).numpy()
    state = model.start(model.encode(rows, is_minor=True), batch=3)
    for position in range(12):
        logits, state = model.step(state, tokens[:, position].numpy())
        np.testing.assert_allclose(logits, whole[:, position], atol=1e-9)


def test_there_is_no_position_after_the_last(small_amt: MakeAMT, video: MakeVideo) -> None:
    model = small_amt()
    state = model.start(model.encode(video(5), is_minor=False))
    for _ in range(12):
        _, state = model.step(state, np.array([1]))
    with pytest.raises(ValueError, match="ends at 12"):
        model.step(state, np.array([1]))


def test_one_video_serves_many_decodings(small_amt: MakeAMT, video: MakeVideo) -> None:
    model = small_amt()
    memory = model.encode(video(5), is_minor=False)
    first, second = (model.step(model.start(memory), np.array([30]))[0] for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_every_weight_is_reached_by_training(small_amt: MakeAMT, video: MakeVideo) -> None:
    model = small_amt(dropout=0.1).train()
    rows = torch.from_numpy(video(12)).double()[None]
    functional.cross_entropy(model(rows, tokens_of(12), torch.ones(1))[0], tokens_of(12, seed=1)[0]).backward()
    untouched = [name for name, weight in model.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert untouched == []
