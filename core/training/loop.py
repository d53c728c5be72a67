"""The training loop: updates, running mean of the weights, validation, early stop, and going on where it stopped.

A :class:`Task` knows a model and its data; the loop knows neither. All that is random in update ``n`` follows from the
seed and ``n`` alone, so a run that was stopped goes on exactly as if it had not been. Of several processes (see
``distributed``) each takes its share of an update; the first validates, logs and saves.
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
from hitpoint.core.training.distributed import (
    average_gradients,
    is_true_anywhere,
    local_rank,
    mean_value,
    place,
    processes_met,
    said_by_first,
    share_weights,
)
from hitpoint.core.training.optimisers import Optimisers, optimisers_for, rate_share_at
from hitpoint.core.training.options import TrainingOptions

_LOG_EVERY = 10  # updates
_DROPOUT_APART = 7_919  # between the seeds of what the processes draw for themselves

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
        """The loss of a batch drawn with ``rng``, to be made small; ``update`` counts from 0.

        Of several processes each draws the same batch and takes its :meth:`~.distributed.Place.share`; the mean of
        what they answer is the loss of the whole.
        """

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
    optimisers: Optimisers
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
    if options.batch_size < place().count:
        raise OptionError(f"a batch of {options.batch_size} cannot be shared by {place().count} processes: enlarge it")
    _prepare_output(options)
    if options.threads:
        torch.set_num_threads(options.threads)
    devices = [torch.cuda.current_device()] if device.type == "cuda" else []
    with processes_met(device), torch.random.fork_rng(devices=devices):
        task.model.to(device).train()
        share_weights(task.model)
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
    return torch.device("cuda", local_rank()) if wants_gpu else torch.device("cpu")


def checkpoint_path(options: TrainingOptions) -> Path:
    """Where the best weights of a run are written."""
    return options.output / f"{options.kind}.safetensors"


def _train(
    task: Task, run: _Run, options: TrainingOptions, device: torch.device, progress: Progress
) -> Literal["finished", "no longer better", "time"]:
    started, before = time.monotonic(), run.seconds
    while run.update < options.updates:
        _go_on(run, options, device, progress)
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
        is_late = options.max_seconds is not None and run.seconds - before >= options.max_seconds
        if options.max_seconds is not None and is_true_anywhere(is_late, device):
            _look(task, run, options, device)
            _save_state(task, run, options)
            return "time"
    return "finished"


def _go_on(run: _Run, options: TrainingOptions, device: torch.device, progress: Progress) -> None:
    """Report; if any process was asked to stop, all raise Cancelled."""
    asked = False
    try:
        progress.step(run.update / options.updates, f"update {run.update + 1} of {options.updates}")
    except Cancelled:
        asked = True
    if is_true_anywhere(asked, device):
        raise Cancelled


def _update(task: Task, run: _Run, options: TrainingOptions, device: torch.device) -> float:
    """One update; the loss of the whole batch before it."""
    torch.manual_seed(options.seed * 1_000_003 + run.update + _DROPOUT_APART * place().rank)
    rng = np.random.default_rng((options.seed, run.update))
    run.optimisers.set_rate(rate_share_at(run.update, options))
    half = torch.autocast(device.type, torch.bfloat16) if options.precision == "bfloat16" else nullcontext()
    with half:
        loss = task.loss(run.update, rng, device)
    run.optimisers.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    average_gradients(task.model.parameters())
    nn.utils.clip_grad_norm_(task.model.parameters(), options.gradient_limit)
    run.optimisers.step()
    _average(run.averaged, task.model, min(options.averaging, (1 + run.update) / (10 + run.update)))
    return mean_value(float(loss.detach()), device)


@torch.no_grad()
def _average(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    for mean, current in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(current, 1.0 - decay)


def _look(task: Task, run: _Run, options: TrainingOptions, device: torch.device) -> None:
    """Validate the averaged weights, and keep them if they are the best so far."""
    scores = said_by_first(task.validate(run.averaged, device) if place().is_first else None)
    _log(options, {"update": run.update, "seconds": round(run.seconds, 1), "validation": scores})
    if scores["score"] < run.best_score:
        run.best_score, run.best_update = scores["score"], run.update
        about = {"recipe": options.recipe(), "update": run.update, "validation": scores}
        if place().is_first:
            task.save(run.averaged, checkpoint_path(options), about)


def _begun(task: Task, options: TrainingOptions) -> _Run:
    """A new run, or the one to resume."""
    averaged = deepcopy(task.model).eval().requires_grad_(requires_grad=False)
    run = _Run(averaged, optimisers_for(task.model, options))
    if options.resume and _state_path(options).is_file():
        _restore(task, run, options)
    _keep_log(options, run.update)
    return run


def _state_path(options: TrainingOptions) -> Path:
    return options.output / "state.pt"


def _save_state(task: Task, run: _Run, options: TrainingOptions) -> None:
    """All that is needed to go on; tensors, numbers and text only, so that it loads without running code."""
    if not place().is_first:
        return
    state = {
        "recipe": options.recipe_text(),
        "model": task.model.state_dict(),
        "averaged": run.averaged.state_dict(),
        "optimisers": run.optimisers.state_dict(),
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
        run.optimisers.load_state_dict(state["optimisers"])
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
    if not place().is_first:
        return
    with _log_path(options).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


def _keep_log(options: TrainingOptions, update: int) -> None:
    """Drop what was logged after the update from which the run goes on."""
    if not place().is_first:
        return
    path = _log_path(options)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    kept = [line for line in lines if json.loads(line)["update"] <= update]
    path.write_text("".join(line + "\n" for line in kept), encoding="utf-8")
