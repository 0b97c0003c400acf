#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files as people drop them on the window, good and bad, and says what must become of each.

Usage: write-any-files.py FOLDER

Prints one file a line, separated by tabs:
  exact NAME KIND RATE CHANNELS FRAMES TRUNCATED   and NAME.f32 holds its samples: native floats, interleaved
  about NAME KIND RATE CHANNELS FRAMES TOLERANCE   for codecs that lose something
  refused NAME CODE SENTENCE                       with the number of the error
Files that ffmpeg is needed for are left out where it is missing or lacks an encoder.
"""

import array
import math
import os
import shutil
import struct
import subprocess
import sys

# The numbers of ChorusAudioError.
EMPTY, NOT_AUDIO, TRUNCATED, UNSUPPORTED = range(4)

FOLDER = sys.argv[1]


def path(name):
    return os.path.join(FOLDER, name)


def write(name, data):
    with open(path(name), "wb") as file:
        file.write(data)


def read(name):
    with open(path(name), "rb") as file:
        return file.read()


def exact(name, data, kind, rate, channels, samples, truncated=False):
    write(name, data)
    write(name + ".f32", array.array("f", samples).tobytes())
    print("exact", name, kind, rate, channels, len(samples) // channels, int(truncated), sep="\t")


def refused(name, code, sentence, data=None):
    if data is not None:
        write(name, data)
    print("refused", name, code, f"“{name}” {sentence}", sep="\t")


def chunk(name, data, size=None):
    return name + struct.pack("<I", len(data) if size is None else size) + data + b"\0" * (len(data) % 2)


def form(tag, channels, rate, bits, extensible=None):
    frame = channels * bits // 8
    data = struct.pack("<HHIIHH", tag, channels, rate, rate * frame % 2 ** 32, frame, bits)
    if extensible is not None:
        data += struct.pack("<HHI", 22, bits, 0) + struct.pack("<H", extensible)
        data += bytes.fromhex("000000001000800000aa00389b71")
    return chunk(b"fmt ", data)


def wave(*chunks, name=b"RIFF", size=None):
    body = b"WAVE" + b"".join(chunks)
    return name + struct.pack("<I", len(body) if size is None else size) + body


def ramp(count):
    """16-bit integers that count up from 1, and what they are as floats."""
    return struct.pack(f"<{count}h", *range(1, count + 1)), [n / 32768 for n in range(1, count + 1)]


def alaw(byte):
    """ITU-T G.711, decoded as its table 1a says: the value of the middle of the step, in 4096ths of full scale."""
    byte ^= 0x55
    exponent, mantissa = byte >> 4 & 7, byte & 15
    value = 2 * mantissa + 1 if exponent == 0 else (2 * mantissa + 33) * 2 ** (exponent - 1)
    return (1 if byte & 0x80 else -1) * value / 4096


def ulaw(byte):
    """The same of table 2a, in 8192ths."""
    byte ^= 0xff
    value = (2 * (byte & 15) + 33) * 2 ** (byte >> 4 & 7) - 33
    return (-1 if byte & 0x80 else 1) * value / 8192


def write_waves():
    data, samples = ramp(200)
    mono = form(1, 1, 48000, 16)
    whole = wave(mono, chunk(b"data", data))

    exact("good.wav", whole, "wav", 48000, 1, samples)
    exact("cut.wav", whole[:-101], "wav", 48000, 1, samples[:149], True)
    exact("wrong-name.mp3", whole, "wav", 48000, 1, samples)
    exact("no-suffix", whole, "wav", 48000, 1, samples)
    exact("riff-size-0.wav", wave(mono, chunk(b"data", data), size=0), "wav", 48000, 1, samples)
    exact("data-size-0.wav", wave(mono, chunk(b"data", data, 0)), "wav", 48000, 1, samples)
    exact("data-size-unknown.wav", wave(mono, chunk(b"data", data, 0xffffffff)), "wav", 48000, 1, samples)
    exact("data-size-twice.wav", wave(mono, chunk(b"data", data, 800)), "wav", 48000, 1, samples, True)
    exact("data-size-half.wav", wave(mono, chunk(b"data", data, 200)), "wav", 48000, 1, samples[:100])
    exact("384k.wav", wave(form(1, 1, 384000, 16), chunk(b"data", data)), "wav", 384000, 1, samples)
    exact("1hz.wav", wave(form(1, 1, 1, 16), chunk(b"data", data)), "wav", 1, 1, samples)
    exact("8-channels.wav", wave(form(1, 8, 96000, 16), chunk(b"data", data)), "wav", 96000, 8, samples)

    numbers = [0, 1, -1, 8388607, -8388608, 4660]
    exact("24-extensible.wav",
          wave(form(0xfffe, 2, 48000, 24, 1), chunk(b"data", b"".join(struct.pack("<i", n)[:3] for n in numbers))),
          "wav", 48000, 2, [n / 8388608 for n in numbers])
    exact("8-bit.wav", wave(form(1, 1, 8000, 8), chunk(b"data", bytes(range(256)))), "wav", 8000, 1,
          [(n - 128) / 128 for n in range(256)])
    exact("a-law.wav", wave(form(6, 1, 8000, 8), chunk(b"data", bytes(range(256)))), "wav", 8000, 1,
          [alaw(n) for n in range(256)])
    exact("mu-law.wav", wave(form(7, 1, 8000, 8), chunk(b"data", bytes(range(256)))), "wav", 8000, 1,
          [ulaw(n) for n in range(256)])

    # What is no number is silence; what is beyond full scale stays.
    odd = [0.5, math.nan, math.inf, -math.inf, -2.0, 1e-42]
    exact("nan.wav", wave(form(3, 1, 48000, 32), chunk(b"data", struct.pack("<6f", *odd))), "wav", 48000, 1,
          [0.5, 0, 0, 0, -2.0, struct.unpack("<f", struct.pack("<f", 1e-42))[0]])
    exact("nan-64.wav", wave(form(3, 1, 48000, 64), chunk(b"data", struct.pack("<6d", *odd[:4], 1e300, -0.25))), "wav",
          48000, 1, [0.5, 0, 0, 0, 0, -0.25])

    for name, magic in (("a.rf64", b"RF64"), ("a.bw64", b"BW64")):
        ds64 = chunk(b"ds64", struct.pack("<QQQI", 0, len(data), len(samples), 0))
        exact(name, wave(ds64, mono, chunk(b"data", data, 0xffffffff), name=magic, size=0xffffffff), "rf64", 48000, 1,
              samples)

    refused("empty.wav", EMPTY, "is empty.", b"")
    refused("header-only.wav", EMPTY, "holds no sound: the recorder wrote its header and nothing after it.",
            wave(mono, chunk(b"data", b"")))
    cut_off = "was cut off before any sound was written: copy it again if the original is longer."
    refused("half-header.wav", TRUNCATED, cut_off, whole[:30])
    refused("promise.wav", TRUNCATED, cut_off, whole[:44])
    refused("adpcm.wav", UNSUPPORTED,
            "is a WAV file in an encoding that cannot be read here (number 17): save it as PCM and add that.",
            wave(form(0x11, 1, 8000, 16), chunk(b"data", data)))


def write_strangers():
    playlist, text = "is not audio: it is a playlist.", "is not audio: it is a text file."
    refused("list.m3u", NOT_AUDIO, playlist, b"#EXTM3U\r\n#EXTINF:5,x\r\na.mp3\r\n")
    refused("list.m3u8", NOT_AUDIO, playlist, b"\xef\xbb\xbf#EXTM3U\na.mp3\n")
    refused("list.wav", NOT_AUDIO, playlist, b"[Playlist]\nFile1=a.mp3\n")
    refused("plain.m3u", NOT_AUDIO, text, b"a.mp3\nb.mp3\n")
    refused("list.xspf", NOT_AUDIO, text, b'<?xml version="1.0"?>\n<playlist version="1"/>\n')
    refused("notes.mid", NOT_AUDIO, "is not audio: it is a list of notes (MIDI).", b"MThd\0\0\0\6\0\0\0\1\0\x60")
    refused("zeros.wav", NOT_AUDIO,
            "is not audio: it begins with nothing but zeros, as a failing memory card leaves it.", bytes(5000))
    nothing = "was cut off or is damaged: no sound could be found in it."
    refused("header-only.flac", TRUNCATED, nothing,
            b"fLaC\x80\0\0\x22\x10\0\x10\0\0\0\0\0\0\0\x0b\xb8\1\xf0\0\0\0\0" + bytes(16))
    refused("header-only.ogg", TRUNCATED, nothing, b"OggS\0\2" + bytes(22))
    refused("header-only.webm", TRUNCATED, nothing, b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm")
    refused("header-only.avi", TRUNCATED,
            "was cut off before any sound was written: copy it again if the original is longer.",
            b"RIFF\0\1\0\0AVI LIST")
    refused("stub.m4a", TRUNCATED,
            "was cut off: its end, which says where the sound is, is missing. Copy it again if the original is longer.",
            b"\0\0\0\x14ftypM4A \0\0\0\0M4A \0\0\0\x10mdatabcdefgh")


def ffmpeg(name, *arguments):
    run = subprocess.run(["ffmpeg", "-v", "quiet", "-y", *arguments, path(name)], stdin=subprocess.DEVNULL)
    return run.returncode == 0


SOUND = ["-f", "lavfi", "-i", "sine=frequency=1000:sample_rate=48000:duration=1.5"]
PICTURES = ["-f", "lavfi", "-i", "testsrc=duration=1.5:size=64x48:rate=10"]


def about(name, kind, frames, tolerance, channels=1):
    print("about", name, kind, 48000, channels, frames, tolerance, sep="\t")


def write_with_ffmpeg():
    # The sound of a video is heard; the service takes none, so it is "audio" and nothing more.
    for name, video, audio in (("film.mp4", "mpeg4", "aac"), ("film.mkv", "mpeg4", "flac"), ("film.mov", "mpeg4", "aac"),
                               ("film.avi", "mpeg4", "pcm_s16le"), ("film.webm", "libvpx", "libopus")):
        if ffmpeg(name, *PICTURES, *SOUND, "-c:v", video, "-c:a", audio, "-shortest"):
            about(name, "audio", 72000, 2048)
    for name, video in (("silent.mp4", "mpeg4"), ("silent.mkv", "mpeg4"), ("silent.avi", "mpeg4"),
                        ("silent.webm", "libvpx")):
        if ffmpeg(name, *PICTURES, "-c:v", video):
            refused(name, NOT_AUDIO, "is not audio: it is a video without sound.")

    # A picture of the cover is no video.
    if ffmpeg("cover.png", *PICTURES, "-frames:v", "1"):
        for name, codec, kind in (("cover.mp3", "libmp3lame", "mp3"), ("cover.m4a", "aac", "m4a")):
            if ffmpeg(name, *SOUND, "-i", path("cover.png"), "-map", "0", "-map", "1", "-c:a", codec, "-c:v", "copy",
                      "-disposition:v:0", "attached_pic"):
                about(name, kind, 72000, 0)

    if ffmpeg("good.m4a", *SOUND, "-c:a", "aac"):
        locked = "is locked by a shop's copy protection: add a copy without it."
        for name, entry in (("shop.m4p", b"drms"), ("common.m4a", b"enca")):
            refused(name, UNSUPPORTED, locked, read("good.m4a").replace(b"mp4a", entry, 1))
        write("m4a.wav", read("good.m4a"))
        about("m4a.wav", "m4a", 72000, 0)
    if ffmpeg("good.mp3", *SOUND, "-c:a", "libmp3lame"):
        write("mp3.wav", read("good.mp3"))
        about("mp3.wav", "mp3", 72000, 0)
        refused("tag-only.mp3", NOT_AUDIO, "is not audio: it begins like no audio format known here.",
                b"ID3\3\0\0\0\0\0\x40" + bytes(64))
    if ffmpeg("8-channels.flac", "-f", "lavfi", "-i", "anoisesrc=d=1.5:r=48000:a=0.1", "-af", "pan=7.1|" + "|".join(
            f"c{n}=c0" for n in range(8)), "-c:a", "flac"):
        about("8-channels.flac", "flac", 72000, 0, 8)


write_waves()
write_strangers()
if shutil.which("ffmpeg"):
    write_with_ffmpeg()
