"""Does music fit its own picture? Asked of the sound alone: which of several edits does it belong to?

:mod:`asked` tells what an edit asks of its music, second by second; :mod:`heard` what a recording has of it;
:mod:`matching` plays each edit its own music and another's, and counts how often its own fits better.
"""
