#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the shipping manifest as it is built on the runtime that make-runtime.sh makes: the same program with the same
permissions, tested while it is built."""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent

# Modules that the runtime has already.
THERE = {"fftw"}

TEST = "meson test --no-rebuild --print-errorlogs --suite unit --suite service"


def main():
    manifest = json.loads((HERE / "com.darukaa.Chorus.json").read_text(encoding="utf-8"))
    manifest.update({"runtime": "org.debian.Platform", "runtime-version": "12", "sdk": "org.debian.Sdk"})
    manifest["modules"] = [module for module in manifest["modules"] if module["name"] not in THERE]
    for module in manifest["modules"]:
        module.update({"run-tests": True, "test-rule": "", "test-commands": [TEST]})
        for source in module["sources"]:
            source["path"] = str(HERE / source["path"])
    json.dump(manifest, sys.stdout, indent=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
