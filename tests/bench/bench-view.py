#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the viewer, side by side with what one would use instead, on recordings of 5 minutes, 1 hour and 24 hours.

The programs take turns, so that all of them meet the same machine. Windows open on a display of their own, and a picture is
complete when nothing on that display has changed any more for a while. Never fails: what is missing is said and left out.

bench-view.py PROGRAMS SOUNDSCAPE FOLDER [files] [windows] [day] [frames]: FOLDER keeps the recordings for the next time.
"""

import os
import pathlib
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "display"))
from session import Session  # noqa: E402

ROUNDS = 3
RATE = 48000
SIZES = {"5 minutes": 300, "1 hour": 3600}
DAY = 24
GAP = 2.0
DAY_GAP = 4.0

AUDACITY = """PrefsVersion=1.1.1r1
NewPrefsInitialized=1
[GUI]
ShowSplashScreen=0
DefaultViewModeChoiceNew=Spectrogram
[Directories]
TempDir={folder}/temporary
[Update]
UpdateNoticeShown=1
DefaultUpdatesChecking=0
"""

# A person who looks at an hour: into it, along it to both sides, closer, along the frequencies, and out again. Buttons 4 and
# 5 are the wheel; one notch for each frame of a screen.
WALK = {
    "zooming": "keydown ctrl click --repeat 18 --delay 33 4 keyup ctrl sleep 0.3 "
               "keydown ctrl keydown shift click --repeat 6 --delay 33 4 click --repeat 6 --delay 33 5 keyup shift keyup ctrl "
               "sleep 0.3 keydown ctrl click --repeat 18 --delay 33 5 keyup ctrl sleep 0.3 "
               "keydown ctrl click --repeat 24 --delay 33 4 click --repeat 24 --delay 33 5 "
               "click --repeat 20 --delay 33 4 click --repeat 8 --delay 33 5 keyup ctrl sleep 0.3",
    "scrolling": "click --repeat 120 --delay 16 5 sleep 0.3 click --repeat 90 --delay 16 4 sleep 0.3 "
                 "keydown ctrl click --repeat 4 --delay 33 4 keyup ctrl sleep 0.3 click --repeat 60 --delay 33 5 sleep 0.3",
}


def say(text=""):
    print(text, flush=True)


def load():
    return f"load of the machine {os.getloadavg()[0]:.2f} with {os.cpu_count()} processors"


def version(*command):
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown version"
    lines = [line for line in (result.stdout + result.stderr).splitlines() if re.search(r"\d\.\d", line)]
    return lines[0].strip() if lines else "unknown version"


def package_version(name):
    result = subprocess.run(["dpkg-query", "-W", "-f=${Version}", name], capture_output=True, text=True, check=False)
    return f"{name} {result.stdout}" if result.returncode == 0 else "unknown version"


def shown(command, env=None):
    words = " ".join(shlex.quote(pathlib.Path(word).name if word.startswith("/") else word) for word in map(str, command))
    return "".join(f"{name}={value} " for name, value in (env or {}).items()) + words


def verdict(reached):
    return "reached" if reached else "MISSED"


def run(programs, command):
    """Runs a whole process; returns its seconds, its processor seconds and its peak resident memory in MB."""
    result = subprocess.run([str(word) for word in (programs / "bench-upload-run", *command)], capture_output=True, text=True,
                            check=False, stdin=subprocess.DEVNULL)
    *said, last = result.stderr.strip().splitlines() or [""]
    status, seconds, processor, peak = (last.split() + ["-1", "0", "0", "0"])[:4]
    if status != "0":
        raise ValueError(f"{pathlib.Path(command[0]).name} failed: {' '.join(said)[-200:]}")
    return float(seconds), float(processor), int(peak) / 1e6


def warm(path):
    """Has the file in the page cache, as far as there is memory."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 24):
            pass


class Recordings:
    def __init__(self, folder, soundscape):
        self.folder = folder
        self.soundscape = soundscape
        folder.mkdir(parents=True, exist_ok=True)

    def _make(self, name, command):
        path = self.folder / name
        if not path.exists():
            say(f"$ {shown(command)}")
            half = path.with_suffix(".part.wav")
            subprocess.run([str(half) if word == "OUT" else str(word) for word in command], check=True, stdin=subprocess.DEVNULL)
            half.rename(path)
        return path

    def get(self, seconds):
        return self._make(f"view-{seconds}.wav", [self.soundscape, "--out", "OUT", "--rate", RATE, "--seconds", seconds,
                                                  "--seed", seconds])

    def get_day(self):
        hour = self.get(3600)
        name = "view-day.wav"
        if not (self.folder / name).exists() and shutil.disk_usage(self.folder).free < 20e9:
            raise ValueError("there are less than 20 GB free on the disk")
        return self._make(name, ["ffmpeg", "-v", "error", "-y", "-stream_loop", DAY - 1, "-i", hour, "-c", "copy", "-rf64",
                                 "always", "OUT"])


