"""What the picture says, once per second of timeline: motion, emotion, scene offset, and CLIP where it is wanted."""
