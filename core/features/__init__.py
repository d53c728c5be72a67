"""Features of the picture, once per second of timeline: motion, emotion, scene offset, and CLIP where it is wanted.

From the frame up: :mod:`frame_plan` lists the packets of a file and says which of them hold the frames that are asked
for, :mod:`frames` decodes only those, :mod:`motion`, :mod:`colour` and :mod:`semantic` measure a frame, :mod:`seen`
makes a row of the measures that :mod:`cache` can keep, and :mod:`extract` puts the rows in the order of an edit, where
:mod:`emotion` and :mod:`scene_offset` add what only the edit knows: how long its shots are and where it cuts.

For looking and listening rather than measuring: :mod:`picture_at` has the picture at any frame of the timeline
(:mod:`movie_pictures` decodes on where it was), :mod:`production_mix` the edit's own sound.

::

    from hitpoint.core.files.cache_folder import user_cache_folder
    from hitpoint.core.features.cache import FeatureCache
    from hitpoint.core.features.extract import extract_features

    found = extract_features(edit, cache=FeatureCache(user_cache_folder()))
    print(found.features.motion, found.features.emotion, found.warnings)
"""