def measure_files(programs, recordings):
    """The exact spectrogram of a whole file to pixels."""
    say(f"\nWhole file to a picture of 1600x513, decode included, whole process, median of {ROUNDS}; {load()}")
    goals = {"5 minutes": 4, "1 hour": 7}
    for name, seconds in SIZES.items():
        path = recordings.get(seconds)
        warm(path)
        picture = recordings.folder / "picture"
        chorus = programs / "bench-view-file"
        cases = {
            "Chorus, pixels": ([chorus, path, f"{picture}.ppm"], "of this build"),
            "Chorus, PNG": ([chorus, path, f"{picture}.png"], "of this build"),
            "sox, PNG": (["sox", path, "-n", "spectrogram", "-x", "1600", "-y", "513", "-o", f"{picture}-sox.png"],
                         version("sox", "--version")),
            "ffmpeg, pixels": (["ffmpeg", "-v", "error", "-y", "-i", path, "-lavfi",
                                "showspectrumpic=s=1600x512:legend=disabled", "-frames:v", "1", f"{picture}-ffmpeg.ppm"],
                               version("ffmpeg", "-version")),
        }
        results = {case: [] for case in cases}
        for _ in range(ROUNDS):
            for case, (command, _version) in cases.items():
                try:
                    results[case].append(run(programs, command))
                except (OSError, ValueError) as error:
                    say(f"  {case} is left out: {error}")
        say(f"\n{name}")
        median = {}
        for case, (command, version_line) in cases.items():
            if not results[case]:
                continue
            median[case] = statistics.median(result[0] for result in results[case])
            say(f"  $ {shown(command)}\n    {case}: {median[case]:.3f} s, {statistics.median(r[1] for r in results[case]):.2f} s of"
                f" processor, peak {max(r[2] for r in results[case]):.0f} MB resident ({version_line})")
        others = [seconds for case, seconds in median.items() if not case.startswith("Chorus")]
        if others:
            ratio = min(others) / median["Chorus, pixels"]
            say(f"  {ratio:.1f} times faster than the faster of them (goal {goals[name]}): {verdict(ratio >= goals[name])};"
                f" with a PNG written by one thread {min(others) / median['Chorus, PNG']:.1f} times")
        measure_ratio(chorus, path)


def measure_ratio(chorus, path):
    output = subprocess.run([chorus, "--ratio", path], capture_output=True, text=True, check=True).stdout
    ours, estimated, planned = map(float, output.split())
    reading = float(subprocess.run([chorus, "--limit", path], capture_output=True, text=True, check=True).stdout)
    say(f"  inside the process, the best of several rounds in turn: {ours:.4f} s; FFTW alone on so many frames in the processor's"
        f" cache {estimated:.4f} s (with a measured plan {planned:.4f} s), reading the file as well {reading:.4f} s")
    say(f"  {estimated / ours:.2f} of what FFTW alone does (goal 0.75): {verdict(estimated / ours >= 0.75)};"
        f" {reading / ours:.2f} of what it does reading the file")


class Screen:
    """A display with a window manager and nothing else, and the watcher of it."""

    def __init__(self, programs):
        self.programs = programs
        self.session = Session(1600, 900)

    def __enter__(self):
        before = dict(os.environ)
        self.session.__enter__()
        self.env = self.session.env
        os.environ.clear()
        os.environ.update(before)
        config = pathlib.Path(self.env["XDG_CONFIG_HOME"])
        (config / "sonic-visualiser").mkdir()
        found = re.search(r"\d+\.\d+(\.\d+)?", package_version("sonic-visualiser"))
        (config / "sonic-visualiser" / "Sonic Visualiser.conf").write_text(
            f"[Preferences]\nnetwork-permission-{found.group() if found else ''}=false\n", encoding="utf-8")
        return self

    def __exit__(self, *_):
        self.session.close()

    def _forget_audacity(self):
        """It would offer to recover what it was ended with."""
        for name in (pathlib.Path(self.env["HOME"]) / ".audacity-data", pathlib.Path(self.env["XDG_CONFIG_HOME"]) / "audacity"):
            shutil.rmtree(name, ignore_errors=True)
            (name / "temporary").mkdir(parents=True)
            (name / "audacity.cfg").write_text(AUDACITY.format(folder=name), encoding="utf-8")

    def watch(self, command, env=None, options=()):
        """Returns what the watcher saw after the start and after each key, as dictionaries."""
        if command[0] == "audacity":
            self._forget_audacity()
        words = [self.programs / "bench-view-watch", *options, "--", *command]
        result = subprocess.run([str(word) for word in words], env={**self.env, **(env or {})}, capture_output=True, text=True,
                                check=False, stdin=subprocess.DEVNULL)
        sights = []
        for line in result.stdout.splitlines():
            if line.startswith("first "):
                parts = line.replace(" unfinished", "").split()
                sights.append({parts[i]: float(parts[i + 1]) for i in range(0, len(parts), 2)})
                sights[-1]["unfinished"] = "unfinished" in line
        if result.returncode != 0 or not sights:
            raise ValueError(f"{pathlib.Path(str(command[0])).name} did not work: {result.stderr.strip()[-200:]}")
        return sights, result.stdout

    def find_plot(self, path):
        """Where the spectrogram of our window is on the display, found on a first run that also warms everything up."""
        process = subprocess.Popen([self.programs / "bench-view-window", path], env=self.env, stdout=subprocess.PIPE, text=True)
        place = None
        for line in process.stdout:
            if line.startswith("place ChorusSpectrogramView"):
                place = [int(word) for word in line.split()[2:]]
                break
        window = self.session.output("xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", ".").split()
        geometry = self.session.output("xdotool", "getwindowgeometry", "--shell", window[0]) if window else ""
        process.terminate()
        process.communicate()
        x, y = (int(re.search(rf"^{axis}=(-?\d+)", geometry, re.MULTILINE).group(1)) for axis in "XY")
        return place[0] + x, place[1] + y, place[2], place[3]


