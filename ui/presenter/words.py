"""What a cue is to be in words: said of all of it or of a stretch, shown as controls that can be changed or removed."""

from __future__ import annotations

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.film import film_cues
from hitpoint.core.cue.sound import Sound
from hitpoint.core.errors import HitpointError
from hitpoint.core.timebase import format_timecode
from hitpoint.core.words.chips import ReadWords, read_words, with_other_words, without_words
from hitpoint.ui.presenter.desk import Desk
from hitpoint.ui.presenter.view_models import ShownWords


class WordsPresenter:
    """Changes the words of the cue that is worked at; each change is one undo step.

    Args:
        desk: of the window.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk, self._tr = desk, desk.tr
        desk.on_film.append(self.show)

    def show(self) -> None:
        """Show the words as they are."""
        desk, name = self._desk, self._desk.name
        if not name or desk.opened is None:
            desk.view.show_words(ShownWords())
            return
        lines = tuple(self._read(prompt) for prompt in self._prompts)
        found = [line for line in lines if line is not None]
        places = tuple(self._place(line.span) for line in found)
        own = tuple(tuple(self._place(chip.place or chip.missed) for chip in line.chips) for line in found)
        desk.view.show_words(ShownWords(name, tuple(found), places, own, desk.film.is_reworded(name)))

    def say(self, text: str, span: tuple[float, float] | None = None) -> None:
        """Say something of the whole cue, in place of what was said of it, or of a stretch (timeline seconds)."""
        text = " ".join(text.split())
        prompts = self._prompts
        if span is not None:
            self._put((*prompts, f"{self._stretch(span)}={text}") if text else prompts)
            return
        whole = self._whole
        rest = [prompt for index, prompt in enumerate(prompts) if index != whole]
        self._put((text, *rest) if text else tuple(rest))

    def remove(self, line: int) -> None:
        """Take one prompt back."""
        self._put(tuple(prompt for index, prompt in enumerate(self._prompts) if index != line))

    def remove_chip(self, line: int, words: str) -> None:
        """Take words out of a prompt."""
        self._change(line, without_words(self._text(line), words))

    def change_chip(self, line: int, words: str, other: str) -> None:
        """Put other words in the place of some."""
        self._change(line, with_other_words(self._text(line), words, other))

    @property
    def _prompts(self) -> tuple[str, ...]:
        desk = self._desk
        return desk.film.cues.named(desk.name).prompts if desk.name else ()

    @property
    def _whole(self) -> int:
        """The number of the prompt for the whole cue; -1 if there is none."""
        read = [self._read(prompt) for prompt in self._prompts]
        return next((index for index, line in enumerate(read) if line is not None and line.span is None), -1)

    def _text(self, line: int) -> str:
        read = self._read(self._prompts[line])
        return "" if read is None else read.text

    def _change(self, line: int, text: str) -> None:
        prompts = list(self._prompts)
        read = self._read(prompts[line])
        if read is None or not text:
            prompts.pop(line)
        else:
            prompts[line] = text if read.span is None else f"{self._stretch(read.span)}={text}"
        self._put(tuple(prompts))

    def _put(self, prompts: tuple[str, ...]) -> None:
        desk, name = self._desk, self._desk.name
        if not name:
            desk.fail(self._tr("There is no cue to say something of: make one first."))
            return
        try:
            for prompt in prompts:
                self._checked(prompt)
        except HitpointError as error:
            desk.fail(str(error))
            self.show()
            return
        label = self._tr("Words for {name}").format(name=name)
        desk.change_film(lambda film: film_cues.noted(film, name, prompt="\n".join(prompts)), label)

    def _checked(self, prompt: str) -> ReadWords:
        desk = self._desk
        assert desk.opened is not None
        entry = desk.film.cues.named(desk.name)
        plain = Wishes(entry.start_frame, entry.end_frame)
        return read_words(desk.opened.edit, plain, Sound(), prompt)

    def _read(self, prompt: str) -> ReadWords | None:
        try:
            return self._checked(prompt)
        except HitpointError:
            return None

    def _stretch(self, span: tuple[float, float]) -> str:
        return "-".join(self._desk.timecode(seconds) for seconds in span)

    def _place(self, span: tuple[float, float] | None) -> str:
        """A stretch in timecode; nothing for none."""
        if span is None or self._desk.opened is None:
            return ""
        edit = self._desk.opened.edit
        frames = (edit.rate.nearest_frame(seconds) + edit.start_timecode_frame for seconds in span)
        return " \N{EN DASH} ".join(format_timecode(frame, edit.rate, drop_frame=edit.drop_frame) for frame in frames)
