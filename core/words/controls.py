"""From what a sentence says to the controls of a cue.

Style, parts, moods over time, tempo, metre, key, dynamics, ending.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hitpoint.core.affect import Affect
from hitpoint.core.arrange.styles.styles import Player, Style, style_named, style_names
from hitpoint.core.compose.level_wishes import LevelWish
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.form.form_plan import Ending
from hitpoint.core.cue.parts import PartSetting
from hitpoint.core.cue.sound import LOUDEST, QUIETEST, Sound
from hitpoint.core.mood import MoodSpan, nearest_mood
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.metre import parse_metre
from hitpoint.core.music.score import DRUM_CHANNEL
from hitpoint.core.words.reading import Reading, Said

_ROLES = {"drums": "percussion", "bass": "bass", "pad": "pad", "melody": "lead"}
_FAMILIES: dict[str, frozenset[int]] = {  # General MIDI programs, from 0
    "piano": frozenset(range(8)),
    "strings": frozenset((40, 41, 42, 43, 44, 45, 48, 49)),
    "violin": frozenset((40, 110)),
    "cello": frozenset((42,)),
    "pizzicato": frozenset((45,)),
    "tremolo": frozenset((44,)),
    "horn": frozenset((60,)),
    "brass": frozenset(range(56, 64)),
    "trumpet": frozenset((56,)),
    "flute": frozenset((72, 73)),
    "oboe": frozenset((68,)),
    "clarinet": frozenset((71,)),
    "bassoon": frozenset((70,)),
    "harp": frozenset((46,)),
    "choir": frozenset((52, 53, 91)),
    "celesta": frozenset((8,)),
    "glockenspiel": frozenset((9, 14)),
    "music box": frozenset((10,)),
    "vibraphone": frozenset((11,)),
    "marimba": frozenset((12, 13)),
    "nylon guitar": frozenset((24,)),
    "steel guitar": frozenset(range(24, 30)),
    "organ": frozenset(range(16, 21)),
    "synth": frozenset((38, 39, 50, 62, 80, 81, 88, 89, 90, 94, 95)),
    "timpani": frozenset((47,)),
    "taiko": frozenset((116,)),
    "saxophone": frozenset((64, 65, 66, 67)),
    "fiddle": frozenset((110, 40)),
    "banjo": frozenset((105,)),
}
_LEADS = {"synth": "saw lead", "strings": "violin", "brass": "horn", "steel guitar": "steel guitar", "choir": "oohs"}
_BUILD, _FALL = (-0.25, 0.0, 0.35), (0.3, 0.0, -0.3)  # arousal added in each third
_TEMPO_AROUSAL = 0.15  # arousal that a wished tempo goes with where no feeling is named
_PLACED = ("feeling", "density", "loudness", "arc")  # controls that may belong to a stretch of the cue
_EDGES = (0.0, 1 / 3, 2 / 3, 1.0)


@dataclass(frozen=True)
class Understood:
    """Words, the control they became, and its value as it is shown.

    ``place`` are the seconds of the timeline that they are said of; None for all of the cue or stretch. ``missed`` are
    seconds that they are said of and that cannot be kept, because they count for all of it: None for none.
    """

    words: str
    control: str
    value: str
    place: tuple[float, float] | None = None
    missed: tuple[float, float] | None = None

    @property
    def told(self) -> str:
        """The value, and where it counts, as a report has it."""
        if self.missed is not None:
            return f"{self.value} (all through, not only {_between(self.missed)})"
        return self.value if self.place is None else f"{self.value} {_between(self.place)}"


def _between(place: tuple[float, float]) -> str:
    return f"from {place[0]:.4g} to {place[1]:.4g} s"


@dataclass(frozen=True)
class Prompted:
    """The wishes with those of a sentence, and what was made of each word.

    Attributes:
        wishes: for the cue.
        sound: how it is delivered.
        understood: in the order of the sentence.
        ignored: words that ask for nothing that is known.
        ensembles: seconds of the timeline from which each ensemble plays, if one follows another or plays a stretch
            only.
    """

    wishes: Wishes
    sound: Sound
    understood: tuple[Understood, ...]
    ignored: tuple[str, ...]
    ensembles: tuple[tuple[float, str], ...] = ()


def prompted(
    wishes: Wishes, sound: Sound, reading: Reading, span: tuple[float, float], *, is_whole: bool = True
) -> Prompted:
    """Lay what a sentence says over wishes; what it says nothing of stays as it is.

    Args:
        wishes: as they are.
        sound: as it is.
        reading: of the sentence.
        span: seconds of the timeline that it is said of.
        is_whole: whether that is the whole cue; of a stretch only moods and the ensemble can be said.
    """
    said = [one for one in reading.said if is_whole or _is_passing_control(one)]
    placed = [one if one.time is None else _placed_in(one, span) for one in said]
    asked = tuple(one for one in placed if one is not None)
    was_heard = [one for one, found in zip(said, placed, strict=True) if found is not None]
    outside = [one for one in said if one not in was_heard]
    ignored = (
        *reading.ignored,
        *(one.words for one in reading.said if one not in said),
        *(f"{one.words} ({one.time}, where there is no music)" for one in outside),
    )
    wishes = replace(wishes, moods=(*_moods(asked, span), *wishes.moods))  # what is wished by itself wins
    wishes = replace(wishes, levels=(*wishes.levels, *_levels(asked, span, is_whole=is_whole)))
    ensembles = _ensembles(asked, wishes.style, span, is_whole=is_whole)
    if is_whole:
        style = ensembles[0][1] if ensembles else _style(asked, wishes.style)
        wishes = _fixed(asked, replace(wishes, style=style))
        sound = _sound(asked, sound, style_named(style))
        refused = [one for one in asked if _plays_on(one, sound, style_named(style))]
        asked = tuple(one for one in asked if one not in refused)
        ignored = (*ignored, *(one.words for one in refused))
    told = [
        Understood(one.words, _control(one), _value(one), _place(one, span), None if ensembles else _missed(one, span))
        for one in asked
    ]
    if is_whole and style != "piano" and not any(one.control == "style" for one in asked):
        told.append(Understood(", ".join(one.words for one in asked if one.control == "instrument"), "style", style))
    told.extend(
        Understood("then" if is_whole else "here", "style", f"{name} from {at:.1f} s")
        for at, name in ensembles[is_whole:]
    )
    told_words = tuple(one for one in told if one.words)
    return Prompted(wishes, sound, told_words, tuple(dict.fromkeys(ignored)), ensembles)


def _placed_in(one: Said, span: tuple[float, float]) -> Said | None:
    """What was said of a time, by its share of a stretch (seconds of the timeline); None if that lies outside."""
    shares = None if one.time is None else one.time.shares(span)
    return None if shares is None else replace(one, where=shares)


def _is_passing_control(one: Said) -> bool:
    """Whether words can be meant of a stretch: feelings, how much is played, and who plays."""
    if one.control in ("instrument", "style"):
        return not one.negated
    return one.control in _PLACED


def _ensembles(
    asked: Sequence[Said], standing: str, span: tuple[float, float], *, is_whole: bool
) -> tuple[tuple[float, str], ...]:
    """From when which ensemble plays: one for each part of a sentence that names one; empty if it is one for all."""
    naming = [one for one in asked if one.control in ("instrument", "style") and not one.negated]
    if not is_whole:
        name = _style(naming, standing) if naming else standing
        return () if name == standing else ((span[0], name),)
    count = max((one.part for one in asked), default=0) + 1
    named = [(part, [one for one in naming if one.part == part]) for part in range(count)]
    found: list[tuple[float, str]] = []
    for part, words in named:
        if words and any(one.control == "style" or not _has(found[-1][1] if found else "", one.value) for one in words):
            name = _style(words, found[-1][1] if found else standing)
            if not found or name != found[-1][1]:
                found.append((span[0] + part / count * (span[1] - span[0]), name))
    return tuple(found) if len(found) > 1 else ()


def _control(one: Said) -> str:
    names = {"feeling": "mood", "bpm": "tempo", "arc": "mood", "density": "density"}
    if one.negated and one.control in ("instrument", "style"):
        return "without"
    return names.get(one.control, one.control)


def _place(one: Said, span: tuple[float, float]) -> tuple[float, float] | None:
    """The seconds that words belong to; None for all, and for what is only said of all."""
    if one.where == (0.0, 1.0) or one.control not in _PLACED:
        return None
    return _seconds(one, span)


def _missed(one: Said, span: tuple[float, float]) -> tuple[float, float] | None:
    """The seconds that words are said of which count for all of the cue or stretch; None for none."""
    if one.control in _PLACED:
        return None
    if one.missed is not None:
        shares = one.missed.shares(span)
        return None if shares is None else _seconds(replace(one, where=shares), span)
    return None if one.where == (0.0, 1.0) else _seconds(one, span)


def _seconds(one: Said, span: tuple[float, float]) -> tuple[float, float]:
    return span[0] + one.where[0] * (span[1] - span[0]), span[0] + one.where[1] * (span[1] - span[0])


def _value(one: Said) -> str:
    unit = " dB" if one.control == "loudness" else ""
    sign = "not " if one.negated and one.control not in ("instrument", "style") else ""
    like = f" (like {one.like})" if one.like else ""
    return f"{sign}{one.value}{unit}{like}"


def _moods(asked: Sequence[Said], span: tuple[float, float]) -> Iterator[MoodSpan]:
    """Stretches of feeling: each third of the cue, or each part of the sentence, with what is said of it."""
    edges = sorted(
        {0.0, 1.0, *(edge for one in asked for edge in one.where if one.control in ("feeling", "density", "arc"))}
    )
    if any(one.control == "arc" for one in asked):
        edges = sorted({*edges, *_EDGES})
    length = span[1] - span[0]
    for left, right in itertools.pairwise(edges):
        point = _point(asked, (left + right) / 2)
        if point is not None and right - left > 1e-9:
            yield MoodSpan(span[0] + left * length, span[0] + right * length, nearest_mood(point), True, point)


def _point(asked: Sequence[Said], at: float) -> Affect | None:
    """The feeling at a share of the cue; None where nothing is said of it. A narrower place wins over a wider one."""
    here = [one for one in asked if one.where[0] <= at < one.where[1]]
    feelings = [one for one in here if one.control == "feeling"]
    narrow = min((one.where[1] - one.where[0] for one in feelings), default=1.0)
    points = [_plane(one) for one in feelings if one.where[1] - one.where[0] <= narrow + 1e-9]
    valence = sum(v for v, _ in points) / len(points) if points else 0.0
    arousal = sum(a for _, a in points) / len(points) if points else _tempo_arousal(asked)
    shifts = [_shift(one, at) for one in here if one.control in ("density", "arc")]
    if not points and not shifts and not any(one.control in ("mode",) for one in asked):
        return None
    if not points:
        valence = sum(
            {"minor": -0.4, "major": 0.4}[one.value] for one in asked if one.control == "mode" and not one.negated
        )
    bounded = [min(max(round(value, 3), -1.0), 1.0) for value in (valence, arousal + sum(shifts))]
    return Affect(*bounded)


def _plane(one: Said) -> tuple[float, float]:
    valence, arousal = (float(number) * one.degree for number in one.value.split(","))
    return (-0.6 * valence, -0.4 * arousal) if one.negated else (valence, arousal)


def _decibels(asked: Sequence[Said], *, in_part: bool) -> list[tuple[Said, float]]:
    """What is said of the level: of a part of the cue, where the players see to it, or of all, where the mix does."""
    return [
        (one, float(one.value) * one.degree * (-1 if one.negated else 1))
        for one in asked
        if one.control == "loudness" and (one.where != (0.0, 1.0)) == in_part
    ]


def _levels(asked: Sequence[Said], span: tuple[float, float], *, is_whole: bool) -> Iterator[LevelWish]:
    """Stretches that are louder or quieter; where one lies in another, or in all of it, it says what is heard there."""
    length = span[1] - span[0]
    usual = sum(decibels for _, decibels in _decibels(asked, in_part=False))
    if usual and not is_whole:
        yield LevelWish(*span, usual)
    for one, decibels in _decibels(asked, in_part=True):
        yield LevelWish(span[0] + one.where[0] * length, span[0] + one.where[1] * length, decibels - usual)


def _shift(one: Said, at: float) -> float:
    if one.control == "density":
        return float(one.value) * one.degree * (-1 if one.negated else 1)
    steps = _BUILD if (one.value == "build") != one.negated else _FALL
    return steps[min(int(at * 3), 2)] * one.degree


def _tempo_arousal(asked: Sequence[Said]) -> float:
    tempi = [_bpm(one) for one in asked if one.control in ("tempo", "bpm")]
    return 0.0 if not tempi else _TEMPO_AROUSAL if tempi[-1] > 95 else -_TEMPO_AROUSAL


def _bpm(one: Said) -> float:
    bpm = float(one.value)
    if one.control == "tempo" and one.negated:
        return 150.0 - bpm if bpm > 75 else 110.0
    return min(max(bpm, 40.0), 200.0)


def _style(asked: Sequence[Said], standing: str) -> str:
    """The ensemble that a word names, else the one with most of the wished instruments and none of the unwanted."""
    named = [one.value for one in asked if one.control == "style" and not one.negated]
    wanted = [one.value for one in asked if one.control == "instrument" and not one.negated]
    banned = {one.value for one in asked if one.control == "style" and one.negated}
    if named:
        return max(dict.fromkeys(named), key=lambda name: (sum(_has(name, one) for one in wanted), named.count(name)))
    if not wanted and standing not in banned:
        return standing
    names = [name for name in style_names() if name not in banned]
    unwanted = [one.value for one in asked if one.control == "instrument" and one.negated]
    return min(
        names,
        key=lambda name: (
            -sum(_has(name, one) for one in wanted),
            -wanted.count(name),
            sum(_has(name, one) for one in unwanted),
            name != standing,
            len(style_named(name).players) * (len(wanted) < 3),
            names.index(name),
        ),
    )


def _has(style: str, instrument: str) -> bool:
    return bool(style) and any(_plays(player, instrument) for player in style_named(style).players)


def _plays(player: Player, instrument: str) -> bool:
    if instrument in _ROLES:
        return player.role == _ROLES[instrument]
    return not player.is_kit and player.program in _FAMILIES.get(instrument, frozenset())


def plays_instrument(role: str, program: int, channel: int, instrument: str) -> bool:
    """Whether a part of a score, by its role, General MIDI program and channel, is what a word names."""
    if instrument in _ROLES:
        return role == _ROLES[instrument]
    return channel != DRUM_CHANNEL and program in _FAMILIES.get(instrument, frozenset())


def _plays_on(one: Said, sound: Sound, style: Style) -> bool:
    """Whether an unwanted instrument is heard all the same, so that something is."""
    if one.control != "instrument" or not one.negated:
        return False
    return any(_plays(player, one.value) for player in style.players if player.name not in sound.left_out)


def _sound(asked: Sequence[Said], sound: Sound, style: Style) -> Sound:
    """Parts that are left out, a lead that plays what is wished and missing, and the level."""
    out = [one.value for one in asked if one.control == "instrument" and one.negated]
    left = [player.name for player in style.players if any(_plays(player, one) for one in out)]
    left.extend(name for name in sound.left_out if name not in left)
    if all(player.name in left for player in style.players):  # the first that the editor has not switched off plays on
        kept = next((player.name for player in style.players if player.name not in sound.left_out), None)
        left = [name for name in left if name != kept]
    missing = [
        one.value
        for one in asked
        if one.control == "instrument"
        and not one.negated
        and one.value not in _ROLES
        and not _has(style.name, one.value)
    ]
    parts = sound.parts
    lead = next((player for player in style.players if player.role == "lead" and player.name not in left), None)
    if missing and lead is not None:
        name = _LEADS.get(missing[0], missing[0])
        parts = (*(one for one in parts if one.name != lead.name), PartSetting(lead.name, instrument=name))
    shift = sum(decibels for _, decibels in _decibels(asked, in_part=False))
    loudness = min(max(sound.loudness + shift, QUIETEST), LOUDEST)
    return replace(sound, left_out=tuple(dict.fromkeys((*sound.left_out, *left))), parts=parts, loudness=loudness)


def _fixed(asked: Sequence[Said], wishes: Wishes) -> Wishes:
    """The wishes with tempo, metre, key, hits and ending that are named and not fixed; the last word on each wins."""
    is_free = {name: getattr(wishes, name) is None for name in ("bpm", "metre", "key", "ending")}
    has_key = any(one.control == "key" for one in asked)
    for one in asked:
        if one.control in ("tempo", "bpm") and is_free["bpm"]:
            wishes = replace(wishes, bpm=_bpm(one))
        elif one.control == "metre" and not one.negated and is_free["metre"]:
            wishes = replace(wishes, metre=parse_metre(one.value))
        elif one.control == "key" and is_free["key"]:
            wishes = replace(wishes, key=parse_key(one.value))
        elif one.control == "mode" and not has_key and is_free["key"]:
            wishes = replace(wishes, key=_key(one, wishes.seed))
        elif one.control == "hits":
            wishes = replace(wishes, hits_per_minute=float(one.value))
        elif one.control == "ending" and not one.negated and is_free["ending"]:
            wishes = replace(wishes, ending=Ending(one.value))
    return wishes


def _key(one: Said, seed: int) -> Key:
    """A key of the wished mode that lies well for strings and piano, by the seed."""
    is_minor = (one.value == "minor") != one.negated
    easy = (9, 2, 4, 11, 7, 0) if is_minor else (0, 7, 2, 5, 9, 10)
    return Key(easy[seed % len(easy)], is_minor=is_minor)
