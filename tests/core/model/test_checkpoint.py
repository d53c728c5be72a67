import json
import pickle
import subprocess
import sys
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.checkpoint import (
    default_checkpoint,
    fingerprint,
    load_amt,
    load_regressor,
    read_metadata,
    save_amt,
    save_regressor,
)
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU

MakeAMT = Callable[..., AMT]
MakeRegressor = Callable[..., BiGRU]


def authors_amt(width: int = 16, heads: int = 2, inner: int = 24, steps: int = 12) -> dict[str, Tensor]:
    """A state dictionary with the published keys, two layers deep."""
    torch.manual_seed(1)
    layer = nn.TransformerEncoderLayer(width, heads, inner)
    encoder = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(width), enable_nested_tensor=False)
    decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(width, heads, inner), 2, norm=nn.LayerNorm(width))
    state = {f"transformer.encoder.{key}": value for key, value in encoder.state_dict().items()}
    state |= {f"transformer.decoder.{key}": value for key, value in decoder.state_dict().items()}
    for number in range(2):
        state[f"transformer.decoder.layers.{number}.self_attn.Er"] = torch.randn(steps, width // heads)
    sizes = {
        "embedding.weight": (159, width), "embedding_root.weight": (15, width), "embedding_attr.weight": (16, width),
        "Linear_vis.weight": (width, 776), "Linear_vis.bias": (width,), "Linear_chord.weight": (width, width + 1),
        "Linear_chord.bias": (width,), "positional_encoding.pe": (steps, 1, width),
        "positional_encoding_video.pe": (steps, 1, width), "condition_linear.weight": (width, 1),
        "condition_linear.bias": (width,), "Wout.weight": (159, width), "Wout.bias": (159,),
        "Wout_root.weight": (15, width), "Wout_root.bias": (15,), "Wout_attr.weight": (16, width),
        "Wout_attr.bias": (16,),
    }  # fmt: skip
    return state | {key: torch.randn(*shape) for key, shape in sizes.items()}


def authors_regressor(hidden: int = 8) -> dict[str, Tensor]:
    torch.manual_seed(1)
    bigru = nn.GRU(776, hidden, num_layers=2, bidirectional=True)
    state = {f"bigru.{key}": value.detach() for key, value in bigru.state_dict().items()}
    state |= {f"lstm.{key}": value for key, value in nn.LSTM(776, hidden).state_dict().items()}
    return state | {"bifc.weight": torch.randn(2, 2 * hidden), "bifc.bias": torch.randn(2), "fc.bias": torch.randn(2)}


class Bomb:
    """A pickle that writes a file when it is opened carelessly."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.write_text, (self.target, "boom"))


def test_an_amt_comes_back_as_it_was_saved(small_amt: MakeAMT, tmp_path: Path) -> None:
    model = small_amt(has_start=True, null_modalities=("semantic",)).float()
    save_amt(model, tmp_path / "a.safetensors", {"data": "none"})
    again = load_amt(tmp_path / "a.safetensors")
    assert again.config == model.config
    assert not again.training
    for name, value in model.state_dict().items():
        assert torch.equal(again.state_dict()[name], value), name


def test_a_regressor_comes_back_with_its_scales(small_regressor: MakeRegressor, tmp_path: Path) -> None:
    model = small_regressor(log_features=True).float()
    model.target_mean.copy_(torch.tensor([10.0, 0.2]))
    save_regressor(model, tmp_path / "r.safetensors", {})
    again = load_regressor(tmp_path / "r.safetensors")
    assert again.config == model.config
    assert torch.equal(again.target_mean, model.target_mean)


def test_half_size_costs_half_and_changes_little(small_amt: MakeAMT, tmp_path: Path) -> None:
    model = small_amt().float()
    whole, half = tmp_path / "whole.safetensors", tmp_path / "half.safetensors"
    save_amt(model, whole, {})
    save_amt(model, half, {}, half=True)
    again = load_amt(half).output.weight
    assert half.stat().st_size < 0.6 * whole.stat().st_size
    assert again.dtype == torch.float32
    torch.testing.assert_close(again, model.output.weight, atol=1e-2, rtol=1e-3)


def test_the_trainers_words_are_kept(small_amt: MakeAMT, tmp_path: Path) -> None:
    save_amt(small_amt(), tmp_path / "a.safetensors", {"epochs": 3, "data": "MuVi-Sync"})
    assert read_metadata(tmp_path / "a.safetensors") == {"epochs": 3, "data": "MuVi-Sync"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.safetensors"]


def test_a_fingerprint_tells_weights_apart(small_amt: MakeAMT, tmp_path: Path) -> None:
    for seed in (1, 2):
        save_amt(small_amt(seed), tmp_path / f"{seed}", {})
    assert fingerprint(tmp_path / "1") != fingerprint(tmp_path / "2")
    assert len(fingerprint(tmp_path / "1")) == 12


def test_a_published_amt_tells_its_sizes_by_its_shapes(tmp_path: Path) -> None:
    state = authors_amt(width=16, heads=4, inner=24, steps=12)
    torch.save(OrderedDict(state), tmp_path / "best_loss_weights.pickle")
    model = load_amt(tmp_path / "best_loss_weights.pickle")
    config = model.config
    sizes = (config.n_layers, config.n_heads, config.d_model, config.dim_feedforward, config.max_steps)
    assert sizes == (2, 4, 16, 24, 12)
    assert torch.equal(model.decoder[1].cross_attention.key_value.weight,
                       state["transformer.decoder.layers.1.multihead_attn.in_proj_weight"][16:])  # fmt: skip


def test_a_published_regressor_is_read_beside_its_unused_networks(tmp_path: Path) -> None:
    state = authors_regressor()
    torch.save(state, tmp_path / "r.pickle")
    model = load_regressor(tmp_path / "r.pickle")
    assert torch.equal(model.gru.weight_hh_l1_reverse, state["bigru.weight_hh_l1_reverse"])


def test_real_sizes_and_keys_of_the_published_files_fit(reference: Path, tmp_path: Path) -> None:
    """Every key and shape of the published AMT, with zeros for numbers, at half precision to be quick."""
    published = json.loads((reference / "published_keys.json").read_text())
    state = {key: torch.zeros(shape, dtype=torch.float16) for key, shape in published["amt"]["keys"].items()}
    torch.save(state, tmp_path / "best_loss_weights.pickle")
    config = load_amt(tmp_path / "best_loss_weights.pickle").config
    theirs = published["amt"]["config"]
    assert (config.n_layers, config.n_heads) == (theirs["n_layers"], theirs["num_heads"])
    assert (config.d_model, config.dim_feedforward) == (theirs["d_model"], theirs["dim_feedforward"])


def test_a_pickle_runs_no_code(tmp_path: Path) -> None:
    torch.save({"weight": torch.zeros(1), "bomb": Bomb(tmp_path / "boom")}, tmp_path / "evil.pickle")
    (tmp_path / "raw.pickle").write_bytes(pickle.dumps(Bomb(tmp_path / "boom")))
    for name in ("evil.pickle", "raw.pickle"):
        with pytest.raises(CheckpointError):
            load_amt(tmp_path / name)
    assert not (tmp_path / "boom").exists()


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("Wout.weight", None, "Wout.weight"),
        ("transformer.decoder.layers.0.self_attn.Er", None, "Er"),
        ("transformer.decoder.layers.0.self_attn.Er", torch.zeros(12), "Er"),
        ("transformer.decoder.layers.0.self_attn.Er", torch.zeros(12, 0), "distances has the shape"),
        ("Linear_vis.weight", torch.zeros(16, 700), "video_projection"),
        ("Linear_vis.bias", torch.full((16,), torch.nan), "finite"),
        ("transformer.decoder.layers.7.norm1.bias", torch.zeros(16), "decoder.7"),
        ("something.else", torch.zeros(1), "something.else"),
        ("Wout.weight", torch.zeros(1, 1).expand(159, 10**6), "n_heads"),
        ("epoch", 7, "more than the weights"),
    ],
)
def test_a_pickle_of_another_shape_is_refused(tmp_path: Path, key: str, value: object, told: str) -> None:
    state: dict[str, object] = {**authors_amt(), key: value}
    torch.save({name: item for name, item in state.items() if item is not None}, tmp_path / "x.pickle")
    with pytest.raises(CheckpointError, match=told) as caught:
        load_amt(tmp_path / "x.pickle")
    assert "\n" not in str(caught.value)


def test_the_one_published_file_is_not_the_other(tmp_path: Path) -> None:
    torch.save(authors_amt(), tmp_path / "amt.pickle")
    torch.save(authors_regressor(), tmp_path / "regressor.pickle")
    with pytest.raises(CheckpointError, match="not a published regressor"):
        load_regressor(tmp_path / "amt.pickle")
    with pytest.raises(CheckpointError, match="not a published AMT"):
        load_amt(tmp_path / "regressor.pickle")


def test_one_of_our_kinds_is_not_the_other(small_amt: MakeAMT, tmp_path: Path) -> None:
    save_amt(small_amt(), tmp_path / "a.safetensors", {})
    with pytest.raises(CheckpointError, match="kind 'amt'"):
        load_regressor(tmp_path / "a.safetensors")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"PK\x03\x04 but no archive",
        b"hello, I am a text",
        b"\xff" * 100,
        b"\x02" + b"\0" * 7 + b"{}",
    ],
    ids=["empty", "magic", "broken zip", "text", "huge header", "no metadata"],
)
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    for load in (load_amt, load_regressor):
        with pytest.raises(CheckpointError) as caught:
            load(tmp_path / "x")
        assert "\n" not in str(caught.value)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CheckpointError, match="cannot be read"):
            load_amt(path)


def test_a_pickle_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hitpoint.core.model.checkpoint._MOST_BYTES", 1 << 16)
    with zipfile.ZipFile(tmp_path / "x.pickle", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/data.pkl", bytes(1 << 20))
    with pytest.raises(CheckpointError, match="too big"):
        load_amt(tmp_path / "x.pickle")


@pytest.mark.parametrize("keep", [0.0, 0.001, 0.1, 0.5, 0.99])
def test_a_truncated_checkpoint_is_refused(small_amt: MakeAMT, tmp_path: Path, keep: float) -> None:
    path = tmp_path / "a.safetensors"
    save_amt(small_amt(), path, {})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
    with pytest.raises(CheckpointError):
        load_amt(path)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("format", "hitpoint.model.9", "not a checkpoint of this Hitpoint"),
        ("config", "{", "config cannot be read"),
        ("config", "[" * 100_000, "config cannot be read"),
        ("config", "null", "not a table"),
        ("config", '{"n_layers": 99999999}', "n_layers"),
        ("config", '{"n_layers": 3, "n_heads": 2, "d_model": 16, "max_steps": 12}', "missing or out of place"),
        ("config", '{"n_layers": 2, "n_heads": 2, "d_model": 32, "max_steps": 12}', "shape"),
    ],
)
def test_metadata_that_lies_is_found_out(small_amt: MakeAMT, tmp_path: Path, name: str, value: str, told: str) -> None:
    path = tmp_path / "a.safetensors"
    save_amt(small_amt(), path, {})
    config = json.dumps({"n_layers": 2, "n_heads": 2, "d_model": 16, "dim_feedforward": 24, "max_steps": 12})
    header = {"format": "hitpoint.model.1", "kind": "amt", "config": config, name: value}
    save_file(load_file(path), path, metadata=header)
    with pytest.raises(CheckpointError, match=told):
        load_amt(path)


def test_whole_numbers_are_no_weights(small_amt: MakeAMT, tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    save_amt(small_amt(), path, {})
    header = {"format": "hitpoint.model.1", "kind": "amt", "config": "{}"}
    save_file({"output.bias": torch.zeros(159, dtype=torch.int64)}, path, metadata=header)
    with pytest.raises(CheckpointError, match="number format"):
        load_amt(path)


def test_saving_into_nowhere_is_one_line(small_amt: MakeAMT, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be written"):
        save_amt(small_amt(), tmp_path / "no" / "folder" / "a.safetensors", {})


def test_missing_default_weights_are_told_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("hitpoint.core.model.checkpoint.resources.files", lambda _: tmp_path)
    with pytest.raises(CheckpointError, match="--checkpoint"):
        default_checkpoint("amt")
    (tmp_path / "checkpoints").mkdir()
    (tmp_path / "checkpoints" / "amt.safetensors").touch()
    assert default_checkpoint("amt") == tmp_path / "checkpoints" / "amt.safetensors"


def test_a_saved_model_decodes_as_before(
    small_amt: MakeAMT, video: Callable[..., NDArray[np.float32]], tmp_path: Path
) -> None:
    model = small_amt(has_start=True).float()
    save_amt(model, tmp_path / "a.safetensors", {})
    logits = [
        one.step(one.start(one.encode(video(5), is_minor=True)), np.array([157]))[0]
        for one in (model, load_amt(tmp_path / "a.safetensors"))
    ]
    np.testing.assert_array_equal(*logits)


def test_loading_weights_does_not_load_a_compiler():
    code = (
        "import sys; from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model;"
        "load_chord_model(default_checkpoint('amt')); sys.exit('torch._dynamo' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
