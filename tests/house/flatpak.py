#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest is sound JSON, asks for what the README says and no more, and pins what it downloads."""

import json
import pathlib
import sys

PERMISSIONS = {"--share=network", "--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri",
               "--socket=pulseaudio"}


def main():
    manifest = json.loads((pathlib.Path(sys.argv[1]) / "flatpak" / "com.darukaa.Chorus.json").read_text(encoding="utf-8"))
    problems = []
    if set(manifest["finish-args"]) != PERMISSIONS:
        problems.append("permissions: " + " ".join(sorted(set(manifest["finish-args"]) ^ PERMISSIONS)))
    for module in manifest["modules"]:
        for source in module["sources"]:
            if "url" in source and len(source.get("sha256", "")) != 64:
                problems.append(f"{module['name']} is downloaded without a checksum")
    print("1..1")
    print(f"{'not ok' if problems else 'ok'} - the manifest asks for no more than it needs")
    for problem in problems:
        print(f"# {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
