"""Keys and values of what was heard, of several takes that may have begun as one.

What all takes have in common is kept once and read by all of them in one product; what each has heard since is its own.
So to draw takes anew copies only what they wrote themselves, and attention of eight particles to three minutes before
them reads those minutes once, not eight times.

Everywhere the order is (variants of the conditions, heads, takes), so that neither product needs a copy.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class HeardKeys:
    """It lives in one decoding and is written to by each step.

    Attributes:
        shared: (kinds, variants, heads, n, width) the first ``n`` places, the same for all takes.
        own: (kinds, variants, heads, takes, room, width) from there on; places not heard yet are only room.
    """

    shared: Tensor
    own: Tensor

    @property
    def _begun(self) -> int:
        return self.shared.shape[3]

    def at(self, kinds: slice, first: int, places: int) -> Tensor:
        """(kinds, variants, heads, takes, places, width) to write to, from place ``first`` on; not what is shared."""
        start = first - self._begun
        return self.own[kinds, :, :, :, start : start + places]

    def tell(self, kinds: slice, rows: Tensor) -> None:
        """Write the first places, (kinds, variants, heads, places, width), of the only take."""
        self.own[kinds, :, :, 0, : rows.shape[3]] = rows

    def scores(self, kind: int, query: Tensor, length: int) -> Tensor:
        """(variants * heads, rows, length) products of queries (variants * heads, rows, width) with what was heard.

        Rows are takes, or takes and their newest places; a row that comes before others is not to look at their places.
        """
        begun, own = self._begun, self.own[kind].flatten(0, 2)[:, : length - self._begun]
        late = torch.bmm(query.reshape(len(own), -1, query.shape[2]), own.transpose(1, 2)).view(*query.shape[:2], -1)
        if not begun:
            return late
        return torch.cat((torch.bmm(query, self.shared[kind].flatten(0, 1).transpose(1, 2)), late), 2)

    def mixed(self, kind: int, weights: Tensor) -> Tensor:
        """(variants * heads, rows, width) sums of what was heard by weights shaped like :meth:`scores`."""
        begun, length = self._begun, weights.shape[2]
        own = self.own[kind].flatten(0, 2)[:, : length - begun]
        late = torch.bmm(weights.view(len(own), -1, length)[..., begun:], own).view(*weights.shape[:2], -1)
        if not begun:
            return late
        return torch.baddbmm(late, weights[..., :begun], self.shared[kind].flatten(0, 1))

    def chosen(self, takes: Tensor, length: int) -> HeardKeys:
        """Of the takes with these numbers, (n,), as far as ``length`` places; the last is never shared.

        Several from a single one share what it has heard, where it stands.
        """
        own, shared, begun = self.own, self.shared, self._begun
        if own.shape[3] == 1 and not begun:
            begun = max(length - 1, 0)
            shared, own = own[:, :, :, 0, :begun], own[:, :, :, :, begun:]
        fresh = own.new_empty(*own.shape[:3], len(takes), *own.shape[4:])
        heard = length - begun
        fresh[:, :, :, :, :heard] = own[:, :, :, :, :heard].index_select(3, takes)
        return HeardKeys(shared, fresh)


def room_for(like: Tensor, *sizes: int) -> HeardKeys:
    """Nothing heard, with room for it: ``sizes`` are those of :attr:`HeardKeys.own`; of the kind of ``like``."""
    kinds, variants, heads, _, _, width = sizes
    return HeardKeys(like.new_empty(kinds, variants, heads, 0, width), like.new_empty(sizes))
