"""Frames: which regions data are about, and what the names in them mean."""

from regions.frames.embedded import find_embedded, list_embedded, load_frames
from regions.frames.frame_choice import FrameChoice, choose_frame, is_region_word, recognise, share_of_places

__all__ = [
    "FrameChoice",
    "choose_frame",
    "find_embedded",
    "is_region_word",
    "list_embedded",
    "load_frames",
    "recognise",
    "share_of_places",
]
