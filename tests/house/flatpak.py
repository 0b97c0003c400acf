#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifests ask for what the README gives a reason for and no more, pin what they download, and differ in
nothing else than they should."""

import json
import pathlib
import re
import sys

MANIFESTS = ("com.darukaa.Chorus.json", "com.darukaa.Chorus.Devel.json")

# A row of the README's table: a permission and the reason for it.
ROW = re.compile(r"^\| (`--[^|]+`) \| ([^|]{10,}) \|$", re.MULTILINE)

# What a sandbox is for is not to be given away again.
NEVER = re.compile(r"^--(filesystem|persist|talk-name|system-talk-name|own-name|allow|device=all|socket=(session|system)-bus)")


def problems_of(name, manifest, reasons):
    permissions = set(manifest["finish-args"])
    for permission in sorted(permissions - reasons):
        yield f"{name}: the README gives no reason for {permission}"
    for permission in sorted(reasons - permissions):
        yield f"{name}: does not ask for {permission}, which the README says it does"
    for permission in sorted(permissions):
        if NEVER.match(permission):
            yield f"{name}: {permission} opens the sandbox"
    for module in manifest["modules"]:
        for source in module["sources"]:
            if "url" in source and len(source.get("sha256", "")) != 64:
                yield f"{name}: {module['name']} is downloaded without a checksum"


def main():
    root = pathlib.Path(sys.argv[1])
    reasons = set()
    for permissions, _ in ROW.findall((root / "README.md").read_text(encoding="utf-8")):
        reasons.update(re.findall(r"`(--[^`]+)`", permissions))
    manifests = [json.loads((root / "flatpak" / name).read_text(encoding="utf-8")) for name in MANIFESTS]

    problems = [problem for name, manifest in zip(MANIFESTS, manifests) for problem in problems_of(name, manifest, reasons)]
    for key in ("runtime", "runtime-version", "sdk", "finish-args"):
        if manifests[0][key] != manifests[1][key]:
            problems.append(f"the manifests differ in {key}")
    downloads = [[source for module in manifest["modules"] for source in module["sources"] if "url" in source]
                 for manifest in manifests]
    if downloads[0] != downloads[1]:
        problems.append("the manifests download different things")

    print("1..1")
    print(f"{'not ok' if problems else 'ok'} - the manifests ask for no more than they need")
    for problem in problems:
        print(f"# {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
