"""What a recording plays: beats and bars, key, chords, melody, drums, dynamics and sections, each with how sure it is.

librosa gives the spectra, the onsets and the segmentation; two small networks of ours, trained on renderings with exact
labels, tell beats, bar lines and chords. Everything heavy is imported when a recording is heard, not before.
"""
