"""The Affective Multimodal Transformer and the biGRU regressor of Video2Music, and how they are decoded.

:mod:`~hitpoint.core.model.vocabulary` numbers the chords; :mod:`~hitpoint.core.model.networks.amt` and
:mod:`~hitpoint.core.model.networks.bigru` are its networks, with successors of ours beside them,
:mod:`~hitpoint.core.model.checkpoint` their files (the
authors' or ours); :mod:`~hitpoint.core.model.rules.rules` are musical wishes; :mod:`~hitpoint.core.model.generate`
composes::

    model = load_amt("best_loss_weights.pickle").double()
    video = video_matrix(features.scene_offset, features.motion, features.emotion, features.semantic)
    rules = (LockedChords({0: token_named("A:min")}), Cadence(len(video), is_minor=True), NoSilence(), InKey(True))
    tokens = compose_chords(model, video, is_minor=True, rng=np.random.default_rng(7), rules=rules)
    print([symbol_of(token) for token in tokens])

Another model of chords can take AMT's place if it is a :class:`~hitpoint.core.model.chord_model.ChordModel`. Ours is
:mod:`~hitpoint.core.model.networks.memory_amt`: it remembers the song
(:mod:`~hitpoint.core.model.networks.song_memory`, :mod:`~hitpoint.core.model.networks.pointers`) and sees fixed chords
and wishes (:mod:`~hitpoint.core.model.conditions`), which :mod:`~hitpoint.core.model.guidance` makes it obey as
strongly as wanted::

    model = GuidedAMT(load_chord_model("memory_amt.safetensors").double(), strength=2.0)
    levels = np.tile([7, 2, NO_WISH, NO_WISH], (len(video), 1))  # much minor, few changes
    asked = conditions_of(video, locks={0: token_named("A:min")}, levels=levels)
    tokens = compose_chords(model, video, is_minor=True, rng=np.random.default_rng(7), rules=rules, conditions=asked)

What makes it quick is in :mod:`~hitpoint.core.model.networks.single_step`, the decoder as composing calls it,
:mod:`~hitpoint.core.model.networks.key_cache`, what takes have in common, and
:mod:`~hitpoint.core.model.networks.speculation`, which reads the next chords before they are drawn.

A stretch among chords that stay is written by :mod:`~hitpoint.core.model.refill`: it hears what follows first
(:mod:`~hitpoint.core.model.infill`) and weighs several ways to each chord that stays.
:mod:`~hitpoint.core.model.rules.common_progressions` keeps it from listening to itself alone, and
:mod:`~hitpoint.core.model.known_runs` tells what it copied from the songs it learnt from.
"""
