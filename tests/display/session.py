# SPDX-License-Identifier: GPL-3.0-or-later
"""A private desktop for one test: X server, window manager, message bus with accessibility, and a sound card that is not there.

Nothing of the user's own session is reached: home, settings, bus and display are fresh, and all of it goes when the
test ends.
"""

import contextlib
import glob
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}/run</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
{more}  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

GTK_SETTINGS = """[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-xft-dpi=98304
"""


class Session:
    """SERVICES are names that may be started through the bus besides accessibility; SERVICE_FOLDERS may hold more of them.
    RUNTIME is the folder for sockets, where it cannot be any."""

    def __init__(self, width=1600, height=1000, services=(), service_folders=(), runtime=None):
        self.services = ("org.a11y.Bus", *services)
        self.service_folders = service_folders
        self.runtime = runtime
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chorus-session-"))
        self.processes = []
        self.size = f"{width}x{height}x24"
        self.env = dict(os.environ)

    def __enter__(self):
        try:
            self._folders()
            self._display()
            self._bus()
            self._window_manager()
            self._sound()
        except BaseException:
            self.close()
            raise
        os.environ.clear()
        os.environ.update(self.env)
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
        for process in reversed(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *command, log=None, **options):
        output = open(self.folder / (log or f"{pathlib.Path(command[0]).name}.log"), "ab")
        process = subprocess.Popen(command, env=self.env, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   **options)
        output.close()
        self.processes.append(process)
        return process

    def _folders(self):
        env = self.env
        for name in ("WAYLAND_DISPLAY", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER"):
            env.pop(name, None)
        for variable, name in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                               ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"), ("XDG_RUNTIME_DIR", "run")):
            path = self.folder / name
            path.mkdir(mode=0o700)
            env[variable] = str(path)
        if self.runtime:
            env["XDG_RUNTIME_DIR"] = self.runtime
        (self.folder / "services").mkdir()
        settings = self.folder / "config" / "gtk-4.0"
        settings.mkdir()
        (settings / "settings.ini").write_text(GTK_SETTINGS, encoding="utf-8")
        env.update({
            "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "keyfile", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "ADW_DISABLE_PORTAL": "1", "GTK_USE_PORTAL": "0", "GIO_USE_VFS": "local", "NO_AT_BRIDGE": "0",
        })

    def _display(self):
        read_end, write_end = os.pipe()
        self.start("Xvfb", "-displayfd", str(write_end), "-screen", "0", self.size, "+extension", "GLX", "-noreset",
                   "-nolisten", "tcp", pass_fds=(write_end,))
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("the virtual display did not start: " + (self.folder / "Xvfb.log").read_text())
        self.env["DISPLAY"] = f":{number}"

    def _bus(self):
        # Only what was asked for can be activated: a portal or a keyring would outlive the test.
        wanted = {f"Name={name}" for name in self.services}
        for path in glob.glob("/usr/share/dbus-1/services/*.service"):
            text = pathlib.Path(path).read_text(encoding="utf-8")
            if wanted.intersection(text.splitlines()):
                lines = [line for line in text.splitlines() if not line.startswith("SystemdService")]
                (self.folder / "services" / pathlib.Path(path).name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        more = "".join(f"  <servicedir>{folder}</servicedir>\n" for folder in self.service_folders)
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(folder=self.folder, more=more), encoding="utf-8")
        read_end, write_end = os.pipe()
        self.start("dbus-daemon", "--nofork", f"--config-file={config}", f"--print-address={write_end}", pass_fds=(write_end,))
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            self.env["DBUS_SESSION_BUS_ADDRESS"] = pipe.readline().strip()

    def _window_manager(self):
        self.start("metacity", "--no-composite")
        self._wait(lambda: "window id" in self.output("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))

    def _sound(self):
        self.start("pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--realtime=no",
                   "--high-priority=no", "-L", "module-native-protocol-unix", "-L",
                   "module-null-sink sink_name=speaker rate=48000 channels=2 format=s16le", "-F", "/dev/null")
        self._wait(lambda: "speaker" in self.output("pactl", "list", "short", "sinks"))

    def output(self, *command):
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False).stdout

    @staticmethod
    def _wait(condition, seconds=20):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the session did not come up")
            time.sleep(0.05)
