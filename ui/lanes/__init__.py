"""The lanes: what a cue is, over one time ruler, for a timeline of four seconds or of a whole feature.

:class:`~hitpoint.ui.lanes.timeline_view.TimelineView` is the widget; it is given a
:class:`~hitpoint.ui.lanes.drawing.timeline_data.TimelineData`, shows it, and says by signals what the editor wants::

    view = TimelineView()
    view.show_timeline(timeline_data(edit, cue))
    view.chord_set_requested.connect(presenter.set_chord)
    view.show_playhead(12.5)
    view.zoom_to_fit()

:mod:`~hitpoint.ui.lanes.drawing.scale`, :mod:`~hitpoint.ui.lanes.drawing.timeline_data`,
:mod:`~hitpoint.ui.lanes.drawing.columns` and :mod:`~hitpoint.ui.lanes.drawing.labels` are plain Python; each other
module is one lane, on the ground of :mod:`~hitpoint.ui.lanes.drawing.lane`. Nothing is painted but what can be seen,
and what is smaller than a few pixels is painted together.
"""
