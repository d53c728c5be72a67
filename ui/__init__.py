"""The panel: what the editor sees. Imports ``core`` only.

:mod:`~hitpoint.ui.presenter.presenter` is the panel without Qt: it owns a :class:`~hitpoint.ui.presenter.desk.Desk`
with the open edit and its session, runs long work through :mod:`~hitpoint.ui.presenter.runner`, and speaks to whatever
is a :class:`~hitpoint.ui.presenter.view.PanelView`. :class:`~hitpoint.ui.panel.Panel` is one, of widgets; lanes,
players and dialogues have folders of their own. :mod:`~hitpoint.ui.app` makes them all and wires them; what lies
outside comes through :mod:`hitpoint.core.ports`::

    from hitpoint.plugin.panel.ports import panel_ports
    from hitpoint.ui.app import run_panel

    run_panel(panel_ports(), Path("cut.otio"))
"""
