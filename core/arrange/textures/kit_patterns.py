"""The table of what kits and other percussion do in a bar, with variants and fills. How to read it: :mod:`textures`."""

from __future__ import annotations

from hitpoint.core.arrange.textures.textures import Texture, texture

KIT_TEXTURES: dict[str, Texture] = {
    # a kit that is a film's drum: toms and kick
    "drums one": texture({"G": "x-------|........"}, {"K": "x-------|........"}),
    "drums two": texture(
        {"G": "x-------|x-----x-"},
        {"G": "x-------|x---x---"},
        {"K": "x-------|x-......", "G": "........|......x-"},
    ),
    "drums four": texture(
        {"K": "x-------|........", "G": "x--x--x-|x-----x-"},
        {"K": "x-------|........", "G": "x---x-x-|x---x---"},
        {"K": "x-------|........", "G": "..x-x-x-|....x-x-"},
    ),
    "drums six": texture(
        {"K": "x-------|x-------", "G": "x--x--x-|x--x--x-", "M": "....x---|....x-x-"},
        {"K": "x-------|x-------", "G": "x-x-..x-|x-x-..x-", "M": "....x---|...x-x--"},
        {"K": "x-----x-|x-----x-", "G": "x--x....|x--x..x-", "M": "....x---|....x---"},
    ),
    "drums ten": texture(
        {"K": "x---x---|x---x---", "G": "x-xx-.x-|x-xx-.x-", "M": ".x..x..x|.x..x..x", "N": "....x---|....x---"},
        {"K": "x---x---|x---x---", "G": "x-x-xxx-|x-x-xxx-", "M": ".x.x...x|.x.x....", "N": "........|....x---"},
    ),
    "fill drums": texture(
        {"K": "x-......|x-......", "G": "x-x-....|x-x-....", "M": "...x-xx-|...x-xx-", "L": ".......x|.......x"},
    ),
    "roll drums": texture({"K": "x-......|x-......", "G": "....x-x-|....x-x-", "M": ".......x|.......x"}),
    # a kit that dances
    "beat kick": texture({"K": "x---x---|x---x---"}, {"K": "x---x---|x---..x-"}, {"K": "x-....x-|x---x---"}),
    "beat hats": texture(
        {"K": "x---x---|x---x---", "H": "..x...x.|..x...x."},
        {"K": "x---x---|x---x---", "H": "..x...x.|..xx...."},
        {"K": "x-....x-|x---x---", "H": "..x.x...|..x...x."},
    ),
    "beat": texture(
        {"K": "x---x---|x---x---", "H": "..x...x.|..x...x.", "P": "....x...|....x..."},
        {"K": "x-....x-|x---..x-", "H": "..x.x...|..x.x...", "P": "....x...|....x..."},
        {"K": "x---x---|x---x---", "H": "..x..x..|..x..x..", "P": "....x...|....x..."},
    ),
    "beat eighths": texture(
        {"K": "x---x---|x---x---", "H": "x...x...|x...x...", "O": "..x-..x-|..x-..x-", "P": "....x...|....x..."},
        {"K": "x---x---|x--x....", "H": "x...x...|x...x...", "O": "..x-..x-|..x-..x-", "P": "....x...|....x..."},
        {"K": "x-....x-|x-....x-", "H": "x.x.....|x.x.....", "O": "......x-|......x-", "P": "....x..x|....x..x"},
    ),
    "beat sixteenths": texture(
        {"K": "x---x---|x---x-x-", "H": "x..xx..x|x..xx..x", "O": "..x-..x-|..x-..x-", "P": "....x...|....x...",
         "Z": ".x...x..|.x...x.."},
        {"K": "x---x---|x--x--x-", "H": "x.xxx.xx|x.xxx.xx", "O": "......x-|......x-", "P": "....x...|....x...",
         "Z": ".x......|.x......"},
    ),
    "fill beat": texture({"K": "x---....|x---....", "N": "x-x-xx.x|x-x-xx.x"}),
    "turn beat": texture({"K": "x---....|x---....", "H": "..x.....|..x.....", "P": "....x.xx|....x.xx"}),
    # machines of the eighties
    "gated four": texture(
        {"K": "x---x---|x---x---", "N": "....x---|....x---"},
        {"K": "x---..x-|x---x---", "N": "....x---|....x---"},
    ),
    "gated eighths": texture(
        {"K": "x---x---|x---x---", "N": "....x---|....x---", "H": "..x...x.|..x...x."},
        {"K": "x-x-....|x-x-....", "N": "....x---|....x---", "H": "x...x...|x...x..."},
    ),
    "gated sixteenths": texture(
        {"K": "x---x---|x---x---", "N": "....x---|....x---", "H": "x.xxx.xx|x.xxx.xx"},
        {"K": "x-x-....|x-x-x---", "N": "....x---|....x---", "H": "xxx.xxx.|xxx.xx.."},
    ),
    "fill gated": texture(
        {"K": "x---....|x---....", "L": "..xx....|..xx....", "M": "....xx..|....xx..", "G": "......xx|......xx"},
    ),
    "turn gated": texture({"K": "x---x---|x---x---", "N": "....x-x-|....x-x-", "L": ".......x|.......x"}),
    # a tired machine
    "lofi kick": texture({"K": "x-----..|..x-....", "N": "....x---|....x---"}, {"K": "x-----..|......x-", "N": "....x---|....x---"},
                         {"K": "x-......|x-......", "N": "....x---|....x---"}),
    "lofi": texture(
        {"K": "x-----..|..x-....", "N": "....x---|....x---", "H": "x.x...x.|x.x...x."},
        {"K": "x-......|..x-....", "N": "....x---|....x---", "H": "x.x.x...|x.x.x..."},
    ),
    "lofi eighths": texture(
        {"K": "x-....x-|..x-..x-", "N": "....x---|....x---", "H": "x.x.x.x.|x.x.x.x."},
        {"K": "x-.x....|..x-...x", "N": "....x---|....x---", "H": "x.x.x.x.|x.x.x.x."},
    ),
    "lofi busy": texture(
        {"K": "x-....x-|..x-..x-", "N": "....x--x|....x--x", "H": "x.x.xxx.|x.x.xxx."},
        {"K": "x-.x....|..x-...x", "N": "....x.x.|....x.x.", "H": "x.xxx.x.|x.xxx.x."},
    ),
    "fill lofi": texture({"K": "x-......|x-......", "N": "....x.xx|....x.xx", "H": "x.x.....|x.x....."}),
    "turn lofi": texture({"K": "x-......|x-......", "N": "....x--x|....x--x", "O": "......x-|......x-"}),
    # brushes and a ride cymbal
    "brush": texture({"V": "....x---|....x---"}, {"V": "..x-....|..x-...."}),
    "brush ride": texture({"Y": "x---x---|x---x---", "E": "....x...|....x..."}, {"Y": "x---x---|..x-x---", "E": "....x...|....x..."},
                          {"V": "x---x---|x---x---", "E": "....x...|....x..."}),
    "swing": texture(
        {"Y": "x---x-x-|x---x-x-", "E": "....x...|....x..."},
        {"Y": "x---x-x-|x-x-x---", "E": "....x...|....x..."},
        {"Y": "x-x-x---|x---x-x-", "E": "....x...|....x..."},
    ),
    "swing comping": texture(
        {"Y": "x---x-x-|x---x-x-", "E": "....x...|....x...", "V": "......x-|...x...."},
        {"Y": "x---x-x-|x---x-x-", "E": "....x...|....x...", "V": "..x-....|......x-"},
        {"Y": "x---x-x-|x---x-x-", "E": "....x...|....x...", "K": "......x-|..x-...."},
    ),
    "swing hard": texture(
        {"Y": "x---x-x-|x---x-x-", "E": "....x...|....x...", "V": "..x-..x-|x-..x-..", "K": "x-......|......x-"},
        {"Y": "x---x-x-|x---x-x-", "E": "....x...|....x...", "V": "x-....x-|..x-..x-", "K": "......x-|x-......"},
    ),
    "fill swing": texture({"V": "x-x-..xx|x-x-..xx", "M": "....x-..|....x-..", "K": "x-......|x-......"}),
    "turn swing": texture({"Y": "x---x-x-|x---x-x-", "E": "....x...|....x...", "V": "......xx|......xx"}),
    # a kit that sits with a guitar
    "shaker": texture({"Z": "..x-..x-|..x-..x-"}, {"Z": "x-..x-..|x-..x-.."}),
    "shaker rim": texture(
        {"Z": "..x-..x-|..x-..x-", "R": "....x---|....x---"},
        {"Z": "x-..x-..|x-..x-..", "R": "......x-|....x---"},
    ),
    "folk": texture(
        {"K": "x-------|x-----x-", "Z": "x-x-x-x-|x-x-x-x-", "R": "....x---|....x---"},
        {"K": "x-------|..x-x---", "Z": "x-x-x-x-|x-x-x-x-", "R": "....x---|....x---"},
    ),
    "folk tambourine": texture(
        {"K": "x-----x-|x-----x-", "Z": "x-x-x-x-|x-x-x-x-", "T": "....x---|....x---", "N": "....x---|....x---"},
        {"K": "x-----x-|..x-..x-", "Z": "x-x-x-x-|x-x-x-x-", "T": "....x---|....x---", "N": "....x---|....x---"},
    ),
    "fill folk": texture(
        {"K": "x-......|x-......", "M": "....x...|....x...", "G": "......x-|......x-", "Z": "x-x-x-x-|x-x-x-x-"},
    ),
    "turn folk": texture({"Z": "x-x-x-x-|x-x-x-x-", "R": "....x-x-|....x-x-"}),
    # hands and feet
    "claps": texture({"P": "....x...|....x..."}),
    "stomp claps": texture(
        {"K": "x-------|x-------", "P": "....x...|....x..."},
        {"K": "x-------|..x-....", "P": "....x...|....x..."},
    ),
    "bright beat": texture(
        {"K": "x-------|x-----x-", "P": "....x...|....x...", "Z": "..x-..x-|..x-..x-"},
        {"K": "x-------|..x-x---", "P": "....x...|....x...", "Z": "..x-..x-|..x-..x-"},
    ),
    "bright eighths": texture(
        {"K": "x---x---|x---x-x-", "P": "....x...|....x...", "Z": "x-x-x-x-|x-x-x-x-"},
        {"K": "x-....x-|x-x-x---", "P": "....x...|....x...", "Z": "x-x-x-x-|x-x-x-x-"},
    ),
    "fill bright": texture({"K": "x---x---|x---x---", "P": "x.x.xxxx|x.x.xxxx"}),
    "turn bright": texture({"K": "x---x---|x---x---", "P": "....x.x.|....x.x."}),
    # a kit that waits: heartbeats and clocks
    "heart": texture({"K": "x-x-....|........"}),
    "hearts": texture({"K": "x-x-....|x-x-...."}, {"K": "x-x-....|..x-x-.."}),
    "hearts clock": texture(
        {"K": "x-x-....|x-x-....", "W": "x...x...|x...x..."},
        {"K": "x-x-....|..x-x-..", "W": "..x...x.|..x...x."},
    ),
    "hearts toms": texture(
        {"K": "x-x-....|x-x-....", "W": "x...x...|x...x...", "G": "....x.x-|....x.x-"},
        {"K": "x-x-....|x-x-....", "W": "..x...x.|..x...x.", "G": "....x-x-|...x-.x-"},
    ),
    "fill heart": texture({"K": "x-x-x-x-|x-x-x-x-", "G": ".......x|.......x"}),
    "turn heart": texture({"K": "x-x-....|x-x-....", "W": "x...x.x.|x...x.x."}),
    # big drums in unison, as pitched percussion plays them too
    "taiko hits": texture({"G": "x-------|........"}),
    "taiko halves": texture({"G": "x-------|x-------"}, {"G": "x-------|..x-----"}),
    "taiko eighths": texture(
        {"G": "x---x-x-|x---x-x-", "M": "..x-....|..x-...."},
        {"G": "x-x-..x-|x-x-..x-", "M": "....x---|....x---"},
    ),
    "taiko gallop": texture(
        {"G": "x-xxx-xx|x-xxx-xx", "K": "x-------|x-------"},
        {"G": "x-xx-xxx|x-xx-xxx", "K": "x-------|x-------"},
    ),
    "fill taiko": texture({"G": "x-x-x-xx|x-x-x-xx", "M": ".x.x.x..|.x.x.x.."}),
    "turn taiko": texture({"G": "x---x-xx|x---x-xx"}),
    # a drum kit of the concert hall
    "concert drum": texture({"K": "x-------|........"}),
    "concert beats": texture({"K": "x-------|x-------"}),
    "concert march": texture(
        {"K": "x-------|x-------", "N": "....x.xx|....x.xx"},
        {"K": "x-------|x-------", "N": "..xx..x.|..xx..x."},
    ),
    "concert drive": texture(
        {"K": "x---x---|x---x---", "N": "x.xxx.xx|x.xxx.xx"},
        {"K": "x---x---|x---x---", "N": "xxx.xx.x|xxx.xx.x"},
    ),
    "fill concert": texture({"K": "x-......|x-......", "N": "x.xxxxxx|x.xxxxxx"}),
    "turn concert": texture({"K": "x-......|x-......", "N": "....xxxx|....xxxx"}),
}  # fmt: skip
