# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder that the tour drops: recordings in every accepted kind and in others, made by others' tools, and what cards
hold besides: a recording that is too long, one that was cut off, a copy, silence, and files that are none."""

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
    # Over the service's limits, in one format it does not take, and what a recorder leaves when its power goes.
    run("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "anoisesrc=d=360:a=0.002:r=48000:seed=4", "-c:a", "pcm_s16le",
        night / "20250606_050000.WAV")
    run("ffmpeg", "-loglevel", "error", "-i", evening, "-t", "15", "-c:a", "flac", night / "20250606_203000.flac")
    whole = evening.read_bytes()
    (night / "20250607_050000.WAV").write_bytes(whole[:len(whole) // 3])
    run("sox", "-D", "-n", "-r", "32000", "-b", "16", night / "20250607_060000.WAV", "trim", "0", "5")
    # An array of eight microphones, each with a sound of its own.
    tones = [word for number in range(1, 9) for word in ("sine", str(number * 900))]
    run("sox", "-D", "-n", "-r", "16000", "-c", "8", "-b", "16", night / "20250605_070000.WAV", "synth", "12", *tones,
        "tremolo", "0.5", "90", "vol", "0.2")
    (card / "Copy").mkdir()
    shutil.copyfile(morning, card / "Copy" / "20250604_050000.WAV")
    (card / "field notes.wav").write_text("Rain from six. Changed the batteries.\n" * 40, encoding="utf-8")
    (card / "20250605_061000.wav").write_bytes(b"")
    (card / "CONFIG.TXT").write_text("Sample rate (Hz): 32000\n", encoding="utf-8")
    return card


def make_night(folder):
    """One more recording, for later; returns its file."""
    night = pathlib.Path(folder) / "20250608_220000.wav"
    run("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "anoisesrc=d=30:a=0.01:r=16000:seed=8", "-c:a", "pcm_s16le", night)
    return night


def make_long_recordings(folder, samples):
    """Recordings of 5 minutes, an hour and a day, of the synthetic SAMPLES, and of a bat at 384 kHz; returns their files."""
    folder = pathlib.Path(folder) / "Long"
    folder.mkdir()
    minutes, hour, day, bat = (folder / name for name in (
        "20250701_050000.wav", "20250701_060000.wav", "20250702_000000.wav", "20250701_213000.wav"))
    run("sox", "-D", *sorted(pathlib.Path(samples).glob("*.wav")), minutes, "repeat", "5", "trim", "0", "300")
    run("ffmpeg", "-loglevel", "error", "-stream_loop", "11", "-i", minutes, "-c", "copy", hour)
    # Sixteen times slower, as a hydrophone of a low rate might have it.
    slow = folder / "slow.wav"
    run("sox", "-D", "-t", "raw", "-r", "2000", "-e", "signed", "-b", "16", "-c", "1", minutes, "-b", "8", slow)
    run("ffmpeg", "-loglevel", "error", "-stream_loop", "17", "-i", slow, "-t", "86400", "-c", "copy", day)
    slow.unlink()
    # Calls of 5 ms, sweeping down from 80 to 40 kHz, ten a second.
    call = folder / "call.wav"
    run("sox", "-D", "-r", "384000", "-n", "-b", "16", call, "synth", "0.005", "sine", "80000-40000", "fade", "h", "0.001", "0.005",
        "0.001", "vol", "0.3", "pad", "0", "0.095")
    calls = folder / "calls.wav"
    run("sox", "-D", call, calls, "repeat", "49")
    hiss = folder / "hiss.wav"
    run("sox", "-D", "-r", "384000", "-n", "-b", "16", hiss, "synth", "5", "whitenoise", "vol", "0.003")
    run("sox", "-D", "-m", "-v", "1", calls, "-v", "1", hiss, bat)
    for file in (call, calls, hiss):
        file.unlink()
    return [minutes, hour, day, bat]
