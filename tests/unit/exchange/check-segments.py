#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares segments with the recording they were cut from, sample for sample, as libsndfile reads both.

Usage: check-segments.py make RECORDING
       check-segments.py FOLDER RECORDING [PADDING]

The first makes a recording of noise. The second goes through a folder of segments, checks that each holds what its name
says with so many seconds more on either side, and prints the names below the folder, sorted.
"""

import os
import re
import sys

import numpy
import soundfile

NAME = re.compile(r"(none|[01]\.\d{3})_(\d+)_(.+)_(\d+\.\d\d)s_(\d+\.\d\d)s( \(\d+\))?\.wav")
# What Windows takes for something else.
UNSAFE = re.compile(r'[\\:*?"<>|\x00-\x1f]|[. ]$|^(CON|PRN|AUX|NUL|COM\d|LPT\d)(\.|$)', re.IGNORECASE)


def make(path):
    noise = numpy.random.default_rng(5).integers(-32768, 32768, (20 * 8000, 2), "int16")
    soundfile.write(path, noise, 8000, "PCM_16")


def check(folder, recording, padding):
    wanted, rate = soundfile.read(recording, dtype="int32", always_2d=True)
    names = []
    for path, folders, files in os.walk(folder):
        for part in folders + files:
            assert not UNSAFE.search(part) and len(part.encode()) <= 200, part
        folded = [part.casefold() for part in folders + files]
        assert len(set(folded)) == len(folded), folded
        names += [os.path.join(path, name) for name in files]
    for name in names:
        match = NAME.fullmatch(os.path.basename(name))
        assert match, name
        start, end = (round(float(match.group(i)) * rate) for i in (4, 5))
        pad = round(padding * rate)
        got, got_rate = soundfile.read(name, dtype="int32", always_2d=True)
        assert got_rate == rate
        assert numpy.array_equal(got, wanted[max(0, start - pad):min(len(wanted), end + pad)]), name
    for name in sorted(names):
        print(os.path.relpath(name, folder))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    else:
        check(sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 0.0)
