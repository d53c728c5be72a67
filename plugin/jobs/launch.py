"""The only place that makes the real objects of a run and hands them to each other: models, synthesiser, cache."""

from __future__ import annotations

from importlib import metadata

import torch

from hitpoint.core.compose.compose import Models
from hitpoint.core.files.digests import sha256_of
from hitpoint.core.model.checkpoint import default_checkpoint, fingerprint, load_chord_model, load_regressor
from hitpoint.core.model.generate import one_thread
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.jobs.engine import Engine


def models_of(engine: Engine) -> Models:
    """The networks, in float64 so that a seed gives the same chords on every machine.

    Raises:
        CheckpointError: if weights cannot be loaded.
    """
    with one_thread():
        return Models(
            chords=load_chord_model(engine.checkpoint or default_checkpoint("amt")).double(),
            dynamics=load_regressor(engine.regressor or default_checkpoint("regressor")).double(),
        )


def weights_of(engine: Engine) -> tuple[str, ...]:
    """SHA-256 of the networks that compose: chords, dynamics."""
    places = (engine.checkpoint or default_checkpoint("amt"), engine.regressor or default_checkpoint("regressor"))
    return tuple(digest for digest in map(sha256_of, places) if digest is not None)


def synthesizer_of(engine: Engine) -> Synthesizer:
    """The synthesiser of the parts.

    Raises:
        SoundFontError: if the font or the synthesiser cannot be used.
    """
    return choose_synthesizer(engine.synth, engine.soundfont)


def engine_facts(engine: Engine, synth: Synthesizer) -> dict[str, object]:
    """The engine as a report tells it."""
    checkpoint = engine.checkpoint or default_checkpoint("amt")
    return {
        "version": metadata.version("hitpoint"),
        "checkpoint": f"{checkpoint.name} {fingerprint(checkpoint)}",
        "features": engine.features,
        "synth": synth.name,
        "soundfont": synth.soundfont.name,
        "device": "cpu",
        "threads": torch.get_num_threads(),
    }
