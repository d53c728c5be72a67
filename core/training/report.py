"""An evaluation as a table for people."""

from __future__ import annotations

from typing import Any

from hitpoint.core.training.evaluate import Evaluation

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
_NAME_WIDTH = 24


def evaluation_table(evaluation: Evaluation) -> str:
    """Model and baselines, a line each, with the 95 % interval of the first column; some twenty lines."""
    seen = "with" if evaluation.with_semantic else "without"
    rows = [("AMT", evaluation.model)]
    rows += [(words, evaluation.baselines[name]) for name, words in _BASELINES.items()]
    curves = evaluation.regressor["baselines"]
    dynamics = [("biGRU", evaluation.regressor), ("mean curve", curves["fade"]), ("constant", curves["constant"])]
    lines = [
        f"{evaluation.split}, {evaluation.songs} songs, {evaluation.protocol} protocol, {seen} CLIP features",
        *_table("Next chord", _CHORD_COLUMNS, rows),
        *(_gain_line(name, gain) for name, gain in evaluation.gains.items() if name in ("copy", "cache")),
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


def _gain_line(name: str, gain: dict[str, Any]) -> str:
    low, high = gain["hits_at_1_ci"]
    return f"AMT less {_BASELINES[name]}: Hits@1 {gain['hits_at_1']:+.3f} (95 % {low:+.3f} .. {high:+.3f}, paired)"
