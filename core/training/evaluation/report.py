"""An evaluation as a table for people."""

from __future__ import annotations

from typing import Any

from hitpoint.core.training.evaluation.evaluate import Evaluation

_CHORD_COLUMNS = {
    "hits_at_1": "Hits@1", "hits_at_3": "Hits@3", "hits_at_5": "Hits@5", "change_hits_at_1": "change@1", "nll": "nats",
}  # fmt: skip
_DYNAMICS_COLUMNS = {
    "density_rmse": "density", "density_rmse_unpadded": "unpadded", "density_correlation": "r",
    "loudness_rmse": "loudness", "loudness_rmse_unpadded": "unpadded", "loudness_correlation": "r",
}  # fmt: skip
_BASELINES = {
    "copy": "copy the last chord", "bigram": "Kneser-Ney bigram", "ngram3": "Kneser-Ney 3-gram",
    "ngram5": "Kneser-Ney 5-gram", "ngram8": "Kneser-Ney 8-gram", "cache": "cache of the song",
}  # fmt: skip
_UNSEEN = {"semantic": "CLIP", "picture": "picture"}
_PROBES = {
    "video_gain_song_bits": "by the song's own picture, bits/s", "video_gain_moment_bits": "by its moments, bits/s",
    "infill_gain_4s_nats": "of a gap of 4 s by locks, nats/s", "infill_gain_8s_nats": "of 8 s",
    "infill_gain_16s_nats": "of 16 s", "infill_gain_32s_nats": "of 32 s",
    "refill_gain_4s_nats": "of 4 s as it is composed, nats/s", "refill_gain_8s_nats": "of 8 s",
    "refill_gain_16s_nats": "of 16 s", "refill_gain_32s_nats": "of 32 s", "change_ece": "error of P(change)",
}  # fmt: skip
_NAME_WIDTH = 24


def evaluation_table(evaluation: Evaluation) -> str:
    """Model and baselines, a line each, with the 95 % interval of the first column; some twenty lines."""
    seen = "with" if evaluation.with_semantic else "without"
    rows = [("AMT", evaluation.model)]
    rows += [(f"AMT, no {_UNSEEN[name]}", scores) for name, scores in evaluation.without.items()]
    rows += [(words, evaluation.baselines[name]) for name, words in _BASELINES.items()]
    curves = evaluation.regressor["baselines"]
    dynamics = [("regressor", evaluation.regressor), ("mean curve", curves["fade"]), ("constant", curves["constant"])]
    lines = [
        f"{evaluation.split}, {evaluation.songs} songs, {evaluation.protocol} protocol, {seen} CLIP features",
        *_table("Next chord", _CHORD_COLUMNS, rows),
        *(_gain_line(name, gain) for name, gain in evaluation.gains.items() if name in ("copy", "cache")),
        *_probe_lines(evaluation.probes),
        *_generation_lines(evaluation.generation),
        *_table("Error of density, loudness", _DYNAMICS_COLUMNS, dynamics),
    ]
    return "\n".join(lines)


def _table(title: str, columns: dict[str, str], rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
    first = next(iter(columns))
    head = (
        f"{title:<{_NAME_WIDTH}}" + "".join(f"{words:>10}" for words in columns.values()) + f"  {columns[first]} 95 %"
    )
    lines = ["", head]
    for name, scores in rows:
        low, high = scores[f"{first}_ci"]
        values = "".join(f"{scores[column]:>10.3f}" for column in columns)
        lines.append(f"{name:<{_NAME_WIDTH}}{values}  {low:.3f} .. {high:.3f}")
    return lines


def _probe_lines(probes: dict[str, Any]) -> list[str]:
    """A line for each probe there is."""
    lines = ["", "Chords become likelier"] if probes else []
    for name, words in _PROBES.items():
        if name in probes:
            low, high = probes[f"{name}_ci"]
            lines.append(f"  {words:<34}{probes[name]:>+8.4f}  (95 % {low:+.4f} .. {high:+.4f})")
    return lines


def _generation_lines(found: dict[str, Any]) -> list[str]:
    """What was composed: distances, tonal measures, diversity, copies; nothing if nothing was."""
    if not found:
        return []
    title = f"Composed, {found['pieces']} x {found['takes']}"
    lines = ["", f"{title:<{_NAME_WIDTH}}{'ours':>10}{'real':>10}{'bound':>10}"]
    for name, distance in found["distance_bits"].items():
        values = "".join(f"{distance[column]:>10.4f}" for column in ("value", "real", "bound"))
        lines.append(f"{f'{name}s, bits from train':<{_NAME_WIDTH}}{values}{'' if distance['within'] else '  outside'}")
    for name, tonal in found["tonal"].items():
        lines.append(f"{name.replace('_', ' '):<{_NAME_WIDTH}}{tonal['mean']:>10.3f}{tonal['real_mean']:>10.3f}")
    diversity, copies = found["diversity"], found["copies"]
    for name in ("self_bleu_4", "hamming") if diversity else ():
        lines.append(f"{f'{name} of takes':<{_NAME_WIDTH}}{diversity[name]:>10.3f}{diversity[f'real_{name}']:>10.3f}")
    alarms = f"{copies['alarms_seconds']} + {copies['alarms_chords']} alarms; {found['lock_violations']} locks broken"
    shared = f"{copies['longest_seconds']} s, {copies['longest_chords']} chords"
    return [*lines, f"longest shared with a training song: {shared}; {alarms}"]


def _gain_line(name: str, gain: dict[str, Any]) -> str:
    parts = []
    for column, words in {"hits_at_1": "Hits@1", "change_hits_at_1": "change@1", "nll": "nats"}.items():
        low, high = gain[f"{column}_ci"]
        parts.append(f"{words} {gain[column]:+.3f} ({low:+.3f} .. {high:+.3f})")
    return f"AMT less {_BASELINES[name]}: {', '.join(parts)}"