def measure_windows(screen, recordings):
    """From the start of the process to the complete spectrogram in a window."""
    programs = screen.programs
    say(f"\nProcess start to the complete spectrogram in a window, median of {ROUNDS}; {load()}")
    say("  Chorus is the viewer in a window of its own (bench-view-window), because the program opens no file straight in it.")
    say("  Spek averages calls away, Audacity skips frames, Sonic Visualiser needs the keys G and F to show the whole file.")
    goals = {"5 minutes": 1, "1 hour": 3}
    for name, seconds in SIZES.items():
        path = recordings.get(seconds)
        warm(path)
        cases = {
            "Chorus, cairo": ([programs / "bench-view-window", path], {"GSK_RENDERER": "cairo"}, (), "of this build"),
            "Chorus, gl": ([programs / "bench-view-window", path], {"GSK_RENDERER": "gl"}, (), "of this build"),
            "Spek": (["spek", path], {}, (), package_version("spek")),
            "Audacity": (["audacity", path], {}, (), package_version("audacity")),
            "Sonic Visualiser": (["sonic-visualiser", path], {}, ("--keys", "key g", "--keys", "key f"),
                                 package_version("sonic-visualiser")),
        }
        results = {case: [] for case in cases}
        for round_number in range(ROUNDS + 1):
            for case, (command, env, options, _version) in cases.items():
                if round_number == 0 and case != "Chorus, gl":
                    continue  # only the shaders of Mesa are compiled at a first start
                try:
                    sights, _ = screen.watch(command, env, ("--quiet", str(GAP), "--most", "60", *options))
                except (OSError, ValueError) as error:
                    say(f"  {case} is left out: {error}")
                    continue
                if round_number > 0:
                    results[case].append((sum(sight["last"] for sight in sights), sights[-1]["peak"] / 1024,
                                          any(sight["unfinished"] for sight in sights)))
        say(f"\n{name}")
        median = {}
        for case, (command, env, options, version_line) in cases.items():
            if not results[case]:
                continue
            median[case] = statistics.median(result[0] for result in results[case])
            late = ", and was not complete" if any(result[2] for result in results[case]) else ""
            keys = f", then {' and '.join(option for option in options if ' ' in option)}" if options else ""
            say(f"  $ {shown(command, env)}{keys}\n    {case}: {median[case]:.2f} s{late}, peak"
                f" {max(result[1] for result in results[case]):.0f} MB resident ({version_line})")
        others = [value for case, value in median.items() if not case.startswith("Chorus")]
        for case in ("Chorus, cairo", "Chorus, gl"):
            if others and case in median:
                ratio = min(others) / median[case]
                say(f"  {case}: {ratio:.1f} times faster than the fastest (goal {goals[name]}): {verdict(ratio >= goals[name])}")


