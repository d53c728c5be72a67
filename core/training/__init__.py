"""Training the models and measuring them, on MuVi-Sync in its published layout.

``datasets`` reads songs, ``baselines`` counts chords, ``metrics`` are pure functions; ``train`` makes checkpoints from
:class:`~hitpoint.core.training.options.TrainingOptions` or from a ``recipe``; ``evaluate`` measures them beside the
baselines, and ``report`` shows it::

    from hitpoint.core.training.evaluate import evaluate
    from hitpoint.core.training.report import evaluation_table

    print(evaluation_table(evaluate(Path("MuVi-Sync"), split="val", with_semantic=False)))
"""
