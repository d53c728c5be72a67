"""The table of textures: what hands do in a bar, from quiet to busy. How to read it: :mod:`textures`."""

from __future__ import annotations

from hitpoint.core.arrange.textures import Texture, texture

# name -> texture, from quiet to busy; the figure is the notes struck in the two steps of a bar
TEXTURES: dict[str, Texture] = {
    "tacet": texture(),
    "hold thin": texture(held="ts"),
    "hold": texture(held="tas"),
    "hold wide": texture(held="tasd"),
    "bass": texture(held="b"),
    "walking bass": texture(held="b", walks=True),
    # bass that moves: 3, 5
    "bass beats": texture(
        {"b": "x--.x-p-|x--.x-p-"},
        {"b": "x-.x..p-|x-.x..p-"},
    ),
    "bass drive": texture(
        {"b": "x.x.x-p-|x.x.x-p-", "o": ".......x|.......x"},
        {"b": "x-.xx-p-|x-.xx-p-", "o": "......x.|......x."},
    ),
    # single tones: 1/0, 1/1
    "sparse": texture(
        {"s": "x-------|........"},
        {"a": "x-------|........"},
    ),
    "bells": texture(
        {"s": "x-------|........", "a": "........|x-------"},
        {"a": "x-------|........", "s": "........|x-------"},
        {"s": "x-------|....x---"},
    ),
    # open: 2/2
    "open": texture(
        {"b": "x-------|........", "a": "........|x-------", "s": "x-------|....x---"},
        {"b": "x-------|........", "t": "........|x-------", "s": "....x---|....p---"},
        {"b": "x-------|........", "t": "....x---|........", "a": "........|x-------", "s": "........|....p---"},
    ),
    "duet": texture(
        {"a": "....x---|....x---", "s": "x-------|x-------"},
        {"t": "x-------|........", "a": "........|x-------", "s": "....x---|....p---"},
    ),
    # half-note blocks: 4/4
    "half blocks": texture(
        {"b": "x-------|........", "o": "........|x-------", "t": "x-------|x-------", "a": "x-------|x-------",
         "s": "x-------|x-------"},
        {"b": "x-------|x-------", "t": "....x---|....x---", "a": "....x---|....x---", "s": "x-------|x-------"},
        {"b": "x-------|........", "o": "........|x-------", "t": "x-------|x-------", "a": "x-------|........",
         "s": "....x---|x---p---"},
    ),
    "trio": texture(
        {"t": "....x---|....x---", "a": "..x-----|..x-----", "s": "x-------|x-------"},
        {"t": "x-------|x-------", "a": "....x---|........", "s": "......x-|x---p---"},
    ),
    # broken chord in quarters: 5/5
    "broken quarters": texture(
        {"b": "x-------|x-------", "f": "....x---|....x---", "t": "x-------|x-------", "a": "....x---|........",
         "s": "x-------|x---p---"},
        {"b": "x-------|x-------", "o": "....x---|....x---", "t": "....x---|x-------", "a": "x-------|........",
         "s": "x-------|x---p---"},
    ),
    # arpeggio in eighths: 6/6
    "eighths": texture(
        {"b": "x-------|x-------", "f": "..x-----|..x-----", "o": "....x-..|....x-..", "t": "......x-|......x-",
         "a": "....x---|........", "s": "x-------|x---p---"},
        {"b": "x-------|x-------", "o": "..x-----|..x-----", "t": "....x---|....x---", "a": "......x-|......x-",
         "s": "x---x---|x---p---"},
        {"b": "x-------|x-------", "f": "..x-..x-|..x-..x-", "o": "....x-..|....x-..", "a": "....x---|........",
         "s": "x-------|x---p---"},
    ),
    # eighths with an inner syncopation: 8/8
    "syncopated eighths": texture(
        {"b": "x-------|x-------", "f": "..x-..x-|..x-..x-", "o": "....x-..|....x-..", "t": "...x----|...x----",
         "a": "...x----|...x----", "s": "x-----p-|x-----p-"},
        {"b": "x-------|x-------", "o": "....x---|....x---", "t": "..x--x--|..x--x--", "a": "..x--x--|..x--x--",
         "s": "x-----p-|x-----p-"},
    ),
    # sixteenths: 11/11
    "sixteenths": texture(
        {"b": "x-------|x-------", "f": "..x-----|..x-----", "o": "....x---|....x---", "t": "x---x---|x---x---",
         "a": ".x-x-x-x|.x-x-x-x", "s": "..x---x-|..x---x-"},
        {"b": "x-------|x-------", "o": "....x---|....x---", "f": "......x-|......x-", "t": "..x---x-|..x---x-",
         "a": ".x-x-x-x|.x-x-x-x", "s": "x---x---|x---x---"},
        {"b": "x-------|x-------", "f": "..x-----|..x-----", "o": "....x---|....x---", "t": ".x-x---x|.x-x---x",
         "a": "..x---x-|..x---x-", "s": "x---xx--|x---xp--"},
    ),
    # driving sixteenths: 14/14
    "driving sixteenths": texture(
        {"b": "x-------|x-------", "f": "..x-..x-|..x-..x-", "o": "....x-..|....x-..", "t": "x---x---|x---x---",
         "a": ".x-x-x-x|.x-x-x-x", "s": "..x---x-|..x---x-", "d": "x---x---|x---x---"},
        {"b": "x-------|x-------", "f": "..x-..x-|..x-..x-", "o": "....x-..|....x-..", "t": "..x---x-|..x---x-",
         "a": ".x-x-x-x|.x-x-x-x", "s": "x---x---|x---x---", "d": "x--x----|x--x----"},
    ),
    # above an ensemble: 4/4, 5/5, 8/8
    "high eighths": texture(
        {"t": "x---....|x---....", "a": "..x---x-|..x---x-", "s": "....x---|....x---"},
        {"t": "....x---|....x---", "a": "..x---x-|..x---x-", "s": "x-------|x-------"},
    ),
    "high ripples": texture(
        {"t": "..x-x---|..x-x---", "a": "...x--x-|...x--x-", "s": "x-------|x-------"},
        {"t": "x---....|x---....", "a": "..x-..x-|..x-..x-", "s": "....x--x|....x--p"},
    ),
    "high sixteenths": texture(
        {"t": "x---x---|x---x---", "a": ".x-x-x-x|.x-x-x-x", "s": "..x---x-|..x---x-"},
        {"t": "..x---x-|..x---x-", "a": ".x-x-x-x|.x-x-x-x", "s": "x---x---|x---x---"},
    ),
    # ensembles that pulse below a held top line: 2 held and 4/4, 6/6, 10/10
    "pulse eighths": texture(
        {"t": "x-..x-..|x-..x-..", "a": "..x-..x-|..x-..x-"},
        held="sd",
    ),
    "pulse pairs": texture(
        {"t": "x-x-..x-|x-x-..x-", "a": "x-..x-x-|x-..x-x-"},
        {"t": "x-..x-x-|x-..x-x-", "a": "x-x-..x-|x-x-..x-"},
        held="sd",
    ),
    "ostinato": texture(
        {"t": "x.xx.xx.|x.xx.xx.", "a": "x.x.xx.x|x.x.xx.x"},
        {"t": "xx.xx.x.|xx.xx.x.", "a": "x.xx.x.x|x.xx.x.x"},
        held="sd",
    ),
}  # fmt: skip
