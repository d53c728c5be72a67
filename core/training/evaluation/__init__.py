"""Evaluation: metrics, baselines, probes, model cards."""
