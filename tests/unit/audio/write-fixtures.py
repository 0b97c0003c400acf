#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes one sound in every uncompressed form that python3-soundfile, sox and ffmpeg can make.

Usage: write-fixtures.py FOLDER

Beside each file lies NAME.f32, its samples as libsndfile reads them: native 32-bit floats, interleaved. The names,
kinds, rates, channels, bits and frames are printed, one file a line, separated by tabs.
"""

import os
import shutil
import subprocess
import sys

import numpy
import soundfile

FRAMES = 4801
RATE = 48000

SOUNDFILE = [
    # name, kind, format, subtype, endian, channels, bits
    ("u8.wav", "wav", "WAV", "PCM_U8", "FILE", 1, 8),
    ("s16.wav", "wav", "WAV", "PCM_16", "FILE", 2, 16),
    ("s24.wav", "wav", "WAV", "PCM_24", "FILE", 1, 24),
    ("s32.wav", "wav", "WAV", "PCM_32", "FILE", 2, 32),
    ("f32.wav", "wav", "WAV", "FLOAT", "FILE", 2, 32),
    ("f64.wav", "wav", "WAV", "DOUBLE", "FILE", 1, 64),
    ("alaw.wav", "wav", "WAV", "ALAW", "FILE", 1, 8),
    ("ulaw.wav", "wav", "WAV", "ULAW", "FILE", 2, 8),
    ("extensible16.wav", "wav", "WAVEX", "PCM_16", "FILE", 2, 16),
    ("extensible24.wav", "wav", "WAVEX", "PCM_24", "FILE", 3, 24),
    ("extensible-float.wav", "wav", "WAVEX", "FLOAT", "FILE", 1, 32),
    ("eight-channels.wav", "wav", "WAVEX", "PCM_16", "FILE", 8, 16),
    ("s16.rf64", "rf64", "RF64", "PCM_16", "FILE", 2, 16),
    ("f32.rf64", "rf64", "RF64", "FLOAT", "FILE", 1, 32),
    ("u8.w64", "w64", "W64", "PCM_U8", "FILE", 1, 8),
    ("s24.w64", "w64", "W64", "PCM_24", "FILE", 2, 24),
    ("f64.w64", "w64", "W64", "DOUBLE", "FILE", 1, 64),
    ("s8.aiff", "aiff", "AIFF", "PCM_S8", "FILE", 1, 8),
    ("u8.aiff", "aiff", "AIFF", "PCM_U8", "FILE", 1, 8),
    ("s16.aiff", "aiff", "AIFF", "PCM_16", "FILE", 2, 16),
    ("s16-little.aiff", "aiff", "AIFF", "PCM_16", "LITTLE", 2, 16),
    ("s24.aiff", "aiff", "AIFF", "PCM_24", "FILE", 2, 24),
    ("s32.aiff", "aiff", "AIFF", "PCM_32", "FILE", 1, 32),
    ("f32.aiff", "aiff", "AIFF", "FLOAT", "FILE", 2, 32),
    ("f64.aiff", "aiff", "AIFF", "DOUBLE", "FILE", 1, 64),
    ("alaw.aiff", "aiff", "AIFF", "ALAW", "FILE", 1, 8),
    ("ulaw.aiff", "aiff", "AIFF", "ULAW", "FILE", 1, 8),
]

SOX = [
    # name, kind, channels, bits, arguments
    ("sox-u8.wav", "wav", 1, 8, ["-b", "8"]),
    ("sox-s16.wav", "wav", 2, 16, ["-b", "16"]),
    ("sox-s24.wav", "wav", 2, 24, ["-b", "24"]),
    ("sox-s32.wav", "wav", 1, 32, ["-b", "32"]),
    ("sox-f32.wav", "wav", 1, 32, ["-e", "floating-point", "-b", "32"]),
    ("sox-alaw.wav", "wav", 1, 8, ["-e", "a-law"]),
    ("sox-s16.aiff", "aiff", 2, 16, ["-b", "16"]),
    ("sox-s24.aifc", "aiff", 1, 24, ["-b", "24"]),
]

FFMPEG = [
    # name, kind, channels, bits, arguments
    ("ffmpeg-s16.wav", "wav", 2, 16, ["-c:a", "pcm_s16le"]),
    ("ffmpeg-s24.wav", "wav", 6, 24, ["-c:a", "pcm_s24le"]),
    ("ffmpeg-f64.wav", "wav", 1, 64, ["-c:a", "pcm_f64le"]),
    ("ffmpeg-s16.rf64", "rf64", 2, 16, ["-c:a", "pcm_s16le", "-f", "wav", "-rf64", "always"]),
    ("ffmpeg-s16.w64", "w64", 2, 16, ["-c:a", "pcm_s16le"]),
    ("ffmpeg-s16.aiff", "aiff", 2, 16, ["-c:a", "pcm_s16be"]),
    ("ffmpeg-s16le.aiff", "aiff", 1, 16, ["-c:a", "pcm_s16le", "-f", "aiff"]),
]


def signal(channels):
    """Noise over the whole range, with both ends of it."""
    samples = numpy.random.default_rng(channels).uniform(-1, 1, (FRAMES, channels))
    samples[0, :] = 1 - 2 ** -31
    samples[1, :] = -1
    samples[2, :] = 0
    return samples


def oracle(path, kind, channels, bits):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    samples.astype("=f4").tofile(path + ".f32")
    print(os.path.basename(path), kind, rate, channels, bits, len(samples), sep="\t")


def main():
    folder = sys.argv[1]

    for name, kind, container, subtype, endian, channels, bits in SOUNDFILE:
        path = os.path.join(folder, name)
        soundfile.write(path, signal(channels), RATE, subtype, endian, container)
        oracle(path, kind, channels, bits)

    for tool, table in (("sox", SOX), ("ffmpeg", FFMPEG)):
        if shutil.which(tool) is None:
            print(f"{tool} is not installed: its files are left out", file=sys.stderr)
            continue
        for name, kind, channels, bits, arguments in table:
            source = os.path.join(folder, "source.wav")
            path = os.path.join(folder, name)
            soundfile.write(source, signal(channels), RATE, "PCM_32")
            if tool == "sox":
                command = ["sox", "-D", source, *arguments, path]
            else:
                command = ["ffmpeg", "-v", "error", "-y", "-i", source, *arguments, path]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            oracle(path, kind, channels, bits)


if __name__ == "__main__":
    main()
