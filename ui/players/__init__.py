"""Playing what is composed: the mix of the moment, the clock of what is heard, and the devices.

:class:`~hitpoint.ui.players.mixer.Mixer` says which samples come next and knows no device; a
:class:`~hitpoint.ui.players.output.SoundOutput` asks for them (sounddevice, miniaudio, a silent clock where there is no
device, and one for tests that records); :class:`~hitpoint.ui.players.clock.SoundClock` says what of it is heard now.
Put together they are an :class:`~hitpoint.ui.players.audition_player.AuditionPlayer`, which is a
:class:`~hitpoint.ui.players.player.Player`::

    player = choose_player()
    player.load(PlayedSound(frames, music))
    player.play()
    print(player.device.explanation, player.position)
"""
