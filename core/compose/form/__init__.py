"""Form first: the plan of a cue, made before a chord is written.

:func:`~hitpoint.core.compose.form.planner.planned` reads the ranked moments (:mod:`full_hits`), the stretches of mood
(:mod:`stretches`), and lays bars over them (:mod:`tempo_plan`); then come sections and phrases (:mod:`division`), keys
(:mod:`keys`), the curve of tension with its summit (:mod:`arc`), themes and names (:mod:`themes`), and who plays when
(:mod:`forces`).

>>> tempo, plan = planned(blank, features, hits_per_minute=3.0)    # doctest: +SKIP
>>> [(section.name, section.theme) for section in plan.sections]   # doctest: +SKIP
[('Intro', ''), ('Theme', 'A'), ('Build', "A'"), ('Summit', 'B'), ('Release', "A''")]
"""
