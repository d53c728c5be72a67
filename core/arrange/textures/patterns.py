"""The table of textures: what hands do in a bar, from quiet to busy. How to read it: :mod:`textures`."""

from __future__ import annotations

from hitpoint.core.arrange.textures.kit_patterns import KIT_TEXTURES
from hitpoint.core.arrange.textures.textures import Texture, texture

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
        {"t": "..x-----|..x-----", "a": "......x-|....x---", "s": "x-------|x-------"},
        {"t": "x-------|x-------", "a": "....x---|......x-", "s": "..x-----|..x-----"},
        {"t": "x-------|....x---", "a": "......x-|x-------", "s": "......x-|......x-"},
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
    # a top line between motifs, one voice: 0/1, 1/1, 2/1, 2/2
    "line end": texture(
        {"a": "........|x-------"},
        {"s": "........|x-------"},
    ),
    "line halves": texture(
        {"s": "x-------|........", "a": "........|x-------"},
        {"a": "x-------|........", "s": "........|..x-----"},
        {"s": "x-------|........", "t": "........|x-------"},
    ),
    "line steps": texture(
        {"s": "x-----p-|........", "a": "........|x-------"},
        {"a": "x---....|........", "s": "....x---|x-------"},
    ),
    "line flows": texture(
        {"s": "x-----p-|........", "a": "........|x-----p-"},
        {"a": "x---....|........", "s": "....x---|x-----p-"},
        {"t": "x---....|........", "a": "....x---|....x---", "s": "........|x---...."},
    ),
    # a plucked chord, the thumb on the octave of the bass: 2/2, 4/4, 5/5, 7/8, 11/11
    "pick halves": texture(
        {"o": "x-------|x-------", "a": "....x---|....x---"},
        {"o": "x-------|x-------", "s": "....x---|....x---"},
    ),
    "pick quarters": texture(
        {"o": "x-------|x-------", "t": "..x-----|..x-----", "a": "....x---|....x---", "s": "......x-|......x-"},
        {"o": "x-------|x-------", "t": "......x-|......x-", "a": "..x-----|..x-----", "s": "....x---|....x---"},
    ),
    "travis": texture(
        {"o": "x---....|x---....", "t": "..x-..x-|..x-..x-", "a": "....x---|....x---", "s": "...x----|...x--p-"},
        {"o": "x---....|x---....", "t": "..x-....|..x-....", "a": "....x-x-|....x-x-", "s": "x-------|x-----p-"},
    ),
    "travis eighths": texture(
        {"o": "x---x---|x---x---", "t": "..x-..x-|..x-..x-", "a": "...x---x|...x---x", "s": "x-------|x-----p-"},
    ),
    "strum": texture(
        {"o": "x-......|x-......", "t": "x--x-.x.|x--x-.x.", "a": "x--x-.x.|x--x-.x.", "s": "x--x-.x.|x--x-.xx"},
    ),
    # a sequencer's arpeggio: 1/1, 2/2, 4/4, 8/8, 12/12
    "blip": texture({"s": "x-......|........", "a": "........|x-......"}),
    "blips": texture({"t": "x-......|x-......", "s": "...x-...|...x-..."}),
    "sequence eighths": texture({"t": "x-..x-..|x-..x-..", "a": "..x-....|..x-....", "s": "......x-|......x-"}),
    "sequence": texture({"t": "x..x..x.|.x..x..x", "a": ".x..x..x|..x..x..", "s": "..x..x..|x..x..x."}),
    "sequence wide": texture(
        {"t": "x..x..x.|.x..x..x", "a": ".x..x..x|..x..x..", "s": "..x..x..|x..x..x.", "d": "x.x.x.x.|x.x.x.x."}
    ),
    # figures that do not change, in threes against the bar: 2/2, 3/3, 4/4, 6/6, 8/8
    "cell halves": texture({"t": "x-------|x-------", "s": "....x---|....x---"}),
    "cell slow": texture({"t": "x-----..|x-----..", "a": "...x----|...x----", "s": "......x-|......x-"}),
    "cell eighths": texture({"t": "x-..x-..|x-..x-..", "s": "..x-..x-|..x-..x-"}),
    "cell threes": texture({"t": "x--x--x-|x--x--x-", "s": ".x--x--x|.x--x--x"}),
    "cell": texture({"t": "x-x-x-x-|x-x-x-x-", "s": ".x-x-x-x|.x-x-x-x"}),
    "cell wide": texture({"t": "x-x-x-x-|x-x-x-x-", "a": "x--x--x-|x--x--x-", "s": ".x-x-x-x|.x-x-x-x"}),
    # clocks and tremolos: 2/2, 4/4, 8/8
    "tick": texture({"s": "x.......|x......."}),
    "ticks": texture({"s": "x...x...|x...x..."}),
    "ticks eighths": texture({"a": "..x...x.|..x...x.", "s": "x...x...|x...x..."}),
    "ticks sixteenths": texture({"a": ".x.x.x.x|.x.x.x.x", "s": "x.x.x.x.|x.x.x.x."}),
    "tremolo": texture({"t": "x-x-x-x-|x-x-x-x-", "a": ".x-x-x-x|.x-x-x-x"}, held="s"),
    "ticks driving": texture({"a": ".x.x.x..|.x.x.x..", "t": "x.x.x.x.|x.x.x.x."}),
    # basses that drive: 2/2, 4/4, 5/5, 8/8
    "bass halves": texture({"b": "x---..x-|x---..x-"}, {"b": "x-----x-|x---x---"}, {"b": "x--x----|x---..p-"}),
    "bass quarters": texture({"b": "x--.x--.|x--.x-p-"}, {"b": "x---..x-|x--xx---"}),
    "bass eighths": texture({"b": "x.x.x.x.|x.x.x.x."}, {"b": "x.x.x.x.|x.x.xx.."}),
    "bass gallop": texture({"b": "x.xx.xx.|x.xx.xx."}, {"b": "xx.xx.x.|xx.xx.x."}),
    "bass sixteenths": texture({"b": "x.xx.x.x|x.xx.x.x", "o": ".x..x.x.|.x..x.x."}),
    # a walking bass: 4/4; a bass in octaves: 4/4
    "walking quarters": texture(
        {"b": "x---....|....p---", "f": "....x---|........", "o": "........|x---...."},
        {"b": "x---....|........", "f": "....x---|....x---", "o": "........|x---...."},
        {"b": "x---x---|....p---", "f": "........|x---...."},
    ),
    "octave eighths": texture(
        {"b": "x.x.x.x.|x.x.x.x."},
        {"b": "x...x...|x...x...", "o": "..x...x.|..x...x."},
        {"b": "x.x...x.|x.x...x.", "o": "....x...|....x..."},
    ),
    "octave sixteenths": texture(
        {"b": "xx.xx.x.|xx.xx.x.", "o": ".....x..|.....x.."},
        {"b": "x.x.x.x.|x.x.x.x.", "o": "...x...x|...x...x"},
    ),
    # the bass of a comedy, plucked on the beats: 1/1, 2/2, 4/4
    "oom": texture({"b": "x-......|x-......"}, {"b": "x-......|........", "f": "........|x-......"}),
    "oom oom": texture(
        {"b": "x-..x-..|x-..x-.."},
        {"b": "x-......|x-......", "f": "....x-..|....x-.."},
        {"b": "x-......|x-..p-..", "f": "....x-..|........"},
    ),
    "oom run": texture({"b": "x-..x-..|x-..p-..", "f": "..x-....|..x-....", "o": "......x-|......x-"},
                       {"b": "x-......|x-......", "f": "..x-..x-|..x-..x-", "o": "....x-..|....x-.."}),
    # chords after the beat: 2/2, 4/4, 6/6, 8/8
    "pah": texture(
        {"t": "....x-..|....x-..", "s": "....x-..|....x-.."},
        {"t": "....x-..|....x-..", "a": "....x-..|....x-.."},
    ),
    "pah pah": texture(
        {"t": "..x-..x-|..x-..x-", "a": "..x-..x-|..x-..x-"},
        {"a": "..x-..x-|..x-..x-", "s": "..x-..x-|..x-..x-"},
    ),
    "pah turns": texture(
        {"t": "..x-..x-|..x-..x-", "a": "..x-..x-|..x-..x-", "s": "....x.x-|....x.p."},
        {"t": "..x-..x-|..x-..x-", "a": "..x-..x-|..x-..x-", "s": "x.....x.|x.....x."},
    ),
    "pah patter": texture(
        {"t": "..x-..x-|..x-..x-", "a": "..x-..x-|..x-..x-", "s": "x.x.xx..|x.x.xx.."},
        {"t": "..x-..x-|..x-..x-", "a": "..x-..x-|..x-..x-", "s": "x...xx.x|x...xx.p"},
    ),
    # a jazz pianist's left hand, tones beside the beat: 2/0, 3/0, 3/3, 3/6
    "comp": texture({"t": "......x-|........", "s": "......x-|........"}, {"t": "x-......|........", "s": "x-......|........"},
                    {"t": "..x-----|........", "s": "..x-----|........"}),
    "comp charleston": texture(
        {"t": "x-....x-|........", "s": "x-....x-|......x-"},
        {"t": "..x-..x-|........", "s": "..x-..x-|x-......"},
        {"t": "x-....x-|........", "a": "x-....x-|..x-...."},
    ),
    "comp two": texture(
        {"t": "x-....x-|......x-", "a": "x-....x-|......x-", "s": "x-....x-|......x-"},
        {"t": "..x-..x-|..x-....", "a": "..x-..x-|..x-....", "s": "..x-..x-|..x-...."},
        {"t": "x---..x-|x-......", "a": "x---..x-|x-......", "s": "x---..x-|x-......"},
    ),
    "comp busy": texture(
        {"t": "x-....x-|..x-..x-", "a": "x-....x-|..x-..x-", "s": "x-....x-|..x-..x-"},
        {"t": "..x-..x-|..x-x-..", "a": "..x-..x-|..x-x-..", "s": "..x-..x-|..x-x-.."},
    ),
    # strums, down on the beats and up between them: 4/0, 4/4, 8/5, 11/11
    "strum once": texture(
        {"o": "x-------|........", "t": "x-------|........", "a": "x-------|........", "s": "x-------|........"},
    ),
    "strum twice": texture({"o": "x-------|x-------", "t": "x-------|x-------", "a": "x-------|x-------", "s": "x-------|x-------"},
                           {"o": "x-------|x-------", "t": "x-------|x-------", "a": "....x---|x-------", "s": "....x---|....x---"}),
    "strum folk": texture(
        {"o": "x-......|........", "t": "x---x-..|..x-x-..", "a": "x---x-x-|..x-x-x-", "s": "x---x-x-|..x-x-x-"},
        {"o": "x-......|........", "t": "x---x-..|x---x-..", "a": "x---x-x-|x-..x-x-", "s": "x---x-x-|x-..x-x-"},
    ),
    "strum full": texture(
        {"o": "x-......|x-......", "t": "x-..x-x-|x-..x-x-", "a": "x-x-x-x-|x-x-x-x-", "s": "x-x-x-x-|x-x-x-x-"},
        {"o": "x-......|x-......", "t": "x-x-..x-|x-x-..x-", "a": "x-x-.xx-|x-x-.xx-", "s": "x-x-.xx-|x-x-.xx-"},
    ),
    # a sequencer in sixteenths, one tone at a time: 8/8; a muted guitar: 4/4, 8/8
    "arpeggio up": texture(
        {"t": "x...x...|x...x...", "a": ".x...x..|.x...x..", "s": "..x...x.|..x...x.", "d": "...x...x|...x...x"},
        {"t": "x..x..x.|.x..x..x", "a": ".x..x..x|..x..x..", "s": "..x..x..|x..x..x."},
        {"t": "...x...x|...x...x", "a": "..x...x.|..x...x.", "s": ".x...x..|.x...x..", "d": "x...x...|x...x..."},
    ),
    "arpeggio eighths": texture(
        {"t": "x...x...|x...x...", "a": "..x.....|..x.....", "s": "......x.|......x."},
        {"t": "x.......|x.......", "a": "..x...x.|..x...x.", "s": "....x...|....x..."},
        {"t": "......x.|......x.", "a": "..x.....|..x.....", "s": "x...x...|x...x..."},
    ),
    "muted eighths": texture(
        {"t": "x.x.x.x.|x.x.x.x."},
        {"t": "x..xx.x.|x..xx.x."},
        {"t": "x.x...x.|x.x...x.", "a": "....x...|....x..."},
    ),
    "muted sixteenths": texture(
        {"t": "x.x.x.x.|x.x.x.x.", "a": ".x...x..|.x...x.."},
        {"t": "x.xx.xx.|x.xx.xx.", "a": ".x......|.x......"},
    ),
    # tones far apart, for what is eerie: 1/0, 1/1, 2/1
    "drop": texture({"d": "......x-|........"}, {"s": "...x----|........"}, {"t": "....x---|........"}),
    "drops": texture({"d": "...x----|....x---"}, {"s": "..x-----|......x-"}, {"d": "......x-|..x-----"}),
    "drops two": texture(
        {"d": "...x..x-|....x---"},
        {"s": "..x-....|......x-", "d": ".....x--|........"},
        {"s": "x--x----|..x-----"},
    ),
    # bells in a row: 4/4
    "bells row": texture(
        {"s": "x...x...|x...x...", "a": "..x...x.|..x...x."},
        {"d": "x.......|x.......", "s": "...x..x.|...x..x.", "a": ".....x..|.....x.."},
    ),
    **KIT_TEXTURES,
}  # fmt: skip
