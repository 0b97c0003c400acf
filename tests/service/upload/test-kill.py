#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program and the service in turn, at instants by chance, while recordings are uploaded. In the end every
recording is stored once, and both stores are whole.

    test-kill.py STATION RUNNER [--kills N] [--seed SEED] [--files N] [--bytes N] [--regardless]
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "station"))
os.environ.setdefault("LSAN_OPTIONS", f"suppressions={HERE.parents[1]}/support/lsan.supp:print_suppressions=0")

from station import BOUND, Station, check_store, environment, run, wait  # noqa: E402

# Of 200 kills and more, each round takes so many and begins with recordings of its own.
KILLS_OF_A_ROUND = 20

# Nobody presses "retry" more often than this, in seconds.
PATIENCE = 5


def make_recordings(folder, count, size, chance):
    """Noise: each of its own; where the queue can tell them apart, every other one of the size that recorders make."""
    folder.mkdir()
    made = {}
    for number in range(count):
        frames = size // 2 + (0 if number % 2 == 0 else 40 * number)
        samples = chance.randbytes(2 * frames)
        head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, 48000, 96000, 2, 16, b"data",
                           len(samples))
        name = f"20250604_{number // 60:02}{number % 60:02}00.WAV"
        (folder / name).write_bytes(head + samples)
        made[hashlib.sha256(head + samples).hexdigest()] = name
    assert len(made) == count
    return made


class Runner:
    """The program. It goes on where it was killed."""

    def __init__(self, executable, folder, station, deployment):
        self.command = [executable, "--store", str(folder / "store.db"), "--profile", "here", "--token-file", str(station.folder / "token"),
                        "--deployment", deployment, "--add", str(folder / "card")]
        self.store = folder / "store.db"
        self.start(station)

    def start(self, station):
        self.process = subprocess.Popen([*self.command, "--url", station.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=environment())

    def tell(self, station):
        try:
            self.process.stdin.write(station.url + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # It has just ended.

    def is_over(self, seconds):
        try:
            self.process.wait(seconds)
            return True
        except subprocess.TimeoutExpired:
            return False

    def kill(self):
        """Returns what was under way, by a copy of the store: opening the store itself would tidy it up."""
        self.process.kill()
        self.process.communicate()
        if not self.store.exists():
            return []
        with tempfile.TemporaryDirectory() as scratch:
            for path in self.store.parent.glob("store.db*"):
                if not path.name.endswith("-shm"):
                    shutil.copy(path, scratch)
            db = sqlite3.connect(pathlib.Path(scratch) / "store.db")
            try:
                return [name for name, in db.execute("SELECT name FROM recordings WHERE upload_state = 'sending'")]
            except sqlite3.OperationalError as error:
                assert "no such table" in str(error), error
                return []
            finally:
                db.close()

    def report(self):
        lines = self.process.stdout.read().splitlines()
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.returncode == 0 and lines, f"the program ended with {self.process.returncode}: {lines}"
        return json.loads(lines[-1])


def clock():
    return time.strftime("%H:%M:%S", time.gmtime()) + f"{time.time() % 1:.3f}"[1:]


def explain(folder, content, doubled, recordings, history):
    """When what was stored twice arrived, among the kills."""
    for stem, sha256 in content.items():
        if recordings[sha256] in doubled:
            path, = (folder / "station" / "files").glob(stem + ".*")
            at = path.stat().st_mtime
            history.append(time.strftime("%H:%M:%S", time.gmtime(at)) + f"{at % 1:.3f}"[1:] + f" stored {recordings[sha256]} as {stem}")
    return "\n".join(sorted(history))


def check(folder, station, deployment, recordings, report, history):
    """Everything is where it belongs, once, by both stores and by the files themselves."""
    listed = [file["file_id"] for file in station.files(deployment)]
    assert station.stop() == 0
    assert check_store(folder / "station") == len(listed) == len(set(listed))
    content = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "station" / "files").iterdir()}
    assert set(content) == set(listed)
    stored = list(content.values())
    lost = sorted(name for sha256, name in recordings.items() if sha256 not in stored)
    doubled = sorted(name for sha256, name in recordings.items() if stored.count(sha256) > 1)
    assert not lost and not doubled and len(stored) == len(recordings), \
        f"{len(stored)} stored, lost: {lost}, doubled: {doubled}; the program says {report}\n" \
        + explain(folder, content, doubled, recordings, history)
    assert report["error"] is None and report["states"].get("sent") == report["total"] - report["states"].get("refused", 0), report

    db = sqlite3.connect(folder / "store.db")
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = db.execute("SELECT name, sha256, file_id FROM recordings WHERE upload_state = 'sent'").fetchall()
    finally:
        db.close()
    assert sorted(name for name, _, _ in rows) == sorted(recordings.values()), rows
    for name, sha256, file_id in rows:
        assert recordings[sha256] == name and (file_id is None or content[file_id] == sha256), (name, file_id)


