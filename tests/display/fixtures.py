# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder that the tour drops: recordings in every accepted kind, made by others' tools, and two files that are none."""

import pathlib
import shutil
import subprocess


def run(*command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   stdin=subprocess.DEVNULL)


def make_memory_card(folder, samples):
    """Writes a card as a recorder leaves it, from the synthetic SAMPLES; returns its folder."""
    card = pathlib.Path(folder) / "Memory card"
    night = card / "20250604"
    night.mkdir(parents=True)
    morning, evening, quiet = (pathlib.Path(samples) / name for name in (
        "SYNTHETIC_20250604_050000.wav", "SYNTHETIC_20250604_203000.wav", "SYNTHETIC_20250605_053000.wav"))

    shutil.copyfile(morning, night / "20250604_050000.WAV")
    run("ffmpeg", "-loglevel", "error", "-i", evening, "-c:a", "libmp3lame", "-b:a", "128k", night / "20250604_203000.mp3")
    run("ffmpeg", "-loglevel", "error", "-i", quiet, "-c:a", "aac", "-b:a", "128k", night / "20250605_053000.m4a")
    run("ffmpeg", "-loglevel", "error", "-i", morning, "-t", "12", "-ar", "48000", "-c:a", "libopus", "-b:a", "96k",
        night / "20250605_060000.webm")
    (card / "field notes.wav").write_text("Rain from six. Changed the batteries.\n" * 40, encoding="utf-8")
    (card / "20250605_061000.wav").write_bytes(b"")
    (card / "CONFIG.TXT").write_text("Sample rate (Hz): 32000\n", encoding="utf-8")
    return card
