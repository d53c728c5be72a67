from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.errors import OptionError
from hitpoint.core.features import extract as extract_module
from hitpoint.core.features.cache import FeatureCache
from hitpoint.core.features.extract import extract_features, known_features
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.features.motion import frame_difference
from hitpoint.core.features.seen import see
from hitpoint.core.media.frame_plan import FramePlan
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.timebase import FrameRate

RATE = FrameRate(Fraction(25))


class MeanColour:
    """An encoder whose embedding is the mean colour of a picture, and whose mood is always the first."""

    name = "mean-colour"

    def encode(self, images: Sequence[np.ndarray]) -> np.ndarray:
        rows = np.zeros((len(images), 768), np.float32)
        rows[:, :3] = [image.mean(axis=(0, 1)) for image in images]
        return rows

    def emotion(self, embeddings: np.ndarray) -> np.ndarray:
        return np.tile(np.float32([0.5, 0.1, 0.1, 0.1, 0.1, 0.1]), (len(embeddings), 1))


def edit_of(*shots: Shot, rate: FrameRate = RATE) -> Edit:
    return Edit("cut", Path("cut.otio"), rate, shots[-1].end, shots)


@pytest.fixture
def edit(clip: Path) -> Edit:
    """One second of the clip from 1 s on, a gap, a missing clip, a freeze frame, the clip at double speed."""
    return edit_of(
        Shot("a", 0, 25, media=clip, source_start=Fraction(1)),
        Shot("", 25, 50, ShotKind.GAP),
        Shot("lost", 50, 75, media=None, media_name="lost.mov"),
        Shot("still", 75, 125, media=clip, source_start=Fraction(1, 2), speed=Fraction(0)),
        Shot("fast", 125, 150, media=clip, speed=Fraction(2)),
    )


def check_contract(features: PictureFeatures, seconds: int) -> None:
    assert len(features) == seconds
    for values in (features.scene_offset, features.motion, features.emotion):
        assert values.dtype == np.float32
        assert len(values) == seconds
        assert np.isfinite(values).all()
    assert features.emotion.shape == (seconds, 6)
    assert np.allclose(features.emotion.sum(axis=1), 1, atol=1e-5)
    assert (features.emotion >= 0).all()
    assert ((features.motion >= 0) & (features.motion <= 255)).all()
    assert (features.motion[~features.seen] == 0).all()
    assert features.seen.shape == (seconds,)
    if features.semantic is not None:
        assert features.semantic.shape == (seconds, 768)
        assert np.isfinite(features.semantic).all()
        assert (features.semantic[~features.seen] == 0).all()


@pytest.mark.parametrize("kind", ["picture", "clip"])
@pytest.mark.parametrize(("start", "end", "seconds"), [(0, 150, 6), (10, 61, 3), (149, 150, 1), (0, 26, 2)])
def test_every_feature_has_one_finite_row_per_second(edit: Edit, kind: Any, start: int, end: int, seconds: int) -> None:
    found = extract_features(edit, kind, start_frame=start, end_frame=end, encoder=MeanColour())
    check_contract(found.features, seconds)
    assert (found.features.semantic is not None) == (kind == "clip")


def test_only_seconds_with_media_are_seen(edit: Edit) -> None:
    found = extract_features(edit)
    assert found.features.seen.tolist() == [True, False, False, True, True, True]
    assert found.warnings == ()


def test_motion_is_that_of_the_frames_on_the_screen(edit: Edit, studio: Any) -> None:
    motion = extract_features(edit).features.motion
    frames = decoded(edit.media_files[0])
    assert motion[0] == pytest.approx(frame_difference(frames[25], frames[26]))
    assert motion[5] == pytest.approx(frame_difference(frames[0], frames[1]) * 2**0.5)


def test_a_freeze_frame_does_not_move_and_is_decoded_once(edit: Edit) -> None:
    found = extract_features(edit)
    assert found.features.motion[3:5].tolist() == [0.0, 0.0]
    assert found.decoded_seconds == 3


def test_a_shot_played_backwards_shows_earlier_frames(clip: Path) -> None:
    shot = Shot("back", 0, 50, media=clip, source_start=Fraction(2), speed=Fraction(-1))
    motion = extract_features(edit_of(shot)).features.motion
    frames = decoded(clip)
    assert motion.tolist() == pytest.approx([frame_difference(*frames[k : k + 2]) for k in (50, 25)])


def test_a_stretch_that_begins_between_seconds_counts_from_its_begin(clip: Path) -> None:
    found = extract_features(edit_of(Shot("a", 0, 60, media=clip)), start_frame=7, end_frame=40)
    frames = decoded(clip)
    assert found.features.motion.tolist() == pytest.approx([frame_difference(*frames[k : k + 2]) for k in (7, 32)])


