#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Formats the C files, or with --check tells which ones `./dev format` would change.

clang-format does most of it. Some habits of GTK code are beyond it: each parameter of a function stands on a line of its
own with the names lined up, and gettext's short macros have no space before the parenthesis.
"""

import pathlib
import re
import subprocess
import sys

GETTEXT = re.compile(r"(?<!\w)(N?C?_) \(")
QUARK = re.compile(r"(?<=^G_DEFINE_QUARK \()[^,]+", re.MULTILINE)
# A function's name at the left margin, or after its return type, with the parenthesis that opens its parameters.
FUNCTION = re.compile(r"^(?!#|typedef|return|else)(?:[a-z_A-Z][\w ]*[ *]+)?[a-z_][\w]*[a-z0-9_] \((?=[^)*]*\w[ *])")
PARAMETER = re.compile(r"(?P<type>(?:(?:const|unsigned|struct|enum|signed) )*\w+(?: const)?)(?P<stars> (?:\*|\*const |\*restrict )*)"
                       r"(?P<name>\w+(?:\[\w*\])*)")


def parameters(text):
    parts = [PARAMETER.fullmatch(part.strip()) for part in text.split(",")]
    if len(parts) < 2 or None in parts:
        return None
    return [(part.group("type"), part.group("stars").lstrip(), part.group("name")) for part in parts]


def align(lines):
    out = []
    index = 0
    while index < len(lines):
        match = FUNCTION.match(lines[index])
        last = index
        while match and ")" not in lines[last] and lines[last].endswith(",") and last + 1 < len(lines):
            last += 1
        inside, closing, tail = " ".join(line.strip() for line in lines[index:last + 1]).partition(")") if match else ("", "", "")
        parts = parameters(inside[match.end():]) if closing else None
        if not parts:
            out.append(lines[index])
            index += 1
            continue
        head = match.group(0)
        width = max(len(kind) for kind, _, _ in parts)
        stars = max(len(star) for _, star, _ in parts)
        for number, (kind, star, name) in enumerate(parts):
            text = f"{kind.ljust(width)} {star.rjust(stars)}{name}"
            out.append((head if number == 0 else " " * len(head)) + text + ("," if number < len(parts) - 1 else ")" + tail))
        index = last + 1
    return out


def formatted(path):
    text = subprocess.run(["clang-format", str(path)], capture_output=True, text=True, check=True).stdout
    text = GETTEXT.sub(r"\1(", text)
    text = QUARK.sub(lambda match: match.group(0).replace(" ", ""), text)
    return "\n".join(align(text.split("\n")))


def main():
    check = sys.argv[1] == "--check"
    root = pathlib.Path(sys.argv[2 if check else 1])
    wrong = []
    for path in sorted([*root.glob("src/**/*.[ch]"), *root.glob("tests/**/*.[ch]")]):
        text = path.read_text(encoding="utf-8")
        better = formatted(path)
        if text != better:
            wrong.append(path)
            if not check:
                path.write_text(better, encoding="utf-8")
    if not check:
        return 0
    print("1..1")
    print(f"{'not ok' if wrong else 'ok'} - every C file is formatted")
    for path in wrong:
        print(f"# ./dev format would change {path.relative_to(root)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
