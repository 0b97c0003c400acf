#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that po/POTFILES lists exactly the files that hold text for people, sorted."""

import pathlib
import re
import sys

C_TEXT = re.compile(r'(?<!\w)(?:N?C?_|ngettext|gettext|g_dngettext)\s*\(\s*(?:"|GETTEXT_PACKAGE)')
UI_TEXT = re.compile(r'translatable="(?:yes|true)"')


def holds_text(path):
    if path.suffix == ".c":
        return C_TEXT.search(path.read_text(encoding="utf-8"))
    if path.suffix == ".ui":
        return UI_TEXT.search(path.read_text(encoding="utf-8"))
    return path.name.endswith((".desktop.in.in", ".metainfo.xml.in.in", ".gschema.xml.in"))


def main():
    root = pathlib.Path(sys.argv[1])
    listed = [line for line in (root / "po" / "POTFILES").read_text(encoding="utf-8").splitlines()
              if line and not line.startswith("#")]
    there = {str(path.relative_to(root)) for folder in ("src", "data") for path in (root / folder).rglob("*")
             if path.is_file() and holds_text(path)}
    problems = [f"{name} holds text for people and is not listed" for name in sorted(there - set(listed))]
    problems += [f"{name} is listed and holds no text for people, or is not there" for name in sorted(set(listed) - there)]
    if listed != sorted(listed):
        problems.append("the list is not sorted")
    print("1..1")
    print(f"{'not ok' if problems else 'ok'} - po/POTFILES is true")
    for problem in problems:
        print(f"# {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
