#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window that takes files which are dropped on it, as a mail program would, and writes their paths to a file."""

import pathlib
import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, Gio, Gtk  # noqa: E402


def on_drop(_target, value, _x, _y):
    pathlib.Path(sys.argv[1]).write_text("\n".join(file.get_path() for file in value.get_files()), encoding="utf-8")
    return True


def on_activate(application):
    label = Gtk.Label(label="Drop here", hexpand=True, vexpand=True)
    target = Gtk.DropTarget.new(Gdk.FileList, Gdk.DragAction.COPY)
    target.connect("drop", on_drop)
    label.add_controller(target)
    window = Gtk.ApplicationWindow(application=application, title="Drop target", default_width=220, default_height=160,
                                   decorated=False, child=label)
    window.present()


program = Gtk.Application(application_id="com.darukaa.Chorus.DropTarget", flags=Gio.ApplicationFlags.NON_UNIQUE)
program.connect("activate", on_activate)
program.run([])
