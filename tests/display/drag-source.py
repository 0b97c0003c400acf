#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window from which the files named on the command line can be dragged, as from a file manager."""

import sys

import gi

gi.require_version("Gtk", "4.0")
gi.require_version("Gdk", "4.0")
from gi.repository import Gdk, Gio, GObject, Gtk  # noqa: E402


def on_prepare(_source, _x, _y):
    files = [Gio.File.new_for_path(path) for path in sys.argv[1:]]
    value = GObject.Value()
    value.init(Gdk.FileList)
    value.set_boxed(Gdk.FileList.new_from_list(files))
    return Gdk.ContentProvider.new_for_value(value)


def on_activate(application):
    label = Gtk.Label(label="Drag me", hexpand=True, vexpand=True)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", on_prepare)
    label.add_controller(source)
    window = Gtk.ApplicationWindow(application=application, title="Drag source", default_width=220, default_height=160,
                                   decorated=False, child=label)
    window.present()


program = Gtk.Application(application_id="com.darukaa.Chorus.DragSource", flags=Gio.ApplicationFlags.NON_UNIQUE)
program.connect("activate", on_activate)
program.run([])
