"""The training loop: updates, running mean of the weights, validation, early stop, and going on where it stopped.

A :class:`Task` knows a model and its data; the loop knows neither. All that is random in update ``n`` follows from the
seed and ``n`` alone, so a run that was stopped goes on exactly as if it had not been, and several processes can later
draw parts of one update by adding their rank to the seed.
"""

from __future__ import annotations

import json
import math
import pickle
import time
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from hitpoint.core.errors import CheckpointError, DatasetError, OptionError
from hitpoint.core.progress import SILENT, Cancelled, Progress
from hitpoint.core.training.options import TrainingOptions

_LOG_EVERY = 10  # updates
_LAST_RATE = 0.05  # of the learning rate, at the end

# What reading a training state raises if it is damaged, or of another program.
_UNREADABLE = (
    pickle.UnpicklingError,
    OSError,
    RuntimeError,
    LookupError,
    TypeError,
    ValueError,
    EOFError,
    AttributeError,
)

Scores = dict[str, float]


class Task(Protocol):
    """A model to train, and what to train it on."""

    @property
    def model(self) -> nn.Module:
        """The model; the loop moves it to its device and changes its weights."""

    def loss(self, update: int, rng: np.random.Generator, device: torch.device) -> Tensor:
        """The loss of a batch drawn with ``rng``, to be made small; ``update`` counts from 0."""

    def validate(self, model: nn.Module, device: torch.device) -> Scores:
        """Scores on the validation split; ``score`` among them is the one to make small."""

    def save(self, model: nn.Module, path: Path, about: dict[str, Any]) -> None:
        """Write the model as a checkpoint."""


@dataclass(frozen=True)
class TrainingResult:
    """How a run ended.

    Attributes:
        checkpoint: the best weights by the validation split.
        updates: made in all.
        best_update: after which the best weights stood.
        best_score: theirs.
        reason: why it ended; after "time" it can be resumed.
        seconds: of training in all.
    """

    checkpoint: Path
    updates: int
    best_update: int
    best_score: float
    reason: Literal["finished", "no longer better", "time"]
    seconds: float


@dataclass
class _Run:
    """Where a run stands; lives in one call of :func:`fit`."""

    averaged: nn.Module
    optimiser: torch.optim.Optimizer
    update: int = 0
    best_update: int = 0
    best_score: float = math.inf
    seconds: float = 0.0


def fit(task: Task, options: TrainingOptions, progress: Progress = SILENT) -> TrainingResult:
    """Train the task's model; its best weights are written to ``options.output``.

    Raises:
        Cancelled: when asked to stop; the state is kept for ``resume``.
        CheckpointError: if the state to resume from is of another recipe, or cannot be read.
    """
    device = chosen_device(options)
    _prepare_output(options)
    if options.threads:
        torch.set_num_threads(options.threads)
    devices = [torch.cuda.current_device()] if device.type == "cuda" else []
    with torch.random.fork_rng(devices=devices):
        task.model.to(device).train()
        run = _begun(task, options)
        try:
            reason = _train(task, run, options, device, progress)
        except Cancelled:
            _save_state(task, run, options)
            raise
    return TrainingResult(
        checkpoint_path(options), run.update, run.best_update, run.best_score, reason, round(run.seconds, 1)
    )


def chosen_device(options: TrainingOptions) -> torch.device:
    """The device that was asked for.

    Raises:
        OptionError: if there is no GPU to be had.
    """
    if options.device == "cuda" and not torch.cuda.is_available():
        raise OptionError("this machine has no GPU that torch can use: train with device 'cpu' or 'auto'")
    wants_gpu = options.device == "cuda" or (options.device == "auto" and torch.cuda.is_available())
    return torch.device("cuda" if wants_gpu else "cpu")


def checkpoint_path(options: TrainingOptions) -> Path:
    """Where the best weights of a run are written."""
    return options.output / f"{options.kind}.safetensors"


def learning_rate_at(update: int, options: TrainingOptions) -> float:
    """A straight rise over ``warmup`` updates, then half a cosine down to a twentieth at the last update."""
    if update < options.warmup:
        return options.learning_rate * (update + 1) / options.warmup
    done = min(1.0, (update - options.warmup) / max(1, options.updates - options.warmup))
    return options.learning_rate * (_LAST_RATE + (1 - _LAST_RATE) * (1 + math.cos(math.pi * done)) / 2)


