#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures a figure of a tone, drawn in inverted gray on white, with nothing but the standard library.

Usage: check-figure.py png FILE | svg FILE

The recording has 1 s at 48 kHz and a tone of 6 kHz at -6.02 dBFS from 0.25 to 0.75 s, else silence. The figure shows all
of it, from -100 to 0 dBFS.
"""

import base64
import struct
import sys
import xml.etree.ElementTree
import zlib

WIDTH, HEIGHT = 120.0, 80.0  # mm
DPI = 300
# Gray in a range of 100 dB, upside down; levels are kept in steps of 150/255 dB.
TONE = 255 - 255 * (100 - 6.0206) / 100
TOLERANCE = 2.0


def read_png(data):
    """Width, height, rows of gray (the mean of the colors), and pixels to the meter."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    place, pixels, density = 8, b"", None
    while place < len(data):
        size, name = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + size]
        assert struct.unpack(">I", data[place + 8 + size:place + 12 + size])[0] == zlib.crc32(name + body)
        if name == b"IHDR":
            width, height, depth, kind, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert depth == 8 and kind in (2, 6) and interlace == 0, (depth, kind)
            n = {2: 3, 6: 4}[kind]
        elif name == b"IDAT":
            pixels += body
        elif name == b"pHYs":
            density = struct.unpack(">IIB", body)
        place += 12 + size
    raw = zlib.decompress(pixels)
    stride, rows, before = width * n, [], bytearray(width * n)
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        if kind == 1:
            for i in range(n, stride):
                row[i] = (row[i] + row[i - n]) & 255
        elif kind == 2:
            for i in range(stride):
                row[i] = (row[i] + before[i]) & 255
        elif kind == 3:
            for i in range(stride):
                row[i] = (row[i] + ((row[i - n] if i >= n else 0) + before[i]) // 2) & 255
        elif kind == 4:
            for i in range(stride):
                a, b, c = (row[i - n] if i >= n else 0), before[i], (before[i - n] if i >= n else 0)
                p = a + b - c
                nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
                row[i] = (row[i] + nearest) & 255
        rows.append(row)
        before = row
    return width, height, [[sum(row[i:i + 3]) / 3 for i in range(0, stride, n)] for row in rows], density


def middle_of_line(values, start, step):
    """From START on, the middle of the first dark line."""
    i = start
    while values[i] > 200:
        i += step
    first = i
    while values[i] <= 200:
        i += step
    return (first + i - step) / 2


def check_spectrogram(rows, left, right, top, bottom):
    """The tone within the plot whose edges are these."""
    def x_of(seconds):
        return left + seconds * (right - left)

    tone_y = top + (1 - 6000 / 24000) * (bottom - top)
    middle = int(x_of(0.5))
    column = [rows[y][middle] for y in range(int(top) + 4, int(bottom) - 4)]
    darkest = min(column)
    found = [i + int(top) + 4 for i, value in enumerate(column) if value == darkest]
    assert abs(sum(found) / len(found) + 0.5 - tone_y) <= 2, (found, tone_y)
    assert abs(darkest - TONE) <= TOLERANCE, (darkest, TONE)
    for seconds in (0.3, 0.4, 0.6, 0.7):
        assert abs(min(row[int(x_of(seconds))] for row in rows[found[0] - 2:found[-1] + 3]) - TONE) <= TOLERANCE, seconds
    for seconds in (0.1, 0.2, 0.8, 0.9):
        assert rows[found[0]][int(x_of(seconds))] == 255, f"no silence at {seconds} s"
    # 90 dB below, far from the tone.
    assert rows[int(top + (1 - 20000 / 24000) * (bottom - top))][middle] > 225

    # Where half of the window is in the tone its level is 6 dB lower, as it is at the edges.
    half = TONE + 255 * 6.02 / 100
    row = rows[found[0]]
    first = next(x for x in range(int(left) + 4, middle) if row[x] <= half)
    last = next(x for x in range(int(right) - 4, middle, -1) if row[x] <= half)
    assert abs(first - x_of(0.25)) <= 0.004 * (right - left), (first, x_of(0.25))
    assert abs(last + 1 - x_of(0.75)) <= 0.004 * (right - left), (last, x_of(0.75))


def check_png(data):
    width, height, rows, density = read_png(data)
    assert (width, height) == (round(WIDTH / 25.4 * DPI), round(HEIGHT / 25.4 * DPI)), (width, height)
    assert density and density[2] == 1 and abs(density[0] - DPI / 0.0254) <= 1, density
    assert all(rows[y][x] == 255 for y in (0, height - 1) for x in range(width)), "the margin is not white"

    # Nothing is, in the upper half, to the right of the frame of the plot.
    edge_x = next(x for x in range(width - 1, 0, -1) if min(rows[y][x] for y in range(height // 2)) <= 200)
    column = [row[edge_x - 12] for row in rows]
    top = middle_of_line(column, 0, 1)
    bottom = middle_of_line(column, int(top) + 12, 1)
    right = middle_of_line(rows[int(top) + 12], width - 1, -1)
    left = middle_of_line(rows[int(top) + 12][:int(width * 0.2)], int(width * 0.2) - 1, -1)
    assert right - left > 0.7 * width and bottom - top > 0.7 * height, (left, right, top, bottom)
    check_spectrogram(rows, left + 0.5, right + 0.5, top + 0.5, bottom + 0.5)


def check_svg(data):
    root = xml.etree.ElementTree.fromstring(data)
    assert root.tag.endswith("}svg"), root.tag
    assert root.get("width").endswith("pt") and abs(float(root.get("width")[:-2]) - WIDTH / 25.4 * 72) < 0.01, root.attrib
    href = "{http://www.w3.org/1999/xlink}href"
    images = [node.get(href) for node in root.iter() if node.tag.endswith("}image")]
    assert len(images) == 1, f"{len(images)} images"
    assert images[0].startswith("data:image/png;base64,")
    width, height, rows, _ = read_png(base64.b64decode(images[0].split(",", 1)[1]))
    assert width > 0.7 * WIDTH / 25.4 * DPI and height > 0.7 * HEIGHT / 25.4 * DPI, (width, height)
    check_spectrogram(rows, 0, width, 0, height)
    glyphs = sum(1 for node in root.iter() if node.tag.endswith("}use"))
    # "Frequency (kHz)", "Time (s)", and the labels.
    assert glyphs >= len("Frequency(kHz)Time(s)0.00.20.40.60.81.005101520"), glyphs


def main():
    with open(sys.argv[2], "rb") as file:
        {"png": check_png, "svg": check_svg}[sys.argv[1]](file.read())


if __name__ == "__main__":
    main()
