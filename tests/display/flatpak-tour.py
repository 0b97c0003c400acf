#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives Chorus as its Flatpak installs it, in its sandbox, as a person would: with files that come through the portals.

The desktop is a private one down to the folder of its sockets and its processes, so that nothing is left when the tour
ends, neither a portal nor what a portal has mounted. That takes root. FLATPAK_USER_DIR says where Chorus is installed.
Speaks TAP.
"""

import argparse
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import time
import wave

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import fixtures  # noqa: E402
from session import Session  # noqa: E402
from tour import Tour  # noqa: E402

ID = "com.darukaa.Chorus"
INSIDE = "CHORUS_TOUR_INSIDE"
SOCKETS = f"/run/user/{os.getuid()}"

# What a desktop has ready for a sandbox: the dialogs, the files and the permissions. No keyring, until one is started.
SERVICES = ("org.freedesktop.portal.Desktop", "org.freedesktop.portal.Documents", "org.freedesktop.portal.Flatpak",
            "org.freedesktop.impl.portal.PermissionStore", "org.freedesktop.impl.portal.desktop.gtk")

DUNST = """[global]
mouse_left_click = do_action, close_current
[urgency_normal]
timeout = 0
[urgency_low]
timeout = 0
"""


def go_inside():
    """Goes on in a world of its own: its own processes, which all go with it, and its own folder for sockets."""
    if INSIDE not in os.environ:
        os.environ[INSIDE] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child", sys.executable, __file__,
                              *sys.argv[1:]])
    # The sandbox knows files from the document portal by this path alone.
    os.makedirs("/run/user", exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run/user"], check=True)
    os.mkdir(SOCKETS, 0o700)


def make_card(folder, samples):
    """Three recordings to drop, and a folder with two more, all under one that the sandbox cannot see."""
    card = folder / "Memory card"
    (card / "20250605").mkdir(parents=True)
    morning, evening, quiet = (samples / f"SYNTHETIC_{name}.wav" for name in ("20250604_050000", "20250604_203000",
                                                                              "20250605_053000"))
    shutil.copyfile(morning, card / "20250604_050000.WAV")
    subprocess.run(["ffmpeg", "-loglevel", "error", "-i", evening, "-c:a", "libmp3lame", card / "20250604_203000.mp3"],
                   check=True)
    # Noise has no two places that are the same: what is heard of it says from where it is.
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "anoisesrc=d=20:a=0.3:r=48000:seed=7", "-c:a",
                    "pcm_s16le", card / "20250604_210000.WAV"], check=True)
    shutil.copyfile(quiet, card / "20250605" / "20250605_053000.WAV")
    subprocess.run(["ffmpeg", "-loglevel", "error", "-i", quiet, "-c:a", "aac", card / "20250605" / "20250605_060000.m4a"],
                   check=True)
    return card


def samples_of(data, channels):
    """The first channel of 16-bit samples."""
    return struct.unpack(f"<{len(data) // 2}h", data[:len(data) // 2 * 2])[::channels]


def find_run(heard, original, length, tolerance=1):
    """Where LENGTH samples from the middle of HEARD are in ORIGINAL, or None."""
    loud = [index for index, sample in enumerate(heard) if abs(sample) > 50]
    if not loud:
        return None
    start = (loud[0] + loud[-1] - length) // 2
    run = heard[start:start + length]
    for index in range(len(original) - length):
        if all(abs(a - b) <= tolerance for a, b in zip(run, original[index:index + 8])) and \
                all(abs(a - b) <= tolerance for a, b in zip(run, original[index:index + length])):
            return index
    return None


class FlatpakTour(Tour):
    def __init__(self, session, driver, options):
        self.session = session
        self.driver = driver
        self.options = options
        self.prefix = pathlib.Path(options.prefix)
        self.card = make_card(session.folder, self.prefix / "share" / "chorus" / "samples")
        self.config = pathlib.Path(session.env["HOME"]) / ".var" / "app" / ID / "config"
        settings = self.config / "gtk-4.0"
        settings.mkdir(parents=True)
        shutil.copyfile(session.folder / "config" / "gtk-4.0" / "settings.ini", settings / "settings.ini")
        # The rest of the desktop is told what a sandbox asks itself.
        for name in ("GTK_USE_PORTAL", "ADW_DISABLE_PORTAL"):
            session.env.pop(name, None)
        session.env.update({"GSK_RENDERER": "cairo", "CHORUS_AUDIO_SINK": "pulsesink device=speaker"})

    # Helpers

    def launch(self, *arguments):
        self.driver.launch(["flatpak", "run", "--user", ID, *arguments])

    def settings_env(self):
        return {**self.session.env, "XDG_CONFIG_HOME": str(self.config), "GSETTINGS_BACKEND": "keyfile",
                "GSETTINGS_SCHEMA_DIR": str(self.prefix / "share" / "glib-2.0" / "schemas")}

    def setting(self, key, value):
        subprocess.run(["gsettings", "set", ID, key, value], env=self.settings_env(), check=True)

    def value(self, key):
        return subprocess.run(["gsettings", "get", ID, key], env=self.settings_env(), check=True, capture_output=True,
                              text=True).stdout.strip()

    def inside(self, command):
        """What COMMAND says in the sandbox."""
        return subprocess.run(["flatpak", "run", "--user", "--command=sh", ID, "-c", command], env=self.session.env,
                              capture_output=True, text=True, check=False).stdout

    @staticmethod
    def processes(name):
        """The processes of that name, each with whether it is in a sandbox."""
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                # Whom a dead process belongs to may never ask for it here.
                if (folder / "comm").read_text().strip() == name[:15] and "\nState:\tZ" not in (folder / "status").read_text():
                    found.append((int(folder.name), (folder / "root" / ".flatpak-info").exists()))
            except OSError:
                continue
        return found

    def choose(self, title, path):
        """Answers the portal's dialog TITLE with PATH: it belongs to another program, outside the sandbox."""
        from driver import wait, xdotool
        window = wait(title, lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
                                                    capture_output=True, text=True, check=False).stdout.split())[-1]
        pid = int(xdotool("getwindowpid", window))
        assert pid in [process for process, _ in self.processes("xdg-desktop-portal-gtk")], "the dialog is the sandbox's own"
        time.sleep(1)
        xdotool("windowactivate", "--sync", window)
        if path.is_dir():
            self.driver.type("/")
            time.sleep(0.3)
        self.driver.key("ctrl+a")
        self.driver.type(path)
        # Without what the dialog has added by itself, which is the only thing in a folder.
        time.sleep(1)
        self.driver.key("Delete")
        self.driver.picture(f"portal-{title.lower().replace(' ', '-')}", 1280, 800)
        self.driver.key("Return")
        self.driver.wait_dialog_gone(title)

    # Steps

    def first_start(self):
        """Chorus starts in its sandbox, from which the person's files cannot be seen"""
        secret = pathlib.Path(self.session.env["HOME"]) / "secret.txt"
        secret.write_text("not for Chorus", encoding="utf-8")
        assert "chorus" in self.inside("ls /app/bin"), "Chorus is not there"
        assert not self.inside(f"cat '{secret}'; ls '{self.card}'"), "the sandbox sees the person's files"
        self.launch()
        self.driver.button("Connect to Darukaa")
        self.driver.button("Work on This Computer")
        self.driver.picture("first-start")

    def work_on_this_computer(self):
        """The station of this computer runs in the sandbox too"""
        driver = self.driver
        driver.click(driver.button("Work on This Computer"))
        driver.wait_text("No Deployment Selected")
        stations = self.processes("chorus-station")
        assert stations and all(sandboxed for _, sandboxed in stations), stations
        driver.click(driver.find(role="push button", contains="Create a Deployment"))
        driver.click(driver.button("Create"))
        driver.wait_text("No Recordings Yet")
        driver.picture("no-recordings")

    def drop_files(self):
        """Files that are dropped from another program come through the document portal"""
        driver = self.driver
        driver.drag_files(sorted(self.card.glob("2025*.*")), (760, 420))
        driver.button("Upload 3 Recordings")
        driver.picture("dropped")

    def log_out_and_in(self):
        """What was dropped and not sent has to be found again after logging out, and one folder does it"""
        from driver import wait
        driver = self.driver
        driver.key("ctrl+q")
        driver.end()
        portal = self.processes("xdg-document-portal")[0][0]
        os.kill(portal, 15)
        wait("the document portal to end", lambda: not self.processes("xdg-document-portal"))
        self.launch()
        driver.key("alt+2")
        driver.click(driver.button("Upload 3 Recordings"))
        driver.picture("again")
        driver.wait_text("was shared with Chorus until you logged out")
        driver.picture("needs-files")
        driver.click(driver.find(role="push button", contains="Choose Folder"))
        self.choose("Folder with the Missing Recordings", self.card)
        driver.wait_text("3 sent")
        driver.picture("sent")

    def choose_folder(self):
        """A folder that is chosen in the portal's dialog is uploaded whole"""
        driver = self.driver
        driver.key("ctrl+shift+o")
        self.choose("Add Folders with Recordings", self.card / "20250605")
        driver.click(driver.button("Upload 2 Recordings"))
        driver.wait_text("5 sent")
        self.show("Recordings")
        self.wait_status("To analyze", 5)
        driver.picture("uploaded")

    def analyze(self):
        """The station in the sandbox analyzes"""
        driver = self.driver
        driver.click(driver.button("Analyze All"))
        self.wait_status("detection", 4)
        driver.picture("analyzed")

    def view(self):
        """A recording is read through the portal and drawn"""
        driver = self.driver
        driver.click(driver.find(role="label", name="20250604_050000.WAV"), times=2)
        driver.find(contains="Spectrogram")
        driver.button("Play")
        driver.wait_text("reviewed")
        self.two_pictures("recording")
        driver.key("Escape", "Escape")

    def play(self):
        """What the sound card gets is the recording, sample for sample"""
        from driver import wait
        driver = self.driver
        driver.click(driver.find(role="label", name="20250604_210000.WAV"), times=2)
        driver.wait_text("No detections in this recording")
        wait("something to play", lambda: driver.is_sensitive(driver.button("Play")))

        def play_on():
            driver.click(driver.button("Play"))
            driver.button("Pause")
            time.sleep(2)
            driver.click(driver.button("Pause"))
            driver.button("Play")

        captured = self.session.folder / "heard.raw"
        loud = self.listen(play_on)
        assert loud > 48000, f"only {loud} samples were heard"
        heard = samples_of(captured.read_bytes(), 2)
        with wave.open(str(self.card / "20250604_210000.WAV")) as recording:
            original = samples_of(recording.readframes(recording.getnframes()), 1)
        place = find_run(heard, original, 24000)
        assert place is not None, "what was heard is not in the recording"

    def save(self):
        """A clip is saved to where the person chooses, with the recording's own samples"""
        driver = self.driver
        clip = self.session.folder / "clip.wav"
        driver.drag(driver.find(name="Spectrogram"), (0.3, 0.4), (0.5, 0.7))
        driver.key("ctrl+s")
        self.choose("Save Clip", clip)
        from driver import wait
        wait("the clip", clip.exists)
        driver.wait_text("clip.wav")
        with wave.open(str(clip)) as saved, wave.open(str(self.card / "20250604_210000.WAV")) as original:
            assert saved.getparams()[:3] == original.getparams()[:3], saved.getparams()
            assert 0 < saved.getnframes() < original.getnframes(), saved.getnframes()
            assert saved.readframes(saved.getnframes()) in original.readframes(original.getnframes())
        left = [path.name for path in self.session.folder.iterdir() if path.name.startswith((".xdp", ".chorus"))]
        assert not left, left
        driver.picture("clip-saved")

    def quit(self):
        """Quitting ends everything that ran in the sandbox"""
        self.end_cleanly()
        assert not self.processes("chorus-station"), "a station is still running"
        assert not self.processes("chorus"), "Chorus is still running"

    def sign_in(self):
        """Signs in to another station with its token, in the dialog."""
        from driver import wait
        driver = self.driver
        folder = pathlib.Path(self.session.env["HOME"]) / ".var" / "app" / ID / "data" / "other-station"
        log = self.session.folder / "other-station.log"
        if not log.exists():
            self.session.start("flatpak", "run", "--user", "--command=/app/libexec/chorus-station", ID, "--data", str(folder),
                               log=log.name)
        wait("the other station", lambda: "Listening on " in log.read_text())
        address = log.read_text().split("Listening on ")[1].split()[0]
        token = (folder / "token").read_text().strip()

        driver.click(driver.find(name="Account"))
        driver.press(driver.find(role="menu item", contains="Connect to Darukaa"))
        driver.click(driver.find(contains="Sign In With"))
        time.sleep(0.5)
        driver.key("Home", "Down", "Return")
        driver.click(driver.find(role="text", name="Access Token"))
        driver.type(token)
        if not driver.has(role="text", name="Server Address"):
            driver.click(driver.find(name="Advanced"))
        driver.click(driver.find(role="text", name="Server Address"))
        driver.key("ctrl+a")
        driver.type(address)
        driver.picture("sign-in", 1280, 800)
        driver.press(driver.button("Sign In"))
        driver.wait_dialog_gone("Connect to Darukaa")
        return token

    def sign_in_for_now(self):
        """Without a keyring Chorus says that a sign-in lasts for this session only"""
        self.launch()
        self.sign_in()
        self.driver.wait_text("you will be asked to sign in again next time")
        self.driver.picture("signed-in-for-now")
        self.end_cleanly()

    def sign_in_for_good(self):
        """With a keyring the token is kept through the portal, where nobody else can read it"""
        from driver import wait
        driver = self.driver
        # Comes back when the keyring is unlocked, and goes on in the background until this world ends.
        subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], env=self.session.env, input=b"a password",
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        wait("the keyring", lambda: "org.freedesktop.secrets" in self.session.output(
            "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method",
            "org.freedesktop.DBus.ListNames"))
        self.launch()
        token = self.sign_in()
        kept = self.config.parent / "data" / "keyrings" / "default.keyring"
        wait("the token to be kept", kept.exists)
        self.end_cleanly()
        assert token.encode() not in kept.read_bytes(), "the token is in the open"
        self.launch()
        driver.wait_text("No Deployment Selected")
        assert not driver.has(contains="sign in again"), "the token was not kept"
        driver.picture("signed-in")
        self.end_cleanly()

    def come_back(self):
        """A click on the notification that all is sent brings the window back, after Chorus has ended"""
        from driver import wait, xdotool
        driver = self.driver
        dunst = pathlib.Path(self.session.env["XDG_CONFIG_HOME"]) / "dunst"
        dunst.mkdir()
        (dunst / "dunstrc").write_text(DUNST, encoding="utf-8")
        self.session.start("dunst")
        self.setting("ask-before-uploading", "false")
        self.setting("background-uploads", "always")
        self.setting("bandwidth", "100")
        self.setting("limit-bandwidth", "true")
        self.launch()
        self.wait_status("detection", 4)
        driver.drag_files([fixtures.make_night(self.session.folder)], (760, 420))
        driver.wait_text("Uploading ")
        driver.key("ctrl+q")
        driver.wait_window_gone()
        self.setting("limit-bandwidth", "false")
        assert driver.end() == 0, driver.log()

        def told():
            return subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "^Dunst$"], capture_output=True, text=True,
                                  check=False).stdout.split()

        window = wait("the notification", told)[-1]
        driver.picture("notification", 1600, 1000, park=False)
        xdotool("mousemove", "--window", window, 40, 20, "click", 1)
        driver.find_again()
        driver.place(1280, 800)
        self.wait_status("To analyze", 1)
        driver.picture("back")
        self.quit_by_key()

    def open_from_files(self):
        """A recording that is opened from the file manager is looked at, and not uploaded"""
        driver = self.driver
        desktop = pathlib.Path(os.environ["FLATPAK_USER_DIR"]) / "exports" / "share"
        recording = self.card / "20250604_050000.WAV"
        subprocess.run(["gio", "launch", desktop / "applications" / f"{ID}.desktop", recording], check=True,
                       env={**self.session.env, "XDG_DATA_DIRS": f"{desktop}:/usr/local/share:/usr/share"})
        driver.find_again(recording.name)
        driver.find(contains="Spectrogram")
        driver.button("Upload This Recording")
        driver.picture("opened")
        assert not self.processes("chorus-station"), "the library was opened for it"
        self.quit_by_key()
        assert sorted(path.name for path in self.card.iterdir()) == [
            "20250604_050000.WAV", "20250604_203000.mp3", "20250604_210000.WAV", "20250605"]

    def quit_by_key(self):
        from driver import wait
        self.driver.key("ctrl+q")
        wait("Chorus to end", lambda: not self.processes("chorus"))

    STEPS = (first_start, work_on_this_computer, drop_files, log_out_and_in, choose_folder, analyze, view, play, save, quit,
             come_back, open_from_files, sign_in_for_now, sign_in_for_good)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", required=True, help="the folder that receives the pictures")
    options = parser.parse_args()
    go_inside()

    installation = pathlib.Path(os.environ["FLATPAK_USER_DIR"])
    options.prefix = installation / "app" / ID / "current" / "active" / "files"
    options.id = ID
    os.environ["XDG_CURRENT_DESKTOP"] = "GNOME"  # whose portals these are
    shutil.rmtree(options.pictures, ignore_errors=True)
    exports = installation / "exports" / "share" / "dbus-1" / "services"
    with Session(services=SERVICES, service_folders=[exports], runtime=SOCKETS) as session:
        from driver import SandboxDriver  # needs the session's bus
        driver = SandboxDriver(session, "Chorus", options.pictures)
        return FlatpakTour(session, driver, options).run()


if __name__ == "__main__":
    sys.exit(main())
