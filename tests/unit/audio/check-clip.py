#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares clips with the recordings they were cut from, bit for bit.

Usage: check-clip.py (ORIGINAL CLIP FIRST END)...

libsndfile reads the samples of both. Of WAV and RF64 the bytes are compared as well, found by this program's own walk
over the chunks. Prints the GUANO metadata of the last clip.
"""

import struct
import sys

import numpy
import soundfile

INTEGERS = {"PCM_U8", "PCM_S8", "PCM_16", "PCM_24", "PCM_32", "ALAW", "ULAW"}
COMPRESSED = {"FLAC", "OGG", "MP3", "MPEG"}


def chunks(path):
    data = open(path, "rb").read()
    assert data[:4] in (b"RIFF", b"RF64") and data[8:12] == b"WAVE", f"{path}: no WAVE"
    found = {}
    long_size = None
    place = 12
    while place + 8 <= len(data):
        name, size = data[place:place + 4], struct.unpack("<I", data[place + 4:place + 8])[0]
        if name == b"ds64":
            long_size = struct.unpack("<Q", data[place + 16:place + 24])[0]
        if name == b"data" and size == 0xFFFFFFFF:
            size = long_size
        assert name not in found, f"{path}: {name} twice"
        found[name] = data[place + 8:place + 8 + size]
        assert len(found[name]) == size, f"{path}: {name} is cut off"
        place += 8 + size + size % 2
    assert place == len(data), f"{path}: {len(data) - place} bytes too many or too few"
    if data[:4] == b"RIFF":
        assert struct.unpack("<I", data[4:8])[0] == len(data) - 8, f"{path}: the size of the whole"
    return found


def check(original, clip, first, end):
    before, after = soundfile.info(original), soundfile.info(clip)
    assert (after.samplerate, after.channels) == (before.samplerate, before.channels), clip
    assert after.frames == end - first, f"{clip}: {after.frames} frames and not {end - first}"
    kind = "int32" if before.subtype in INTEGERS else "float64"
    if before.format in COMPRESSED:
        assert after.subtype == "PCM_24", after.subtype
    wanted = soundfile.read(original, dtype=kind, start=first, stop=end, always_2d=True)[0]
    got = soundfile.read(clip, dtype=kind, always_2d=True)[0]
    assert numpy.array_equal(wanted, got), f"{clip}: other samples"

    parts = chunks(clip)
    if before.format in ("WAV", "WAVEX", "RF64"):
        whole = chunks(original)
        size = len(whole[b"data"]) // before.frames
        assert parts[b"data"] == whole[b"data"][first * size:end * size], f"{clip}: other bytes"
        assert parts[b"fmt "] == whole[b"fmt "], f"{clip}: another format"
    return parts[b"guan"].decode("utf-8")


def main():
    guano = ""
    arguments = sys.argv[1:]
    for i in range(0, len(arguments), 4):
        original, clip, first, end = arguments[i:i + 4]
        guano = check(original, clip, int(first), int(end))
    print(guano, end="")


if __name__ == "__main__":
    main()
