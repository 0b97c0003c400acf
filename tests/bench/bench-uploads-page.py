#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How smooth the window stays with a memory card of many thousand recordings on its way.

Writes the card, opens it with the installed program in a virtual display, and asks the program's main loop for an answer
every few milliseconds while it looks for recordings, checks them, and sends them. Needs the packages of `./dev tour`.
"""

import argparse
import pathlib
import sqlite3
import statistics
import struct
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "display"))

from session import Session  # noqa: E402


def make_card(folder, n_files):
    """Recordings of 0.1 s, one a minute, each with a sound of its own, 500 in a folder, ten folders in a folder."""
    card = pathlib.Path(folder) / "Card"
    data = bytearray(2 * 800)
    for number in range(n_files):
        night = card / f"{number // 5000:02d}" / f"{number // 500 % 10:02d}"
        if number % 500 == 0:
            night.mkdir(parents=True, exist_ok=True)
        struct.pack_into("<ih", data, 0, number, 1000)
        header = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack(
            "<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16) + b"data" + struct.pack("<I", len(data))
        clock = time.strftime("%Y%m%d_%H%M%S", time.gmtime(1748736000 + 60 * number))
        (night / f"{clock}.wav").write_bytes(header + data)
    return card


class Sampler:
    """Asks the main loop again and again; the answer takes as long as whatever else it is doing."""

    def __init__(self, name):
        from gi.repository import Gio, GLib
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.name = name
        self.path = "/" + name.replace(".", "/")
        self.glib = GLib
        self.samples = []
        self.running = False

    def ask(self):
        begin = time.monotonic()
        self.bus.call_sync(self.name, self.path, "org.gtk.Actions", "List", None, None, 0, 60000, None)
        return time.monotonic() - begin

    def _run(self):
        while self.running:
            self.samples.append(self.ask())
            time.sleep(0.004)

    def __enter__(self):
        self.samples = []
        self.running = True
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        self.begin = time.monotonic()
        return self

    def __exit__(self, *_):
        self.running = False
        self.thread.join()
        self.seconds = time.monotonic() - self.begin

    def report(self, what, memory):
        values = sorted(1000 * value for value in self.samples)

        def quantile(part):
            return values[min(len(values) - 1, int(part * len(values)))]

        over = sum(1 for value in values if value > 50)
        print(f"{what:34} {self.seconds:6.1f} s  median {statistics.median(values):5.1f}  p99 {quantile(.99):6.1f}  "
              f"max {values[-1]:6.1f} ms  over 50 ms: {over} of {len(values)}  resident {memory} MB", flush=True)


class Bench:
    def __init__(self, session, options):
        self.session = session
        self.options = options
        self.prefix = pathlib.Path(options.prefix)

    def environment(self):
        share = self.prefix / "share"
        return {
            "XDG_DATA_DIRS": f"{share}:/usr/local/share:/usr/share",
            "GSETTINGS_SCHEMA_DIR": str(share / "glib-2.0" / "schemas"),
            "GSK_RENDERER": "cairo",
        }

    def prepare(self):
        """Makes a profile and a deployment as a person does."""
        from driver import Driver
        driver = Driver(self.session, "Chorus", self.session.folder / "pictures")
        driver.launch([str(self.prefix / "bin" / "chorus")], self.environment())
        driver.click(driver.button("Work on This Computer"))
        driver.click(driver.find(role="push button", contains="Create a Deployment"))
        driver.click(driver.button("Create"))
        driver.wait_text("No Recordings Yet")
        driver.key("ctrl+q")
        driver.end()

    def count(self):
        path = next(pathlib.Path(self.session.env["XDG_DATA_HOME"]).glob("*/chorus.db"))
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5) as database:
            return dict(database.execute("SELECT state, count(*) FROM uploads GROUP BY state"))

    def wait(self, condition, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            counts = self.count()
            if condition(counts):
                return
            time.sleep(0.5)

    def memory(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1]) // 1000

    def run(self):
        n_files = self.options.files
        card = make_card(self.session.folder, n_files)
        self.prepare()

        # Without a screen reader, as most people start it.
        env = dict(self.session.env, GTK_A11Y="none", **self.environment())
        self.process = subprocess.Popen([str(self.prefix / "bin" / "chorus")], env=env,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(3)
        window = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "--name", "."],
                                env=self.session.env, capture_output=True, text=True, check=True).stdout.split()[0]

        def xdotool(*words):
            subprocess.run(["xdotool", *map(str, words)], env=self.session.env, check=True)

        def picture(name):
            if self.options.pictures:
                pathlib.Path(self.options.pictures).mkdir(parents=True, exist_ok=True)
                subprocess.run(["import", "-window", window, str(pathlib.Path(self.options.pictures) / f"{name}.png")],
                               env=self.session.env, check=True)

        xdotool("windowmove", "--sync", window, 0, 0, "windowsize", window, 1280, 800)
        sampler = Sampler(self.options.id)
        with sampler:
            time.sleep(5)
        sampler.report("nothing to do", self.memory())

        subprocess.run([str(self.prefix / "bin" / "chorus"), str(card)], env=env, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with sampler:
            self.wait(lambda counts: sum(counts.values()) >= n_files, 300)
            picture("found")
        sampler.report("looking for recordings", self.memory())

        with sampler:
            self.wait(lambda counts: counts.get("ready", 0) >= n_files, self.options.seconds)
            picture("checking")
        sampler.report(f"checking ({self.count().get('ready', 0)} checked)", self.memory())

        with sampler:
            xdotool("mousemove", 760, 600)
            for _ in range(30):
                xdotool("click", "--repeat", 10, "--delay", 20, 5)
            xdotool("click", "--repeat", 40, "--delay", 20, 4)
        sampler.report("the same, scrolling", self.memory())

        # The button of the card that asks for the go-ahead, before all of them have been checked.
        with sampler:
            xdotool("mousemove", 1003, 174, "click", 1)
            time.sleep(self.options.seconds)
            picture("sending")
        sampler.report(f"sending ({self.count().get('sent', 0)} sent)", self.memory())

        self.process.terminate()
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefix", required=True, help="where Chorus is installed")
    parser.add_argument("--id", default="com.darukaa.Chorus.Devel", help="the application's ID")
    parser.add_argument("--files", type=int, default=50000, help="how many recordings")
    parser.add_argument("--seconds", type=int, default=30, help="how long each part is measured at most")
    parser.add_argument("--pictures", help="a folder that receives pictures")
    options = parser.parse_args()
    with Session() as session:
        Bench(session, options).run()


if __name__ == "__main__":
    main()
