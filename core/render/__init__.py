"""Scores into sound: MIDI, samples, mix and files.

The main names: :func:`~hitpoint.core.render.choice.choose_synthesizer`,
:func:`~hitpoint.core.render.mixdown.mixdown.render_score` and :func:`~hitpoint.core.render.formats.midi.write_midi`::

    synth = choose_synthesizer("auto")
    done = render_score(score, cue.samples, synth, Path("cue.music"), "cue")
    write_midi(score, Path("cue.music/cue.mid"), seconds=cue.seconds)
    print(done.mix, done.loudness, done.true_peak)
"""