def _train(
    task: Task, run: _Run, options: TrainingOptions, device: torch.device, progress: Progress
) -> Literal["finished", "no longer better", "time"]:
    started, before = time.monotonic(), run.seconds
    while run.update < options.updates:
        progress.step(run.update / options.updates, f"update {run.update + 1} of {options.updates}")
        loss = _update(task, run, options, device)
        run.update += 1
        run.seconds = before + time.monotonic() - started
        if run.update % _LOG_EVERY == 0:
            _log(options, {"update": run.update, "seconds": round(run.seconds, 1), "loss": round(loss, 5)})
        if run.update % options.validate_every == 0 or run.update == options.updates:
            _look(task, run, options, device)
            _save_state(task, run, options)
        if run.update - run.best_update >= options.patience * options.validate_every:
            return "no longer better"
        if options.max_seconds is not None and run.seconds - before >= options.max_seconds:
            _look(task, run, options, device)
            _save_state(task, run, options)
            return "time"
    return "finished"


def _update(task: Task, run: _Run, options: TrainingOptions, device: torch.device) -> float:
    torch.manual_seed(options.seed * 1_000_003 + run.update)
    rng = np.random.default_rng((options.seed, run.update))
    for group in run.optimiser.param_groups:
        group["lr"] = learning_rate_at(run.update, options)
    half = torch.autocast(device.type, torch.bfloat16) if options.precision == "bfloat16" else nullcontext()
    with half:
        loss = task.loss(run.update, rng, device)
    run.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(task.model.parameters(), options.gradient_limit)
    run.optimiser.step()
    _average(run.averaged, task.model, min(options.averaging, (1 + run.update) / (10 + run.update)))
    return float(loss.detach())


@torch.no_grad()
def _average(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    for mean, current in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(current, 1.0 - decay)


def _look(task: Task, run: _Run, options: TrainingOptions, device: torch.device) -> None:
    """Validate the averaged weights, and keep them if they are the best so far."""
    scores = task.validate(run.averaged, device)
    _log(options, {"update": run.update, "seconds": round(run.seconds, 1), "validation": scores})
    if scores["score"] < run.best_score:
        run.best_score, run.best_update = scores["score"], run.update
        about = {"recipe": options.recipe(), "update": run.update, "validation": scores}
        task.save(run.averaged, checkpoint_path(options), about)


def _begun(task: Task, options: TrainingOptions) -> _Run:
    """A new run, or the one to resume."""
    averaged = deepcopy(task.model).eval().requires_grad_(requires_grad=False)
    matrices = [weight for weight in task.model.parameters() if weight.ndim > 1]
    others = [weight for weight in task.model.parameters() if weight.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": options.weight_decay}, {"params": others, "weight_decay": 0.0}],
        lr=options.learning_rate,
        betas=(0.9, 0.98),
    )
    run = _Run(averaged, optimiser)
    if options.resume and _state_path(options).is_file():
        _restore(task, run, options)
    _keep_log(options, run.update)
    return run


def _state_path(options: TrainingOptions) -> Path:
    return options.output / "state.pt"


def _save_state(task: Task, run: _Run, options: TrainingOptions) -> None:
    """All that is needed to go on; tensors, numbers and text only, so that it loads without running code."""
    state = {
        "recipe": options.recipe_text(),
        "model": task.model.state_dict(),
        "averaged": run.averaged.state_dict(),
        "optimiser": run.optimiser.state_dict(),
        "update": run.update,
        "best_update": run.best_update,
        "best_score": run.best_score,
        "seconds": run.seconds,
    }
    beside = _state_path(options).with_suffix(".part")
    torch.save(state, beside)
    beside.replace(_state_path(options))


def _restore(task: Task, run: _Run, options: TrainingOptions) -> None:
    path = _state_path(options)
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["recipe"] != options.recipe_text():
            raise CheckpointError(f"{path}: of another recipe; give the same options, or another output folder")
        task.model.load_state_dict(state["model"])
        run.averaged.load_state_dict(state["averaged"])
        run.optimiser.load_state_dict(state["optimiser"])
        run.update, run.best_update = int(state["update"]), int(state["best_update"])
        run.best_score, run.seconds = float(state["best_score"]), float(state["seconds"])
    except _UNREADABLE as error:
        raise CheckpointError(f"{path}: cannot be resumed ({type(error).__name__}); start anew") from None


def _prepare_output(options: TrainingOptions) -> None:
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(f"{options.output}: the folder cannot be made ({error.strerror}); name another") from None


def _log_path(options: TrainingOptions) -> Path:
    return options.output / "log.jsonl"


def _log(options: TrainingOptions, line: dict[str, Any]) -> None:
    with _log_path(options).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


def _keep_log(options: TrainingOptions, update: int) -> None:
    """Drop what was logged after the update from which the run goes on."""
    path = _log_path(options)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept = [line for line in lines if json.loads(line)["update"] <= update]
    path.write_text("".join(line + "\n" for line in kept), encoding="utf-8")
