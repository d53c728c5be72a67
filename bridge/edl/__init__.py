"""Edit decision lists (CMX 3600 and what has become of it), read by their record times.

The record times of the video events say what is seen when, so that an event whose source does not fit, a key or a
channel that nobody understands stops nothing. A list does not tell its frame rate: :mod:`hitpoint.bridge.edl.rates`.
"""
