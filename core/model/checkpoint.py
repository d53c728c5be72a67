"""Model files: the authors' published pickles, and our own safetensors. Nothing else knows what is inside either.

Which of the two a file is, is told by its content. Reading runs no code from a file: pickles are opened with
``weights_only``, every size is checked before memory is taken for it, and whatever does not fit is one
:class:`~hitpoint.core.errors.CheckpointError`.

Our files hold float32 or float16 tensors, and as metadata ``format``, ``kind`` ("amt", "memory_amt", "regressor" or
"dynamics"), ``config`` (JSON of the configuration) and ``about`` (JSON of whatever the trainer wrote: data, seed,
scores, licence).

::

    save_amt(model, path, {"data": "MuVi-Sync v1", "epochs": 20}, half=True)
    model = load_amt(path)                            # float32, eval mode: to measure, or to train on
    composer = load_chord_model(default_checkpoint("amt")).double()   # to compose: the same chords on every machine
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import zipfile
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Literal, TypeVar

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.config import (
    AMTConfig,
    RegressorConfig,
    amt_config_from,
    config_json,
    regressor_config_from,
)
from hitpoint.core.model.dynamics_config import DynamicsConfig, dynamics_config_from, dynamics_config_json
from hitpoint.core.model.memory_config import MemoryConfig, memory_config_from, memory_config_json
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.networks.dynamics_net import DynamicsNet, Regressor
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.published import published_amt, published_regressor

Kind = Literal["amt", "regressor"]  # what a model is for: chords, dynamics

_FileKind = Literal["amt", "memory_amt", "regressor", "dynamics"]

_FORMAT = "hitpoint.model.1"
_MOST_BYTES = 2 << 30  # of a file, and of what is packed in it
_MOST_HEADER_BYTES = 1 << 20
_DRAWING = ("normal_", "uniform_", "trunc_normal_", "kaiming_uniform_", "kaiming_normal_", "xavier_uniform_")
_DTYPES = ("F16", "BF16", "F32")
_ZIP_MAGIC = b"PK\x03\x04"

# What torch.load raises for a file that is no state dictionary, or a hostile one (it reads by the name's ending, too).
_UNPICKLING = (
    pickle.UnpicklingError, RuntimeError, EOFError, ValueError, TypeError, LookupError, AttributeError, AssertionError,
    ArithmeticError, ImportError, MemoryError, OSError, zipfile.BadZipFile, SafetensorError,
)  # fmt: skip

_Model = TypeVar("_Model", bound=nn.Module)


def load_amt(path: Path | str) -> AMT:
    """An AMT from our file or the published ``best_loss_weights.pickle``; float32, on the CPU, in ``eval()``.

    Raises:
        CheckpointError: if the file cannot be read, is damaged, or holds something else.
    """
    file = Path(path)
    if _is_zip(file):
        amt_config, tensors = published_amt(_unpickled(file), file.name)
    else:
        values, tensors = _opened(file, "amt")
        amt_config = amt_config_from(values)
    return _filled(AMT, amt_config, tensors, file)


def load_chord_model(path: Path | str) -> AMT | MemoryAMT:
    """The chord model in a file, of whichever kind it is; float32, on the CPU, in ``eval()``.

    Raises:
        CheckpointError: as :func:`load_amt` does.
    """
    file = Path(path)
    if _is_zip(file) or _header(file).get("kind") != "memory_amt":
        return load_amt(file)
    values, tensors = _opened(file, "memory_amt")
    return _filled(MemoryAMT, memory_config_from(values), tensors, file)


def load_regressor(path: Path | str) -> Regressor:
    """A regressor from our file, of either kind, or the published ``best_rmse_weights.pickle``.

    It is float32, on the CPU, in ``eval()``.

    Raises:
        CheckpointError: if the file cannot be read, is damaged, or holds something else.
    """
    file = Path(path)
    if _is_zip(file):
        config, tensors = published_regressor(_unpickled(file), file.name)
    elif _header(file).get("kind") == "dynamics":
        values, tensors = _opened(file, "dynamics")
        return _filled(DynamicsNet, dynamics_config_from(values), tensors, file)
    else:
        values, tensors = _opened(file, "regressor")
        config = regressor_config_from(values)
    return _filled(BiGRU, config, tensors, file)


def save_amt(model: AMT, path: Path | str, metadata: Mapping[str, Any], *, half: bool = False) -> None:
    """Write an AMT and its configuration; ``metadata`` is anything JSON can say; ``half`` stores float16.

    The file appears whole or not at all.
    """
    _save(model, "amt", config_json(model.config), Path(path), metadata, half=half)


def save_memory_amt(model: MemoryAMT, path: Path | str, metadata: Mapping[str, Any], *, half: bool = False) -> None:
    """Write an AMT with a memory and its configuration, as :func:`save_amt` does."""
    _save(model, "memory_amt", memory_config_json(model.config), Path(path), metadata, half=half)


def save_regressor(model: BiGRU, path: Path | str, metadata: Mapping[str, Any], *, half: bool = False) -> None:
    """Write a regressor and its configuration, as :func:`save_amt` does."""
    _save(model, "regressor", config_json(model.config), Path(path), metadata, half=half)


def save_dynamics(model: DynamicsNet, path: Path | str, metadata: Mapping[str, Any], *, half: bool = False) -> None:
    """Write a regressor of several networks and its configuration, as :func:`save_amt` does."""
    _save(model, "dynamics", dynamics_config_json(model.config), Path(path), metadata, half=half)


def read_metadata(path: Path | str) -> dict[str, Any]:
    """The trainer's metadata in our file; empty for a published one.

    Raises:
        CheckpointError: if the file is neither.
    """
    file = Path(path)
    if _is_zip(file):
        return {}
    about = _json(_header(file), "about", file)
    return about if isinstance(about, dict) else {}


def fingerprint(path: Path | str) -> str:
    """The first 12 hexadecimal digits of the file's SHA-256: which weights these are.

    Raises:
        CheckpointError: if the file cannot be read.
    """
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:12]
    except OSError as error:
        raise CheckpointError(f"{path}: the checkpoint cannot be read ({error.strerror}); check the path") from None


def default_checkpoint(kind: Kind) -> Path:
    """The weights that come with Hitpoint: of a chord model ("amt", of either kind) or of the regressor.

    Raises:
        CheckpointError: if this installation has none.
    """
    path = Path(str(resources.files("hitpoint.resources").joinpath("checkpoints", f"{kind}.safetensors")))
    if not path.is_file():
        raise CheckpointError(f"this installation has no {kind} weights: name a file with --checkpoint, or train one")
    return path


def _is_zip(path: Path) -> bool:
    """Whether it is a pickle as torch writes them; refuses what is missing or too big to be a checkpoint."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CheckpointError(f"{path}: too big to be a checkpoint; choose another file")
        with path.open("rb") as stream:
            return stream.read(4) == _ZIP_MAGIC
    except OSError as error:
        raise CheckpointError(f"{path}: the checkpoint cannot be read ({error.strerror}); check the path") from None


