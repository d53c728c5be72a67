"""Training the models and measuring them, on MuVi-Sync, McGill Billboard and POP909 as they are published.

``datasets`` and ``corpora`` read songs, ``segments`` samples them anew, ``memory_windows`` and ``batches`` make
batches. ``train`` makes checkpoints from :class:`~hitpoint.core.training.options.TrainingOptions` or from a ``recipe``,
by the ``loop``, on one process or several (``distributed``). ``metrics`` and ``music_metrics`` are pure functions;
``baselines`` counts chords; ``evaluate`` measures models beside them, with ``probes`` and ``generation``, and
``report`` shows it::

    from hitpoint.core.training.evaluation.evaluate import evaluate
    from hitpoint.core.training.evaluation.report import evaluation_table

    print(evaluation_table(evaluate(Path("MuVi-Sync"), split="val", with_semantic=False)))
"""