def test_a_file_that_is_no_movie_leaves_its_shots_unseen(clip: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("not a movie\n" * 40)
    found = extract_features(edit_of(Shot("a", 0, 25, media=text), Shot("b", 25, 50, media=clip)))
    assert found.features.seen.tolist() == [False, True]
    assert len(found.warnings) == 1
    assert "notes.mp4" in found.warnings[0]


def test_a_file_that_vanished_leaves_its_shots_unseen(tmp_path: Path) -> None:
    shots = [Shot("a", 0, 25, media=tmp_path / "gone.mp4"), Shot("b", 25, 50, media=tmp_path / "gone.mp4")]
    found = extract_features(edit_of(*shots), cache=FeatureCache(tmp_path / "cache"))
    assert not found.features.seen.any()
    assert len(found.warnings) == 1


def test_a_recut_decodes_only_what_is_new(edit: Edit, clip: Path, tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache")
    first = extract_features(edit, cache=cache)
    again = extract_features(edit, cache=cache)
    assert (first.decoded_seconds, again.decoded_seconds) == (3, 0)
    assert np.array_equal(first.features.emotion, again.features.emotion)
    assert np.array_equal(first.features.motion, again.features.motion)
    recut = edit_of(*edit.shots, Shot("new", 150, 175, media=clip, source_start=Fraction(3, 5)))
    assert extract_features(recut, cache=cache).decoded_seconds == 1


def test_without_looking_only_the_cuts_are_known(edit: Edit, tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache")
    known, seen = known_features(edit, cache=cache), extract_features(edit)
    assert known.left_seconds == seen.features.seen.sum() == 4
    assert not known.features.seen.any()
    assert np.array_equal(known.features.scene_offset, seen.features.scene_offset)
    assert not cache.rows("any", "picture.2", [Fraction(0)], 6)


def test_what_was_seen_before_is_known_without_looking(edit: Edit, clip: Path, tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache")
    seen = extract_features(edit, cache=cache)
    recut = edit_of(*edit.shots, Shot("new", 150, 175, media=clip, source_start=Fraction(3, 5)))
    known, more = known_features(edit, cache=cache), known_features(recut, cache=cache)
    assert (known.left_seconds, more.left_seconds) == (0, 1)
    assert np.array_equal(known.features.emotion, seen.features.emotion)


def test_the_cache_knows_a_clip_that_was_moved(edit: Edit, clip: Path, tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache")
    extract_features(edit_of(Shot("a", 0, 50, media=clip)), cache=cache)
    moved = clip.rename(tmp_path / "moved.mp4")
    assert extract_features(edit_of(Shot("a", 0, 50, media=moved)), cache=cache).decoded_seconds == 0


def test_clip_rows_are_kept_apart_from_picture_rows(edit: Edit, tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path / "cache")
    extract_features(edit, cache=cache)
    first = extract_features(edit, "clip", cache=cache, encoder=MeanColour())
    again = extract_features(edit, "clip", cache=cache, encoder=MeanColour())
    assert (first.decoded_seconds, again.decoded_seconds) == (3, 0)
    assert again.features.semantic is not None
    assert np.array_equal(again.features.semantic, first.features.semantic)


def test_clip_emotion_is_the_encoders_where_something_was_seen(edit: Edit) -> None:
    found = extract_features(edit, "clip", encoder=MeanColour()).features
    assert np.allclose(found.emotion[found.seen, 0], 0.5)
    assert not np.allclose(found.emotion[~found.seen, 0], 0.5)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (20, 10), (-1, 10), (0, 151), (150, 151)])
def test_a_stretch_without_picture_is_refused_kindly(edit: Edit, start: int, end: int) -> None:
    with pytest.raises(OptionError, match="150"):
        extract_features(edit, start_frame=start, end_frame=end)


def test_what_was_decoded_before_a_cancellation_is_kept(
    clip: Path, tmp_path: Path, studio: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = studio.write_clip(tmp_path / "other.mp4", frames=50)
    edit = edit_of(Shot("a", 0, 50, media=clip), Shot("b", 50, 100, media=other, source_start=Fraction(1, 5)))
    cache, arrived = FeatureCache(tmp_path / "cache"), Event()

    def until_cancelled(plan: FramePlan, encoder: None, progress: Progress, *, threads: int) -> Iterator[Any]:
        if plan.path == clip:
            yield from see(plan, encoder, progress, threads=threads)
        else:
            arrived.set()
            while True:
                progress.step(0.0)

    monkeypatch.setattr(extract_module, "see", until_cancelled)
    monkeypatch.setattr(extract_module, "_THREADS", 1)
    with pytest.raises(Cancelled):
        extract_features(edit, cache=cache, progress=Progress(is_cancelled=arrived.is_set))
    monkeypatch.undo()
    assert extract_features(edit, cache=cache).decoded_seconds == 2


def test_a_file_in_pieces_gives_the_rows_of_a_whole(edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = extract_features(edit)
    monkeypatch.setattr(extract_module, "_PIECE", 1)
    pieces = extract_features(edit)
    np.testing.assert_array_equal(pieces.features.motion, whole.features.motion)
    np.testing.assert_array_equal(pieces.features.emotion, whole.features.emotion)
    assert (pieces.warnings, pieces.decoded_seconds) == (whole.warnings, whole.decoded_seconds)


def test_progress_rises_to_the_end(edit: Edit) -> None:
    seen: list[float] = []
    extract_features(edit, progress=Progress(lambda fraction, _: seen.append(fraction)))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_ten_thousand_shots_of_one_file_are_one_pass(clip: Path) -> None:
    shots = [Shot(f"{k}", 5 * k, 5 * k + 5, media=clip, source_start=Fraction(k % 50, 25)) for k in range(10_000)]
    found = extract_features(edit_of(*shots))
    check_contract(found.features, 2000)
    assert found.features.seen.all()
    assert found.decoded_seconds <= 50


def decoded(path: Path) -> list[np.ndarray]:
    import av

    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(container.streams.video[0])]
