#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every include in src/ and checks the arrows between folders and the one home of each outside library."""

import pathlib
import re
import sys

# Each folder and what it may include. Arrows run downwards only.
BELOW_LIBRARY = {"api", "store", "audio", "dsp", "core"}
ARROWS = {
    "core": set(),
    "dsp": set(),
    "audio": {"core"},
    "api": {"core"},
    "store": {"core"},
    "account": {"api", "core"},
    "library": BELOW_LIBRARY,
    "review": {"library", "store", "core"},
    "exchange": {"library", "audio", "core"},
    "upload": {"api", "store", "audio", "account", "core"},
    "timeline": {"library", "audio", "dsp", "core"},
    "station": {"store", "audio", "dsp", "core"},
    "viewer": {"timeline"} | BELOW_LIBRARY | {"library"},
}
ARROWS["ui"] = set(ARROWS) - {"station"}

# An outside header and the folders that may include it.
HOMES = [
    (r"^(gtk|gdk|gsk|adwaita|graphene|pango)", {"viewer", "ui"}),
    (r"^epoxy/", {"viewer"}),
    (r"^libsoup/", {"api", "station"}),
    (r"^json-glib/", {"api", "station"}),
    (r"^sqlite3", {"store"}),
    (r"^libsecret/", {"account"}),
    (r"^gst/", {"audio"}),
    (r"^fftw3", {"dsp"}),
    (r"^zlib\.h", {"exchange"}),
]
# dsp is plain C: nothing of GLib.
DSP_FORBIDDEN = re.compile(r"^(glib|gio|gobject)")

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def check(path, folder):
    problems = []
    for kind, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        top = name.split("/")[0]
        if kind == '"':
            if "/" in name and top in ARROWS and top != folder and top not in ARROWS[folder]:
                problems.append(f"{path}: {folder} may not include {name}")
            if ".." in name:
                problems.append(f"{path}: {name} climbs out of its folder")
        for pattern, homes in HOMES:
            if re.match(pattern, name) and folder not in homes:
                problems.append(f"{path}: {name} belongs in {', '.join(sorted(homes))}")
        if folder == "dsp" and DSP_FORBIDDEN.match(name):
            problems.append(f"{path}: dsp is plain C and may not include {name}")
    return problems


def main():
    root = pathlib.Path(sys.argv[1]) / "src"
    files = sorted(root.glob("*/*.[ch]"))
    print(f"1..{2 + len(ARROWS)}")
    unknown = {path.parent.name for path in files} - set(ARROWS)
    report("every folder is known", [f"src/{name} is not in the list of folders" for name in sorted(unknown)])
    report("there is something to read", [] if len(files) > 50 else ["too few files were found"])
    ok = not unknown and len(files) > 50
    for folder in ARROWS:
        problems = [problem for path in files if path.parent.name == folder for problem in check(path, folder)]
        ok &= report(f"arrows of {folder}", problems)
    return 0 if ok else 1


def report(name, problems):
    print(f"{'not ok' if problems else 'ok'} - {name}")
    for problem in problems:
        print(f"# {problem}")
    return not problems


if __name__ == "__main__":
    sys.exit(main())