def measure_day(screen, recordings):
    """A recording of 24 hours."""
    path = recordings.get_day()
    programs = screen.programs
    say(f"\n24 hours, {path.stat().st_size / 1e9:.1f} GB RF64, in the page cache as far as there is memory; {load()}")
    plot = screen.find_plot(recordings.get(300))
    limit = [programs / "bench-view-file", "--limit", path]
    command = [programs / "bench-view-window", path]
    env = {"GSK_RENDERER": "cairo"}
    options = ("--quiet", str(DAY_GAP), "--most", "120", "--region", ",".join(map(str, plot)))
    warm(path)
    limits, sights = [], []
    for _ in range(2):
        limits.append(float(subprocess.run([str(word) for word in limit], capture_output=True, text=True, check=True).stdout))
        sights.append(screen.watch(command, env, options)[0][0])
    best = min(limits)
    first = statistics.median(sight["begins"] for sight in sights)
    complete = min(sight["last"] for sight in sights)
    peak = max(sight["peak"] for sight in sights) / 1024
    say(f"  $ {shown(limit)}\n    FFTW alone, reading it: {', '.join(f'{value:.2f}' for value in limits)} s\n"
        f"  $ {shown(command, env)}\n    first columns {', '.join('%.2f' % sight['begins'] for sight in sights)} s, all columns"
        f" {', '.join('%.2f' % sight['all'] for sight in sights)} s, all exact"
        f" {', '.join('%.2f' % sight['last'] for sight in sights)} s after the start")
    say(f"  something true on the screen after {first:.2f} s (goal 0.5): {verdict(0 <= first <= 0.5)}")
    say(f"  all of it exact in {complete / best:.2f} of what FFTW alone takes (goal 1.5): {verdict(complete / best <= 1.5)}")
    say(f"  peak {peak:.0f} MB resident (goal 400): {verdict(peak < 400)}")


def read_steps(process):
    """Asks for the steps since the last time: two lines of figures."""
    process.send_signal(signal.SIGUSR1)
    lines = {}
    while len(lines) < 2:
        words = process.stdout.readline().split()
        if not words:
            raise ValueError("the window closed")
        if words[0] in ("frames", "others"):
            lines[words[0]] = [float(word) for word in words[1:]]
    return lines


def measure_frames(screen, recordings):
    """Every step of the main thread while an hour is scrolled and zoomed with real events."""
    path = recordings.get(3600)
    warm(path)
    x, y, width, height = screen.find_plot(path)
    say(f"\nSteps of the main thread, from one poll to the next, over one hour with 600 detections; {load()}")
    for case, words in WALK.items():
        say(f"  {case}: xdotool {words}")
    for renderer in ("cairo", "gl"):
        command = [screen.programs / "bench-view-window", "--steps", path]
        env = {"GSK_RENDERER": renderer}
        if renderer == "gl":
            walk(screen, command, env, x + width // 2, y + height // 2)  # Mesa keeps its shaders on the disk
        steps = walk(screen, command, env, x + width // 2, y + height // 2)
        say(f"\n  $ {shown(command, env)}; {load()}")
        for case, (frames, others) in steps.items():
            n, p50, p99, most, over, far_over, processor, update, layout, paint = frames
            say(f"    {case}: {n:.0f} frames, p50 {p50:.1f} ms, p99 {p99:.1f} ms (goal 16: {verdict(p99 <= 16)}), longest"
                f" {most:.1f} ms (goal 50: {verdict(most <= 50)}); {over:.0f} over 16 ms, {far_over:.0f} over 50 ms;"
                f" p99 of its processor time {processor:.1f} ms")
            say(f"      on average {update:.1f} ms to update, {layout:.1f} ms to lay out, {paint:.1f} ms to paint;"
                f" {others[0]:.0f} steps without a frame, p99 {others[2]:.1f} ms, longest {others[3]:.1f} ms")


def walk(screen, command, env, x, y):
    """Returns the steps of each part of the walk: those with a frame, and those without."""
    steps = {}
    process = subprocess.Popen([str(word) for word in command], env={**screen.env, **env}, stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout:
            if line.startswith("place ChorusSpectrogramView"):
                break
        time.sleep(1.0)
        subprocess.run(["xdotool", "mousemove", str(x), str(y)], env=screen.env, check=True)
        time.sleep(0.5)
        read_steps(process)
        for case, words in WALK.items():
            subprocess.run(["xdotool", *words.split()], env=screen.env, check=True)
            lines = read_steps(process)
            steps[case] = lines["frames"], lines["others"]
    finally:
        process.terminate()
        process.communicate()
    return steps


def attempt(what, function, *arguments):
    try:
        function(*arguments)
    except (OSError, ValueError, AttributeError, subprocess.SubprocessError) as error:
        say(f"{what} could not be measured: {error}.")


def main():
    programs, soundscape, folder = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    parts = sys.argv[4:] or ["files", "windows", "day", "frames"]
    recordings = Recordings(folder, soundscape)
    if "files" in parts:
        attempt("The spectrogram of a file", measure_files, programs, recordings)
    if not set(parts) & {"windows", "day", "frames"}:
        return
    if not (programs / "bench-view-watch").exists():
        say("Windows are left out: the watcher needs the headers of libX11, libXext and libXdamage.")
        return
    with Screen(programs) as screen:
        for part, function in (("windows", measure_windows), ("day", measure_day), ("frames", measure_frames)):
            if part in parts:
                attempt(part.capitalize(), function, screen, recordings)


if __name__ == "__main__":
    main()
