#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program as a person would, from the first start to finding everything again after a restart.

Every step is asserted, and pictures of what the window shows are left in a folder. Speaks TAP.
"""

import argparse
import contextlib
import csv
import pathlib
import shutil
import struct
import subprocess
import sys
import time
import traceback
import wave

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import fixtures  # noqa: E402
from session import Session  # noqa: E402
from species import SpeciesSteps  # noqa: E402

# libadwaita 1.2 says this of its own widgets when a window closes.
KNOWN = ("gtk_widget_unparent: assertion 'GTK_IS_WIDGET (widget)' failed",)

# Recordings of the card that go out, and files that do not: no audio, empty, silent, and one of the two copies.
GOOD = 8
REFUSED = 4


class Tour(SpeciesSteps):
    def __init__(self, session, driver, options):
        self.session = session
        self.driver = driver
        self.prefix = pathlib.Path(options.prefix)
        self.options = options
        self.card = fixtures.make_memory_card(session.folder, self.prefix / "share" / "chorus" / "samples")

    # Helpers

    def launch(self, *arguments):
        share = self.prefix / "share"
        env = {
            "XDG_DATA_DIRS": f"{share}:/usr/local/share:/usr/share",
            "GSETTINGS_SCHEMA_DIR": str(share / "glib-2.0" / "schemas"),
            "GSK_RENDERER": "cairo",
            "CHORUS_AUDIO_SINK": "pulsesink device=speaker",
        }
        # GStreamer looks through its plugins once; their leaks are not ours.
        self.session.output("gst-inspect-1.0", "--exists", "pulsesink")
        if self.options.preload:
            env["LD_PRELOAD"] = self.options.preload
        self.driver.launch([str(self.prefix / "bin" / "chorus"), *map(str, arguments)], env)
        for name in env:
            if name == "LD_PRELOAD":
                del self.session.env[name]  # for Chorus alone, not for the tools that drive it

    def setting(self, key, value):
        """Sets a setting and sees that it stays: the program may write its own at the same moment."""
        for _ in range(5):
            subprocess.run(["gsettings", "set", self.options.id, key, value], env=self.session.env, check=True)
            time.sleep(0.5)
            if self.value(key).strip("'") == value.strip("'"):
                return
        raise AssertionError(f"{key} does not stay {value}")

    def value(self, key):
        return self.session.output("gsettings", "get", self.options.id, key).strip()

    def dark(self, on):
        self.setting("color-scheme", "dark" if on else "light")

    def four_pictures(self, name):
        """Light and dark, 1280x800 and 900x600."""
        driver = self.driver
        for dark in (False, True):
            self.dark(dark)
            for width, height in ((1280, 800), (900, 600)):
                driver.place(width, height)
                driver.picture(f"{name}-{'dark' if dark else 'light'}-{width}x{height}")
        self.dark(False)
        driver.place(1280, 800)

    def two_pictures(self, name):
        """Light and dark."""
        for dark in (False, True):
            self.dark(dark)
            self.driver.picture(f"{name}-{'dark' if dark else 'light'}")
        self.dark(False)

    def show(self, page):
        self.driver.key({"Recordings": "alt+1", "Species": "alt+2", "Uploads": "alt+3"}[page])
        time.sleep(0.3)

    # Steps

    def first_start(self):
        """The first start offers both ways"""
        # So slow that uploads are still going on when pictures are taken of them. Before the program runs, because who
        # writes settings at the same time as another may undo what that other wrote.
        self.session.env["GSETTINGS_SCHEMA_DIR"] = str(self.prefix / "share" / "glib-2.0" / "schemas")
        self.setting("bandwidth", "10")
        self.setting("limit-bandwidth", "true")
        self.launch()
        self.driver.button("Connect to Darukaa")
        self.driver.button("Work on This Computer")
        self.four_pictures("first-start")

    def sign_in_dialog(self):
        """The dialog to connect says what it needs, and a refused connection is a sentence"""
        driver = self.driver
        driver.click(driver.button("Connect to Darukaa"))
        driver.find(contains="Sign In With")
        driver.picture("connect", 1280, 800)
        driver.key("Escape")
        driver.wait_gone("Sign In With")

    def work_on_this_computer(self):
        """Working on this computer needs no typing"""
        driver = self.driver
        driver.click(driver.button("Work on This Computer"))
        driver.wait_text("No Deployment Selected")
        self.four_pictures("no-deployment")

    def make_deployment(self):
        """A project, a site and a deployment are made in place"""
        driver = self.driver
        driver.click(driver.find(role="push button", contains="Create a Deployment"))
        driver.picture("new-deployment")
        driver.click(driver.button("Create"))
        driver.wait_text("No Recordings Yet")
        self.four_pictures("no-recordings")

    def drop_folder(self):
        """A dropped folder is checked, and nothing is sent before a person has seen what was found"""
        driver = self.driver

        def overlay():
            driver.wait_text("Drop to add to")
            driver.picture("drop", park=False)

        driver.drag_files([self.card], (760, 420), before_drop=overlay)
        driver.button(f"Upload {GOOD} Recordings")
        driver.wait_text(f"{GOOD} recordings, ")
        driver.wait_text(f" in {GOOD + 1} parts, ")
        driver.wait_text(f"{REFUSED} will not be sent: ")
        for text in ("is not audio", "is empty", "is silent", "is the same as another", "1 cut off",
                     "will be sent as 2 parts", "FLAC: will be sent as WAV"):
            driver.wait_text(text)
        self.four_pictures("review")

    def send(self):
        """The go-ahead is one button; pausing holds everything, and a file that has gone is found again"""
        driver = self.driver
        moved = self.session.folder / "Card again"
        moved.mkdir()
        flac = self.card / "20250604" / "20250606_203000.flac"
        shutil.move(flac, moved)

        driver.click_for(f"Upload {GOOD} Recordings", "Uploading ")
        driver.wait_text("2 parts")
        driver.wait_text(" left")
        self.four_pictures("sending")
        driver.button("Pause Uploading")
        driver.key("ctrl+shift+p")
        driver.wait_text("Paused: ")
        driver.picture("paused")
        self.setting("limit-bandwidth", "false")
        driver.click(driver.button("Resume Uploading"))

        driver.wait_text(f"{GOOD - 1} sent, {REFUSED + 1} not sent")
        self.four_pictures("problems")
        driver.click(driver.find(role="push button", contains="Choose Folder"))
        driver.find(contains="Folder with the Missing Recordings")
        time.sleep(0.5)
        driver.type(f"{moved}/")
        driver.key("Return")
        driver.wait_dialog_gone("Folder with the Missing Recordings")

    def uploaded(self):
        """Every recording reaches the station"""
        driver = self.driver
        driver.wait_text(f"{GOOD} sent, {REFUSED} not sent")
        driver.click(driver.button(f"Show {GOOD} sent"))
        driver.button(f"Hide {GOOD} sent")
        self.two_pictures("sent")
        driver.click(driver.button("Clear"))
        driver.wait_text("No Uploads")
        driver.picture("no-uploads")
        self.show("Recordings")
        self.wait_status("To analyze", GOOD)
        self.four_pictures("uploaded")

    def wait_status(self, text, count):
        def enough():
            found = {node.get_parent().path if hasattr(node.get_parent(), "path") else id(node)
                     for node in self.driver.nodes(role="label", contains=text)}
            return len(found) >= count

        from driver import wait
        wait(f"{count} rows with {text!r}", enough, 120)

    def analyze(self):
        """Results arrive by themselves"""
        driver = self.driver
        driver.click(driver.button("Analyze All"))
        driver.picture("analyzing")
        self.wait_status("detection", GOOD - 1)
        self.four_pictures("analyzed")

    def open_recording(self):
        """A recording opens with its waveform, spectrogram and detections"""
        driver = self.driver
        driver.click(driver.find(role="label", name="20250604_050000.WAV"), times=2)
        driver.find(contains="Spectrogram")
        driver.button("Play")
        driver.wait_text("reviewed")
        self.four_pictures("recording")

    def view_settings(self):
        """How a recording is drawn is chosen with keys, seen at once, and remembered"""
        from driver import wait
        driver = self.driver
        driver.click_for("View Settings", "Frequency scale")
        self.four_pictures("view-settings")
        driver.place(1280, 800)
        for mnemonic, key, value, last in (("alt+s", "frequency-scale", "logarithmic", "Mel"),
                                           ("alt+s", "frequency-scale", "mel", "Mel"),
                                           ("alt+p", "view-preset", "birds", "Whales")):
            driver.key(mnemonic)  # opens the list, at what is chosen
            driver.find(role="label", name=last)
            time.sleep(0.5)
            driver.key("Down", "Return")
            wait(f"{value} to be kept", lambda: self.value(key) == f"'{value}'")
            driver.key("Escape")
            driver.picture(f"view-{value}")
            driver.click_for("View Settings", "Frequency scale")
        driver.key("Escape")
        assert self.value("frequency-scale") == "'linear'", "the preset for birds has a linear scale"
        before = self.value("color-map")
        for color_map in ("viridis", "magma", "inferno", "cividis", "gray", "gray-inverted"):
            self.setting("color-map", color_map)
            driver.picture(f"color-map-{color_map}")
        self.setting("color-map", before)

    def measure(self):
        """A selection drawn with the pointer is measured, and playback has its settings"""
        from driver import wait
        driver = self.driver
        plot = driver.find(name="Spectrogram")
        driver.drag(plot, (0.3, 0.4), (0.5, 0.7))
        wait("the measurements to be told to a screen reader",
             lambda: "selected from " in plot.get_description() and "90\u202f% bandwidth: " in plot.get_description())
        driver.click_for("Measurements of the Selection", "90\u202f% bandwidth")
        driver.wait_text("\u202fdBFS")
        self.two_pictures("measurements")
        driver.press(driver.find(role="push button", contains="Copy as Raven Table"))
        driver.wait_gone("90\u202f% bandwidth")

        # The handle of the selection holds what is selected, for any program that takes files.
        paths = driver.drag_out(driver.find(name="Drag the Selection to Another Application"))
        assert len(paths) == 1, paths
        with wave.open(paths[0]) as clip:
            seconds = clip.getnframes() / clip.getframerate()
            assert clip.getframerate() == 32000 and 4 < seconds < 6, (clip.getparams(), seconds)
        driver.place(1280, 800)
        driver.click_for("Playback Settings", "Only the selected band")
        self.two_pictures("playback-settings")
        # The popover has to be gone before the window gets keys again.
        driver.key("Escape")
        driver.wait_gone("Only the selected band")
        time.sleep(0.5)
        driver.key("Escape")

    def listen(self, act):
        """What the sound card was given while ACT ran, as the number of samples that are not silence."""
        captured = self.session.folder / "heard.raw"
        with open(captured, "wb") as out:
            ear = subprocess.Popen(["parec", "-d", "speaker.monitor", "--raw", "--rate=48000", "--channels=2",
                                    "--format=s16le", "--latency-msec=50"], env=self.session.env, stdout=out)
            try:
                time.sleep(0.5)
                act()
            finally:
                ear.terminate()
                ear.wait()
        data = captured.read_bytes()
        samples = struct.unpack(f"<{len(data) // 2}h", data[:len(data) // 2 * 2])
        return sum(1 for sample in samples if abs(sample) > 50)

    def play(self):
        """Space plays the selected detection, the button plays on, and the position moves with the sound"""
        driver = self.driver

        def play_detection():
            driver.key("space")
            time.sleep(2)

        heard = self.listen(play_detection)
        assert heard > 12000, f"only {heard} samples of the detection were heard"

        def play_on():
            driver.click(driver.button("Play"))
            driver.button("Pause")
            time.sleep(1)
            driver.picture("playing")
            driver.key("space")
            driver.button("Play")

        heard = self.listen(play_on)
        assert heard > 24000, f"only {heard} samples were heard"

    def save(self):
        """A clip is saved with the recording's own samples, and a figure as it is shown"""
        driver = self.driver
        clip, figure = self.session.folder / "clip.wav", self.session.folder / "figure.png"
        driver.key("ctrl+s")
        self.save_as("Save Clip", clip)
        with wave.open(str(clip)) as saved, wave.open(str(self.card / "20250604" / "20250604_050000.WAV")) as original:
            assert saved.getparams()[:3] == original.getparams()[:3], saved.getparams()
            assert 0 < saved.getnframes() < original.getnframes(), saved.getnframes()
            assert saved.readframes(saved.getnframes()) in original.readframes(original.getnframes())
        driver.picture("clip-saved")

        driver.key("ctrl+shift+s")
        driver.wait_text("Pixels per Inch")
        for dark in (False, True):
            self.dark(dark)
            driver.picture(f"figure-{'dark' if dark else 'light'}", 1280, 800)
        self.dark(False)
        driver.press(driver.button("Save…"))
        self.save_as("Save Figure As", figure)
        driver.wait_text("figure.png")
        size = self.session.output("identify", "-format", "%wx%h", str(figure))
        assert size == "2008x1063", size  # 170 mm by 90 mm at 300 dots per inch

    def save_as(self, title, path):
        """Answers the dialog TITLE with PATH, and waits for the file."""
        from driver import wait
        wait(title, lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
                                           capture_output=True, text=True, check=False).stdout.strip())
        time.sleep(0.5)
        self.driver.key("ctrl+a")
        self.driver.type(str(path))
        self.driver.key("Return")
        self.driver.wait_dialog_gone(title)
        wait(f"{path.name} to be saved", path.exists)

    def verdict(self):
        """A verdict is one key, and is seen when the store has it"""
        driver = self.driver
        driver.key("Right")
        driver.key("y")
        driver.wait_text("1 of")
        driver.key("n")
        driver.wait_text("2 of")
        driver.key("ctrl+z")
        driver.wait_text("1 of")
        self.two_pictures("reviewed")

    def activity(self):
        """When it was recorded is a picture that arrows lead through"""
        from driver import wait
        driver = self.driver
        driver.key("ctrl+d")
        view = driver.find(name="Activity by Day and Hour")
        driver.wait_text("Hours of the recorders")
        self.two_pictures("activity")
        for hour in range(1, 6):
            driver.key("Down")
            wait(f"hour {hour} of the first day", lambda: f"4 Jun 2025, {hour:02d}:00: " in view.get_description())
        driver.key("Escape")
        driver.wait_dialog_gone("Activity")

    def export(self):
        """Detections are handed on as a table, which is shown before it is written"""
        driver = self.driver
        driver.key("ctrl+e")
        driver.find(contains="Least confidence")
        driver.wait_text("Begin Time (s)" if "raven" in self.value("export-format") else "Preview")
        self.two_pictures("export")
        driver.click(driver.button("Export…"))
        driver.find(contains="Export To")
        time.sleep(0.5)
        table = self.session.folder / "Detections.csv"
        driver.key("ctrl+a")
        driver.type(str(table))
        driver.key("Return")
        driver.wait_text("Exported ")
        driver.picture("exported")
        with open(table, newline="", encoding="utf-8-sig") as rows:
            rows = list(csv.DictReader(rows))
        assert rows and any("confirmed" in row.values() for row in rows), "no confirmed detection was exported"
        driver.key("Escape")
        driver.wait_dialog_gone("Export Detections")

    def import_table(self):
        """Detections made elsewhere are looked at first, and what belongs to no recording is said"""
        driver = self.driver
        table = self.session.folder / "elsewhere.csv"
        table.write_text("Start (s),End (s),Scientific name,Common name,Confidence,File\n"
                         "30,33,Strix ocellata,Mottled Wood Owl,0.81,/card/20250606_050000.WAV\n"
                         "0,3,Strix ocellata,Mottled Wood Owl,0.66,/card/20250699_050000.WAV\n", encoding="utf-8")
        driver.key("ctrl+i")
        driver.find(contains="Table of Detections")
        time.sleep(0.5)
        driver.type(str(table))
        driver.key("Return")
        driver.wait_text("1 of them belongs to 1 recording.")
        self.two_pictures("import")
        driver.click_for("Import", "Imported 1 detection.")
        driver.key("Escape")
        driver.wait_dialog_gone("Import Detections")

    def channels(self):
        """A recording of eight channels shows its mix, or each by itself above one another"""
        driver = self.driver
        driver.key("Escape", "Escape")
        assert not driver.has(name="Channels"), "there is nothing to choose of one channel"
        driver.click(driver.find(role="label", name="20250605_070000.WAV"), times=2)
        driver.wait_text("No detections in this recording")
        time.sleep(0.5)
        self.choose_channels("All Channels", "End")
        for number in range(1, 9):
            driver.find(name=f"Spectrogram, Channel {number}", showing=False)
        self.four_pictures("channels")
        self.choose_channels("Channel 2", "Home", "Down", "Down")
        driver.wait_gone("Spectrogram, Channel 2")
        driver.picture("channel-2")
        driver.key("Escape", "Escape")
        driver.click(driver.find(role="label", name="20250604_050000.WAV"), times=2)
        driver.wait_text("1 of")

    def choose_channels(self, name, *keys):
        driver = self.driver
        driver.click(driver.find(name="Channels"))
        driver.find(role="label", name=name)
        time.sleep(0.3)
        driver.key(*keys, "Return")

    def other_windows(self):
        """Preferences, shortcuts and about"""
        driver = self.driver
        driver.key("ctrl+comma")
        driver.wait_text("Your Name")
        driver.picture("preferences", 1280, 800)
        driver.press([node for node in driver.nodes(role=("page tab", "radio button", "toggle button"), name="Uploads")][-1])
        driver.wait_text("Ask Before Uploading")
        driver.picture("preferences-uploads", 1280, 800)
        driver.key("Escape")
        time.sleep(0.4)
        driver.key("ctrl+question")
        driver.wait_text("Zoom In and Out of Frequencies")
        driver.picture("shortcuts", 1280, 800)
        driver.key("Escape")
        time.sleep(0.4)

    def end_cleanly(self, quit=True):
        """Quits; nothing may have gone wrong that a log would tell."""
        if quit:
            self.driver.key("ctrl+q")
        code = self.driver.end()
        assert code == 0, f"the program ended with {code}:\n{self.driver.log()}"
        wrong = [line for line in self.driver.log().splitlines()
                 if ("-CRITICAL" in line or "Chorus-WARNING" in line) and not any(text in line for text in KNOWN)]
        assert not wrong, "\n".join(wrong)

    def quit(self):
        """Quitting stops the station too, and leaves nothing behind"""
        self.end_cleanly()
        left = subprocess.run(["pgrep", "-f", str(self.prefix / "libexec" / "chorus-station")], capture_output=True,
                              text=True, check=False).stdout
        assert not left, "a station is still running"

    def start_again(self):
        """After a restart everything is still there"""
        driver = self.driver
        self.setting("limit-bandwidth", "true")
        self.launch()
        self.wait_status("detection", GOOD - 1)
        driver.click(driver.find(role="label", name="20250604_050000.WAV"), times=2)
        driver.wait_text("1 of")
        self.four_pictures("again")

    def close_while_uploading(self):
        """Closing the window on unfinished uploads asks, and they go on without it"""
        driver = self.driver
        self.session.start("dbus-monitor", "interface='org.freedesktop.Notifications'", log="notifications.log")
        driver.place(1280, 800)
        driver.drag_files([fixtures.make_night(self.session.folder)], (760, 420))
        driver.button("Upload 1 Recording")
        driver.place(1280, 800)
        driver.click_for("Upload 1 Recording", "Uploading ")
        driver.key("ctrl+q")
        driver.wait_text("Keep Uploading?")
        time.sleep(0.4)
        self.two_pictures("keep-uploading")
        driver.press(driver.find(role="push button", contains="Keep Uploading in the Background"))
        driver.wait_window_gone()
        self.setting("limit-bandwidth", "false")

    def end(self):
        """The second run ends by itself when everything is sent, and says so"""
        self.end_cleanly(quit=False)
        told = (self.session.folder / "notifications.log").read_text(encoding="utf-8")
        assert "1 Recording Uploaded" in told, told

    def look_again(self):
        """What was sent in the background is there"""
        self.launch()
        self.wait_status("To analyze", 1)
        self.end_cleanly()

    def look_at_files(self):
        """Files that are opened are looked at, one after the other, and nothing is done with them"""
        from driver import wait
        driver = self.driver
        card = self.card / "20250604"
        self.launch(card / "20250604_050000.WAV", self.card / "field notes.wav", card / "20250604_203000.mp3")
        driver.find(contains="Spectrogram")
        driver.wait_text("1 of 3")
        self.four_pictures("opened-file")
        driver.drag(driver.find(name="Spectrogram"), (0.3, 0.4), (0.5, 0.7))
        measure = driver.button("Measurements of the Selection")
        wait("something to measure", lambda: driver.is_sensitive(measure))
        driver.click(measure)
        driver.wait_text("90\u202f% bandwidth")
        driver.key("Escape")
        driver.wait_gone("90\u202f% bandwidth")
        driver.click(driver.button("Next File"))
        driver.button("Try Again")
        driver.picture("opened-no-recording")
        driver.key("alt+Right")
        driver.wait_text("3 of 3")
        driver.find(contains="Spectrogram")
        assert not driver.has(name="Recordings"), "the window of the library has come up"
        self.end_cleanly()

    def look_at_spans(self):
        """From five seconds to a day, and up to what bats call"""
        driver = self.driver
        files = fixtures.make_long_recordings(self.session.folder, self.prefix / "share" / "chorus" / "samples")
        self.launch(*files)
        driver.wait_text("1 of 4")
        driver.find(contains="Spectrogram")
        for name, number in (("5-minutes", 1), ("1-hour", 2), ("1-day", 3), ("bat-at-384-khz", 4)):
            if number > 1:
                driver.key("alt+Right")
                driver.wait_text(f"{number} of 4")
                driver.find(contains="Spectrogram")
            self.two_pictures(f"span-{name}")
        driver.key("alt+Left", "alt+Left", "alt+Left")
        driver.wait_text("1 of 4")
        driver.find(contains="Spectrogram")
        driver.key(*["plus"] * 10)
        driver.picture("span-5-seconds")
        self.end_cleanly()

    STEPS = (first_start, sign_in_dialog, work_on_this_computer, make_deployment, drop_folder, send, uploaded,
             analyze,
             open_recording, play, save, verdict, SpeciesSteps.species, activity, export, import_table, channels,
             view_settings, measure, other_windows, quit, start_again, close_while_uploading, end, look_again, look_at_files, look_at_spans)

    def run(self):
        print(f"1..{len(self.STEPS)}", flush=True)
        for number, step in enumerate(self.STEPS, 1):
            begun = time.monotonic()
            try:
                step(self)
            except Exception:  # whatever went wrong, say it with a picture of the screen
                print(f"not ok {number} - {step.__doc__}")
                told = traceback.format_exc() + "\n" + self.driver.log()
                for line in told.splitlines():
                    print("#", line)
                print(told, file=sys.stderr)  # Meson shows this, and not the lines above
                self.driver.picture("failed", 1600, 1000)
                self.dump()
                return 1
            print(f"ok {number} - {step.__doc__}\n# {time.monotonic() - begun:.1f} s", flush=True)
        return 0

    def dump(self):
        """What a screen reader would have found, and its words where Meson shows them."""
        words = []
        with open(self.driver.pictures / "failed.txt", "w", encoding="utf-8") as out, contextlib.suppress(Exception):
            for node in self.driver.walk():
                out.write(f"{node.get_role_name()}: {node.get_name()!r}\n")
                if node.get_name():
                    words.append(node.get_name())
        print("On the screen:", " | ".join(words)[:6000], file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prefix", required=True, help="where Chorus is installed")
    parser.add_argument("--pictures", required=True, help="the folder that receives the pictures")
    parser.add_argument("--id", default="com.darukaa.Chorus.Devel", help="the application's ID")
    parser.add_argument("--preload", default="", help="libraries to load first, as the leak checker wants")
    options = parser.parse_args()

    shutil.rmtree(options.pictures, ignore_errors=True)
    with Session() as session:
        from driver import Driver  # needs the session's bus
        driver = Driver(session, "Chorus", options.pictures)
        return Tour(session, driver, options).run()


if __name__ == "__main__":
    sys.exit(main())
