# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses a window as a person does: finds things by what a screen reader would say, and moves a real pointer and real keys."""

import hashlib
import pathlib
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

BOUND = 120


def wait(what, condition, seconds=BOUND):
    """Returns what CONDITION gives once it is true; fails by name after the bound."""
    end = time.monotonic() + seconds
    while True:
        try:
            result = condition()
        except GLib.Error:
            result = None  # the node went away while it was being read
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"still waiting for {what}")
        time.sleep(0.05)


def xdotool(*words):
    return subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True, check=True).stdout


class Driver:
    def __init__(self, session, title, pictures):
        self.session = session
        self.title = title
        self.pictures = pathlib.Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.count = 0
        self.process = None
        self.application = None
        self.window = None

    # Start and end

    def launch(self, command, env=None):
        self.session.env.update(env or {})
        self.process = self.session.start(*command, log="chorus.log")
        self.application = wait("the program's window", self._find_application)
        self.window = wait("the window on the display", self._find_window)
        self.place(1280, 800)

    def _find_application(self):
        self._check_alive()
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    def _find_window(self):
        found = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", "."],
                               capture_output=True, text=True, check=False).stdout.split()
        return found[0] if found else None

    def _check_alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}:\n{self.log()}")

    def log(self):
        return (self.session.folder / "chorus.log").read_text(encoding="utf-8", errors="replace")[-6000:]

    def end(self, seconds=120):
        """Waits for the program to end by itself; returns its exit code."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            self.process.kill()
            raise AssertionError("the program did not end") from error

    # Finding

    def walk(self, node=None, depth=0):
        node = node or self.application
        yield node
        if depth > 60:
            return
        try:
            count = node.get_child_count()
        except GLib.Error:
            return
        # A long list has a child for each row; those beyond the screen say nothing new.
        for index in range(min(count, 400)):
            try:
                child = node.get_child_at_index(index)
            except GLib.Error:
                continue
            if child:
                yield from self.walk(child, depth + 1)

    @staticmethod
    def is_showing(node):
        # GTK 4.8 reports "showing" for windows alone. What is hidden has no size or lacks "visible".
        if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
            return False
        box = node.get_extents(Atspi.CoordType.WINDOW)
        return box.width > 0 and box.height > 0

    @staticmethod
    def is_sensitive(node):
        return node.get_state_set().contains(Atspi.StateType.SENSITIVE)

    def nodes(self, role=None, name=None, contains=None, showing=True):
        for node in self.walk():
            try:
                if role and node.get_role_name() not in (role if isinstance(role, tuple) else (role,)):
                    continue
                label = node.get_name() or ""
                if name is not None and label != name:
                    continue
                if contains is not None and contains not in label:
                    continue
                if showing and not self.is_showing(node):
                    continue
            except GLib.Error:
                continue
            yield node

    def find(self, role=None, name=None, contains=None, showing=True, seconds=BOUND):
        def look():
            self._check_alive()
            return next(self.nodes(role, name, contains, showing), None)

        return wait(f"{role or 'anything'} named {name or contains!r}", look, seconds)

    def has(self, **what):
        return next(self.nodes(**what), None) is not None

    def button(self, name, **more):
        return self.find(role=("push button", "button", "toggle button", "menu item", "radio button", "check menu item"),
                         name=name, **more)

    def wait_text(self, text, seconds=BOUND):
        return self.find(contains=text, seconds=seconds)

    @staticmethod
    def wait_dialog_gone(title):
        """Waits for a dialog to be closed without looking into it: GTK 4.8 may crash when it is asked about one that goes."""
        wait("the dialog to go", lambda: not subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"],
                                                            capture_output=True, text=True, check=False).stdout.strip())
        time.sleep(0.5)

    def wait_window_gone(self):
        """Waits until the program shows no window, while it goes on."""
        wait("the window to go", lambda: not self._find_window())
        self._check_alive()

    def wait_gone(self, text, seconds=BOUND):
        wait(f"{text!r} to go", lambda: not self.has(contains=text), seconds)

    # Doing

    def origin(self, window=None):
        shell = xdotool("getwindowgeometry", "--shell", window or self.window)
        values = dict(line.split("=") for line in shell.split())
        return int(values["X"]), int(values["Y"])

    def window_of(self, node):
        """The display's window that holds NODE: the one with its frame's title, else the main one."""
        while node and node.get_role_name() not in ("frame", "dialog", "window", "alert"):
            node = node.get_parent()
        title = node.get_name() if node else ""
        if title:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], capture_output=True,
                                   text=True, check=False).stdout.split()
            if found:
                return found[-1]
        return self.window

    def place_of(self, node):
        """Where NODE is in its window, once it stays there: a window that has just changed its size lays out anew."""
        last = None

        def still():
            nonlocal last
            time.sleep(0.25)
            box = node.get_extents(Atspi.CoordType.WINDOW)
            now = (box.x, box.y, box.width, box.height)
            if now == last and box.width > 0 and box.height > 0:
                return box
            last = now
            return None

        return wait(f"{node.get_name()!r} to stay at its place", still)

    def point(self, node, dx=0.5, dy=0.5):
        box = self.place_of(node)
        x, y = self.origin(self.window_of(node))
        return int(x + box.x + box.width * dx), int(y + box.y + box.height * dy)

    def click(self, node, times=1, button=1, dx=0.5, dy=0.5):
        x, y = self.point(node, dx, dy)
        xdotool("mousemove", x, y)
        time.sleep(0.1)
        # As long as a finger rests on a button: a click without any length is lost now and then.
        for _ in range(times):
            xdotool("mousedown", button, "sleep", 0.05, "mouseup", button, "sleep", 0.05)
        time.sleep(0.15)

    def click_for(self, name, text):
        """Clicks the button NAME until TEXT is there: once, or again as a person would who saw nothing happen."""
        for _ in range(4):
            button = next(self.nodes(name=name), None)
            if button:
                self.click(button)
            try:
                return self.wait_text(text, seconds=BOUND / 4)
            except AssertionError:
                print(f"# nothing came of clicking {name!r}", flush=True)
        return self.wait_text(text, seconds=1)

    def drag(self, node, start, end):
        """Draws over NODE with the button held, from one of its points to another, each as parts of its size."""
        first, last = self.point(node, *start), self.point(node, *end)
        xdotool("mousemove", *first, "mousedown", 1)
        for step in range(1, 11):
            xdotool("mousemove", *(round(a + (b - a) * step / 10) for a, b in zip(first, last)))
        xdotool("mouseup", 1)

    def press(self, node):
        """Activates NODE as an assistive technology does."""
        if not Atspi.Action.do_action(node, 0):
            raise AssertionError(f"{node.get_name()!r} cannot be pressed")
        time.sleep(0.15)

    def key(self, *keys):
        for key in keys:
            xdotool("key", "--clearmodifiers", key)
            time.sleep(0.12)

    def type(self, text):
        xdotool("type", "--delay", 25, text)
        time.sleep(0.15)

    def place(self, width, height):
        xdotool("windowactivate", "--sync", self.window)
        xdotool("windowmove", "--sync", self.window, 0, 0)
        # Again and again: a window that loses its sidebar when it becomes narrow can become narrower still.
        for _ in range(5):
            xdotool("windowsize", self.window, width, height)
            time.sleep(0.4)
            if f"{width}x{height}" in xdotool("getwindowgeometry", self.window):
                break

    def drag_files(self, paths, target, before_drop=None):
        """Drags PATHS from a window of another program and lets go at TARGET, a point on the screen."""
        script = pathlib.Path(__file__).with_name("drag-source.py")
        source = self.session.start("/usr/bin/python3", str(script), *map(str, paths), log="drag-source.log")
        try:
            def visible():
                return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Drag source$"],
                                      capture_output=True, text=True, check=False).stdout.split()

            window = wait("the drag source", visible)[-1]
            xdotool("windowmove", "--sync", window, 1340, 700)
            time.sleep(0.6)
            x, y = self.origin(window)
            x, y = x + 100, y + 80
            xdotool("mousemove", x, y)
            time.sleep(0.15)
            xdotool("mousedown", 1)
            for _ in range(10):
                xdotool("mousemove_relative", "--", -4, -1)
                time.sleep(0.03)
            for step in range(1, 11):
                xdotool("mousemove", x - 40 + (target[0] - x + 40) * step // 10, y - 10 + (target[1] - y + 10) * step // 10)
                time.sleep(0.05)
            time.sleep(0.5)
            if before_drop:
                before_drop()
            xdotool("mouseup", 1)
            time.sleep(0.8)
        finally:
            source.terminate()
            source.wait()
            self.session.processes.remove(source)

    def drag_out(self, node):
        """Drags NODE onto a window of another program, which takes files; returns their paths."""
        script = pathlib.Path(__file__).with_name("drop-target.py")
        taken = self.session.folder / "dropped.txt"
        target = self.session.start("/usr/bin/python3", str(script), str(taken), log="drop-target.log")
        try:
            def visible():
                return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Drop target$"],
                                      capture_output=True, text=True, check=False).stdout.split()

            window = wait("the drop target", visible)[-1]
            xdotool("windowmove", "--sync", window, 1340, 700)
            time.sleep(0.6)
            x, y = self.origin(window)
            begin, end = self.point(node), (x + 110, y + 80)
            xdotool("mousemove", *begin)
            time.sleep(0.15)
            xdotool("mousedown", 1)
            for step in range(1, 21):
                xdotool("mousemove", *(round(a + (b - a) * step / 20) for a, b in zip(begin, end)))
                time.sleep(0.05)
            time.sleep(0.5)
            xdotool("mouseup", 1)
            wait("the files to be dropped", taken.exists)
            return taken.read_text(encoding="utf-8").splitlines()
        finally:
            target.terminate()
            target.wait()
            self.session.processes.remove(target)

    # Looking

    def picture(self, name, width=None, height=None, park=True):
        """Saves what the window shows once it has stopped changing; PARK takes the pointer and its tooltips away first."""
        if park:
            xdotool("mousemove", 1590, 990)
            time.sleep(0.2)
        # All of the screen where there is no window, or no longer.
        shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", self.window or "0"], capture_output=True, text=True,
                               check=False).stdout or "X=0 Y=0 WIDTH=1600 HEIGHT=1000"
        values = dict(line.split("=") for line in shell.split())
        area = f"{width or values['WIDTH']}x{height or values['HEIGHT']}+{max(0, int(values['X']))}+{max(0, int(values['Y']))}"
        self.count += 1
        path = self.pictures / f"{self.count:02d}-{name}.png"
        last = None
        for _ in range(20):
            subprocess.run(["import", "-window", "root", "-crop", area, "+repage", str(path)], check=True)
            digest = hashlib.sha256(subprocess.run(["convert", str(path), "rgb:-"], capture_output=True, check=True).stdout).digest()
            if digest == last:
                break
            last = digest
            time.sleep(0.15)
        return path


class SandboxDriver(Driver):
    """The same for a program in a sandbox, whose processes have other numbers there than they have here."""

    def __init__(self, session, title, pictures):
        super().__init__(session, title, pictures)
        self.name = title

    def find_again(self, title=None):
        """Turns to a program that something else than this has started, and to its window of that title."""
        self.process = None
        self.title = title or self.name
        self.window = wait("the window on the display", self._find_window)
        self.application = wait("the program's window", self._find_application)

    def launch(self, command, env=None):
        self.title = self.name
        super().launch(command, env)

    def _check_alive(self):
        if self.process:
            super()._check_alive()

    def _find_application(self):
        self._check_alive()
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_name() == "chorus" and child.get_child_count() > 0:
                return child
        return None

    def _find_window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{self.title}$"], capture_output=True,
                               text=True, check=False).stdout.split()
        return found[0] if found else None
