"""What a window says it is doing when several runners work for it."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.ui.presenter.view_models import Busy


class BusyOfAll:
    """One line for several runners: what the first of them is at, else the next.

    Args:
        show: shows the line; None when nobody works.
    """

    def __init__(self, show: Callable[[Busy | None], None]) -> None:
        self._show = show
        self._at: list[Busy | None] = []

    def next(self) -> Callable[[Busy | None], None]:
        """What one more runner tells; those asked for earlier go before it."""
        place = len(self._at)
        self._at.append(None)

        def tell(busy: Busy | None) -> None:
            self._at[place] = busy
            self._show(next((each for each in self._at if each is not None), None))

        return tell