def upload(folder, runner_path, chance, kills, count, size, spans=None):
    """One round. SPANS are the seconds until the first request and until the end, as they are without kills."""
    recordings = make_recordings(folder / "card", count, size, chance)
    station = Station(folder / "station")
    runner = None
    done = {"program": 0, "station": 0, "under way": 0}
    history = []
    try:
        _, _, deployment = station.make_deployment()
        runner = Runner(runner_path, folder, station, deployment)
        began = time.monotonic()
        first = None
        while sum(list(done.values())[:2]) < kills:
            # The start is repeated after each kill of the program, the rest is shared by all.
            if runner.is_over(chance.uniform(0, 2 * (spans[0] / 2 + (spans[1] - spans[0]) / kills))):
                break
            if done["program"] <= done["station"]:
                at = clock()
                sending = runner.kill()
                history.append(f"{at} killed the program, sending {sending}")
                done["under way"] += len(sending) > 0
                done["program"] += 1
                runner.start(station)
            else:
                at = clock()
                station.kill()
                incoming = len(list((folder / "station" / "incoming").iterdir()))
                history.append(f"{at} killed the station, receiving {incoming} files")
                done["under way"] += incoming > 0
                done["station"] += 1
                station = Station(folder / "station")
                runner.tell(station)
        end = time.monotonic() + BOUND
        while not runner.is_over(0.02 if first is None and not kills else PATIENCE):
            if kills:
                history.append(f"{clock()} told the program again where the station is")
                runner.tell(station)
            elif first is None and any((folder / "station" / "incoming").iterdir()):
                first = time.monotonic() - began
            assert time.monotonic() < end, "the upload does not end"
        took = time.monotonic() - began
        check(folder, station, deployment, recordings, runner.report(), history)
    finally:
        if station.process.poll() is None:
            station.kill()
        if runner and runner.process.poll() is None:
            runner.process.kill()
            runner.process.communicate()
    return done, (first or took / 2, took)


def upload_and_kill(folder, options, seed):
    """Returns what was killed, in as many rounds as it takes."""
    chance = random.Random(seed)
    done = {"program": 0, "station": 0, "under way": 0}
    (folder / "whole").mkdir()
    _, spans = upload(folder / "whole", options.runner, chance, 0, options.files, options.bytes)
    shutil.rmtree(folder / "whole")
    print(f"# seed {seed}; without kills the first request begins after {spans[0]:.2f} s and all ends after {spans[1]:.2f} s", flush=True)
    number = 0
    while done["program"] + done["station"] < options.kills:
        number += 1
        assert number <= 10 + options.kills, "the kills come too late"
        place = folder / str(number)
        place.mkdir()
        left = options.kills - done["program"] - done["station"]
        killed, _ = upload(place, options.runner, chance, min(left, KILLS_OF_A_ROUND), options.files, options.bytes, spans)
        for key, value in killed.items():
            done[key] += value
        print(f"# round {number}: {killed}; {options.files} stored, 0 lost, 0 doubled, both stores whole", flush=True)
        shutil.rmtree(place)
    print(f"# seed {seed}: {done['program']} kills of the program and {done['station']} of the station, {done['under way']} with a request "
          f"under way; {number} x {options.files} recordings stored, 0 lost, 0 doubled", flush=True)
    return done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("station")
    parser.add_argument("runner")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--bytes", type=int, default=200_000)
    options = parser.parse_args()

    def killed_at_any_instant(folder):
        done = upload_and_kill(folder, options, options.seed)
        # Kills that all miss would prove nothing.
        assert done["under way"] >= options.kills / 4, done

    run(killed_at_any_instant)


main()