def _unpickled(path: Path) -> dict[str, Tensor]:
    """The state dictionary in a torch zip file."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MOST_BYTES:
            raise CheckpointError(f"{path}: unpacks to {unpacked >> 20} MiB, too big to be a checkpoint")
        state = torch.load(path, map_location="cpu", weights_only=True)
    except _UNPICKLING:
        raise CheckpointError(
            f"{path}: no state dictionary of a model; the file is damaged or something else"
        ) from None
    if not isinstance(state, dict) or not all(_is_weight(name, value) for name, value in state.items()):
        raise CheckpointError(f"{path}: holds more than the weights of a model; choose the published file")
    return state


def _is_weight(name: object, value: object) -> bool:
    return isinstance(name, str) and isinstance(value, Tensor) and value.is_floating_point() and not value.is_sparse


def _opened(path: Path, kind: _FileKind) -> tuple[object, dict[str, Tensor]]:
    """Configuration values and tensors of our own file, every tensor as float32."""
    header = _header(path)
    if header.get("kind") != kind:
        raise CheckpointError(f"{path}: holds a model of kind {header.get('kind')!r:.40}, not {kind!r}")
    values = _json(header, "config", path)
    tensors = {}
    try:
        with safe_open(path, framework="pt") as file:
            for name in file.keys():  # noqa: SIM118 - it is no dictionary
                if file.get_slice(name).get_dtype() not in _DTYPES:
                    raise CheckpointError(f"{path}: {name!r:.60} has an unknown number format; the file is damaged")
                tensors[name] = file.get_tensor(name).float()
    except (SafetensorError, OSError, RuntimeError) as error:
        raise CheckpointError(f"{path}: the checkpoint is damaged ({_one_line(error)}); get it again") from None
    return values, tensors


def _header(path: Path) -> dict[str, str]:
    """The metadata of our own file, checked to be ours."""
    wrong = CheckpointError(f"{path}: neither a Hitpoint checkpoint nor one of the published pickles")
    try:
        with path.open("rb") as stream:
            start = stream.read(9)
        if len(start) < 9 or start[8:] != b"{" or int.from_bytes(start[:8], "little") > _MOST_HEADER_BYTES:
            raise wrong
        with safe_open(path, framework="pt") as file:
            header = file.metadata() or {}
    except (SafetensorError, OSError, RuntimeError):
        raise wrong from None
    if header.get("format") != _FORMAT:
        raise CheckpointError(f"{path}: not a checkpoint of this Hitpoint (format {header.get('format')!r:.40})")
    return dict(header)


def _json(header: Mapping[str, str], name: str, path: Path) -> object:
    try:
        values: object = json.loads(header.get(name, "null"))
    except (ValueError, RecursionError):
        raise CheckpointError(f"{path}: its {name} cannot be read; the file is damaged") from None
    return values


def _filled(
    kind: type[_Model],
    config: AMTConfig | MemoryConfig | RegressorConfig | DynamicsConfig,
    tensors: dict[str, Tensor],
    path: Path,
) -> _Model:
    """A model with these weights, made only when all names and shapes are right."""
    with torch.device("meta"), _NoInitialValues():
        expected = {name: value.shape for name, value in kind(config).state_dict().items()}
    odd = sorted(set(expected) ^ set(tensors))
    if odd:
        raise CheckpointError(f"{path}: {odd[0]!r:.80} is missing or out of place; the file is for another model")
    for name, shape in expected.items():
        if tensors[name].shape != shape:
            found = tuple(tensors[name].shape)
            raise CheckpointError(f"{path}: {name} has the shape {found}, not {tuple(shape)}; it is for another model")
        if not bool(torch.isfinite(tensors[name]).all()):
            raise CheckpointError(f"{path}: {name} holds numbers that are not finite; the file is damaged")
    with _NoInitialValues():
        model = kind(config)
    model.load_state_dict(tensors)
    return model.eval()


class _NoInitialValues(TorchFunctionMode):
    """Layers made inside do not draw numbers that a file's weights replace at once.

    Drawing them costs time, and on the meta device it loads torch's compiler, which takes a second.
    """

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Leave a tensor as it is where it would be filled by chance, and do everything else as ever."""
        if getattr(func, "__name__", "") in _DRAWING:
            return args[0] if args else (kwargs or {})["tensor"]
        return func(*args, **(kwargs or {}))


def _save(
    model: nn.Module,
    kind: _FileKind,
    config: Mapping[str, Any],
    path: Path,
    metadata: Mapping[str, Any],
    *,
    half: bool,
) -> None:
    dtype = torch.float16 if half else torch.float32
    tensors = {name: value.detach().to("cpu", dtype).contiguous() for name, value in model.state_dict().items()}
    header = {
        "format": _FORMAT,
        "kind": kind,
        "config": json.dumps(config),
        "about": json.dumps(dict(metadata)),
    }
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        save_file(tensors, beside, metadata=header)
        beside.replace(path)
    except (OSError, SafetensorError) as error:
        beside.unlink(missing_ok=True)
        raise CheckpointError(f"{path}: the checkpoint cannot be written ({_one_line(error)})") from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
