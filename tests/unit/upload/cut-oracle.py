#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes recordings that have to be cut, and checks the parts with readers that are not ours.

Usage: cut-oracle.py write FOLDER
       cut-oracle.py check FOLDER

"write" prints one recording a line, separated by tabs: name, limit of size, limit of duration. "check" reads
FOLDER/parts.txt, one part a line: name, method, number, first frame, frames, start, duration, size; and the parts
themselves, NAME.NUMBER.part.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import warnings
from fractions import Fraction

import numpy
import scipy.io.wavfile
import soundfile

ENCODINGS = {
    # name: tag, bytes, bits, soundfile dtype
    "u8": (1, 1, 8, "int32"),
    "s16": (1, 2, 16, "int32"),
    "s12in16": (1, 2, 12, None),
    "s24": (1, 3, 24, "int32"),
    "s20in24": (1, 3, 20, None),
    "s24in32": (1, 4, 24, None),
    "s32": (1, 4, 32, "int32"),
    "f32": (3, 4, 32, "float32"),
    "f64": (3, 8, 64, "float64"),
    "alaw": (6, 1, 8, "int16"),
    "ulaw": (7, 1, 8, "int16"),
}

DROPPED = ["cue ", "plst", "smpl", "PEAK", "levl", "JUNK", "FLLR", "ds64", "MD5 "]


def chunk(name, contents, pad=True):
    return name.encode() + struct.pack("<I", len(contents)) + contents + (b"\0" if pad and len(contents) % 2 else b"")


def format_chunk(encoding, rate, channels, extensible):
    tag, size, bits, _ = ENCODINGS[encoding]
    fields = struct.pack("<HHIIHH", 0xFFFE if extensible else tag, channels, rate, rate * channels * size,
                         channels * size, 8 * size if extensible else bits)
    if extensible:
        fields += struct.pack("<HHI", 22, bits, 0)
        fields += struct.pack("<H", tag) + bytes.fromhex("000000001000800000aa00389b71")
    elif tag != 1:
        fields += struct.pack("<H", 0)
    return fields


def random_samples(rng, encoding, count):
    if encoding == "f32":
        return rng.uniform(-1, 1, count).astype("<f4").tobytes()
    if encoding == "f64":
        return rng.uniform(-1, 1, count).astype("<f8").tobytes()
    return rng.bytes(count * ENCODINGS[encoding][1])


def chunks_of_every_kind(rng, before):
    """Some that stay byte for byte, whatever the part, and some that must go. With whether the chunk stays."""
    kinds = [
        ("note", rng.bytes(int(rng.integers(0, 40))), True),
        ("LIST", b"INFOISFT" + struct.pack("<I", 7) + b"Writer\0\0", True),
        ("iXML", b"<BWFXML><PROJECT>P</PROJECT></BWFXML>", True),
        ("id3 ", b"ID3" + rng.bytes(20), True),
        ("cue ", rng.bytes(28), False),
        ("LIST", b"adtllabl" + struct.pack("<I", 8) + rng.bytes(8), False),
        ("PEAK", rng.bytes(16), False),
        ("smpl", rng.bytes(36), False),
        ("JUNK", rng.bytes(28), False),
        ("axml", rng.bytes(33), True),
    ]
    picked = [kind for kind in kinds if rng.random() < (0.35 if before else 0.3)]
    return picked


class Writer:
    def __init__(self, folder):
        self.folder = folder
        self.notes = {}
        self.rng = numpy.random.default_rng(20260511)
        self.lines = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def add(self, name, size, duration, **notes):
        self.notes[name] = dict(notes, limit_size=size, limit_duration=duration)
        self.lines.append(f"{name}\t{size}\t{duration!r}")

    def finish(self):
        with open(self.path("notes.json"), "w", encoding="utf-8") as file:
            json.dump(self.notes, file)
        print("\n".join(self.lines))

    def riff(self, name, encoding, rate, channels, n_frames, size, duration, magic="RIFF", extensible=False,
             before=(), after=(), data_size=None, riff_size=None, pad=True, pad_before=True, fact=False,
             remainder=b"", format_last=False, method=None):
        """A file of the RIFF family. data_size and riff_size are what it says and not what it holds."""
        frame = channels * ENCODINGS[encoding][1]
        samples = random_samples(self.rng, encoding, n_frames * channels)
        data = samples + remainder
        fields = format_chunk(encoding, rate, channels, extensible)
        head = b"" if format_last else chunk("fmt ", fields)
        if fact:
            head += chunk("fact", struct.pack("<I", n_frames))
        for chunk_name, contents, _ in before:
            head += chunk(chunk_name, contents, pad_before)
        tail = b"\0" if pad and len(data) % 2 else b""
        if format_last:
            tail += chunk("fmt ", fields)
        for chunk_name, contents, _ in after:
            tail += chunk(chunk_name, contents)
        stated = len(data) if data_size is None else data_size(len(data))
        ds64 = b""
        if magic != "RIFF":
            total = 4 + 36 + len(head) + 8 + len(data) + len(tail)
            ds64 = chunk("ds64", struct.pack("<QQQI", total, stated, n_frames, 0))
            stated = 0xFFFFFFFF
        body = b"WAVE" + ds64 + head + b"data" + struct.pack("<I", stated & 0xFFFFFFFF) + data + tail
        whole = len(body) if riff_size is None else riff_size(len(body))
        if magic != "RIFF":
            whole = 0xFFFFFFFF
        contents = magic.encode() + struct.pack("<I", whole & 0xFFFFFFFF) + body
        with open(self.path(name), "wb") as file:
            file.write(contents)
        with open(self.path(name + ".raw"), "wb") as file:
            file.write(samples)
        regular = magic == "RIFF" and data_size is None and riff_size is None and not format_last and pad_before
        fits = len(contents) <= size and n_frames <= duration * rate
        self.add(name, size, duration, method=method or ("whole" if regular and fits else "copy"), rate=str(rate),
                 frame=frame, n_frames=n_frames, dtype=ENCODINGS[encoding][3], format=fields.hex(),
                 before=[[c[0], c[1].hex()] for c in before if c[2]], after=[[c[0], c[1].hex()] for c in after if c[2]],
                 fact=fact)

    def random_riff(self, number):
        rng = self.rng
        encoding = list(ENCODINGS)[number % len(ENCODINGS)]
        rate = int(rng.choice([8000, 11025, 22050, 44100, 48000, 96000, 192000, 250000, 384000, 1,
                               int(rng.integers(8000, 384001)), int(rng.integers(8000, 50000))]))
        channels = int(rng.choice([1, 1, 1, 2, 2, 3, 6, 8]))
        frame = channels * ENCODINGS[encoding][1]
        most = min(1500000 // frame, int(40 * rate) + 1)
        n_frames = int(rng.integers(1, most + 1))
        # Of any size, so that parts of three seconds fit in some and not in others.
        size = int(rng.integers(4096, max(8192, n_frames * frame)))
        size = max(size, n_frames * frame // 25)
        duration = float(rng.choice([300, rng.uniform(3, 40), rng.uniform(0.5, 3), rng.integers(1, 13)]))
        duration = max(duration, n_frames / rate / 25, 1.5 / rate)
        self.riff(f"random-{number:03}-{encoding}-{rate}-{channels}.wav", encoding, rate, channels, n_frames, size,
                  duration, magic=str(rng.choice(["RIFF", "RIFF", "RF64", "BW64"])),
                  extensible=bool(rng.random() < 0.3) and encoding not in ("alaw", "ulaw"),
                  before=chunks_of_every_kind(rng, True), after=chunks_of_every_kind(rng, False),
                  fact=ENCODINGS[encoding][0] != 1)

    def seams(self):
        """Limits that are met to the byte and to the frame, and those that are missed by one."""
        for extra in (-1, 0, 1):
            self.riff(f"exact-size{extra:+}.wav", "s16", 8000, 1, 9 * 8000, 44 + 2 * 9 * 8000 + extra, 300.0)
            self.riff(f"exact-step{extra:+}.wav", "s16", 8000, 1, 9 * 8000, 44 + 2 * 3 * 8000 + extra, 300.0)
            self.riff(f"exact-odd{extra:+}.wav", "u8", 11025, 1, 9 * 11025, 44 + 3 * 11025 + 1 + extra, 300.0)
            self.riff(f"exact-duration{extra:+}.wav", "s16", 8000, 1, 9 * 8000 + extra, 25000000, 9.0)
        self.riff("one-frame.wav", "s24", 48000, 3, 1, 25000000, 300.0)
        self.riff("one-frame-parts.wav", "s16", 8000, 2, 20, 48, 300.0)

    def faults(self):
        before = [("LIST", b"INFOISFT" + struct.pack("<I", 7) + b"Writer\0\0", True)]
        odd = [("note", b"odd", True)]
        common = ("s16", 8000, 1, 5 * 8000)
        for limit in (25000000, 60000):
            self.riff(f"size-0-{limit}.wav", *common, limit, 300.0, before=before, data_size=lambda n: 0)
            self.riff(f"size-unknown-{limit}.wav", *common, limit, 300.0, before=before, data_size=lambda n: 2**32 - 1,
                      riff_size=lambda n: 2**32 - 1)
            self.riff(f"size-44-{limit}.wav", *common, limit, 300.0, before=before, data_size=lambda n: n + 44)
            self.riff(f"truncated-{limit}.wav", *common, limit, 300.0, before=before, data_size=lambda n: 10 * n,
                      riff_size=lambda n: 10 * n)
            self.riff(f"riff-0-{limit}.wav", *common, limit, 300.0, riff_size=lambda n: 0)
            self.riff(f"format-last-{limit}.wav", *common, limit, 300.0, format_last=True)
            self.riff(f"no-pad-before-{limit}.wav", *common, limit, 300.0, before=odd, pad_before=False)
            self.riff(f"truncated-{limit}.rf64", *common, limit, 300.0, magic="RF64", data_size=lambda n: 10 * n)
            self.riff(f"half-frame-{limit}.rf64", "s16", 8000, 2, 5 * 8000, limit, 300.0, magic="RF64",
                      remainder=b"abc", after=odd)
        self.riff("half-frame.wav", "s16", 8000, 2, 5 * 8000, 60000, 300.0, remainder=b"abc", after=odd)
        self.riff("odd-pad.wav", "u8", 8001, 1, 5 * 8001, 30000, 300.0, after=odd)
        self.riff("odd-no-pad.wav", "u8", 8001, 1, 5 * 8001, 30000, 300.0, pad=False)
        self.riff("odd-whole.wav", "u8", 8001, 1, 8001, 30000, 300.0)
        # More metadata than is kept: what fits stays.
        self.riff("metadata.wav", *common, 700000, 300.0,
                  before=[("aaaa", bytes(600000), True), ("bbbb", bytes(600000), False), ("cccc", b"12345", True)])

    def sound_file(self, name, container, subtype, endian, rate, channels, seconds, size, duration, dtype, method):
        n_frames = round(seconds * rate)
        samples = self.rng.uniform(-1, 1, (n_frames, channels))
        samples[0], samples[1], samples[2] = 1 - 2**-31, -1, 0
        soundfile.write(self.path(name), samples, rate, subtype, endian, container)
        truth, _ = soundfile.read(self.path(name), dtype=dtype, always_2d=True)
        numpy.save(self.path(name + ".npy"), truth)
        self.add(name, size, duration, method=method, rate=str(rate), n_frames=len(truth), dtype=dtype)

    def converted(self):
        for subtype, dtype in (("PCM_S8", "int32"), ("PCM_U8", "int32"), ("PCM_16", "int32"), ("PCM_24", "int32"),
                               ("PCM_32", "int32"), ("FLOAT", "float32"), ("DOUBLE", "float64"), ("ALAW", "int16"),
                               ("ULAW", "int16")):
            for channels in (1, 3):
                self.sound_file(f"{subtype}-{channels}.aiff", "AIFF", subtype, "FILE", 8000, channels, 10.3, 150000,
                                300.0, dtype, "decode")
        self.sound_file("little.aiff", "AIFF", "PCM_16", "LITTLE", 8000, 2, 7, 120000, 300.0, "int32", "decode")
        # Longer than what is converted at once.
        self.sound_file("long.aiff", "AIFF", "PCM_24", "FILE", 96000, 3, 4, 25000000, 300.0, "int32", "decode")
        for subtype, dtype in (("PCM_U8", "int32"), ("PCM_16", "int32"), ("PCM_24", "int32"), ("PCM_32", "int32"),
                               ("FLOAT", "float32"), ("DOUBLE", "float64"), ("ULAW", "int16")):
            self.sound_file(f"{subtype}.w64", "W64", subtype, "FILE", 11025, 2, 10.3, 250000, 300.0, dtype, "copy")
        self.sound_file("small.w64", "W64", "PCM_16", "FILE", 11025, 1, 2.5, 250000, 300.0, "int32", "copy")
        # The rate of the first Macintosh, 22254 and 6/11 Hz, as 16 bits before and after the point.
        self.sound_file("mac.aiff", "AIFF", "PCM_S8", "FILE", 22255, 1, 13, 100000, 300.0, "int32", "decode")
        with open(self.path("mac.aiff"), "r+b") as file:
            contents = file.read()
            common = contents.index(b"COMM")
            file.seek(common + 8 + 8)
            file.write(struct.pack(">HI", 16383 + 14, 0x56EE8BA3 << 1) + bytes(4))
        self.notes["mac.aiff"]["rate"] = str(Fraction(0x56EE8BA3, 65536))
        self.notes["mac.aiff"]["header_rate"] = 22255

    def decoded(self):
        for subtype, rate in (("PCM_S8", 8000), ("PCM_16", 44100), ("PCM_24", 48000)):
            self.sound_file(f"{subtype}.flac", "FLAC", subtype, "FILE", rate, 2, 7.7, 600000, 300.0, "int32", "decode")
            self.notes[f"{subtype}.flac"]["bits"] = 24 if subtype == "PCM_24" else 16
        self.sound_file("within.flac", "FLAC", "PCM_16", "FILE", 22050, 1, 2, 25000000, 300.0, "int32", "decode")
        if shutil.which("ffmpeg") is None:
            return
        # GStreamer rounds the end that Ogg states up by a frame.
        self.encoded("vorbis.ogg", ["-c:a", "libvorbis"], 1)
        self.encoded("a.mp3", ["-c:a", "libmp3lame", "-b:a", "128k"], 1152, misfit=1.5)
        self.encoded("alac16.m4a", ["-c:a", "alac", "-sample_fmt", "s16p"], None, 16)
        self.encoded("alac24.m4a", ["-c:a", "alac", "-sample_fmt", "s32p"], None, 24)
        self.encoded("opus.webm", ["-c:a", "libopus"], 960)
        self.encoded("a.wv", ["-c:a", "wavpack", "-sample_fmt", "s32p"], None, 24)
        self.encoded("pcm24.au", ["-c:a", "pcm_s24be"], None, 24)

    def encoded(self, name, arguments, slack, bits=16, misfit=0.6):
        """A rising tone, whose place in time can be told, with noise beneath it, through ffmpeg."""
        rate, seconds = 48000, 10
        time = numpy.arange(rate * seconds) / rate
        samples = 0.5 * numpy.sin(2 * numpy.pi * (300 * time + 150 * time**2))
        samples += self.rng.uniform(-0.01, 0.01, len(samples))
        source = self.path("source.wav")
        soundfile.write(source, samples, rate, "PCM_24")
        command = ["ffmpeg", "-v", "error", "-y", "-i", source, *arguments, self.path(name)]
        if subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode != 0:
            return
        raw = subprocess.run(["ffmpeg", "-v", "error", "-i", self.path(name), "-f", "s32le", "-ac", "1", "-"], check=True,
                             stdout=subprocess.PIPE).stdout
        truth = numpy.frombuffer(raw, "<i4").reshape(-1, 1)
        numpy.save(self.path(name + ".npy"), truth)
        self.add(name, 25000000, 4.0, method="decode", rate=str(rate), dtype="int32", bits=bits,
                 **({"lossy": True, "slack": slack, "misfit": misfit} if slack else {"n_frames": len(truth)}))


def write(folder):
    writer = Writer(folder)
    for number in range(66):
        writer.random_riff(number)
    writer.seams()
    writer.faults()
    writer.converted()
    writer.decoded()
    writer.finish()


def parse(contents):
    """The chunks of a WAV file, with every size in it believed."""
    magic, size, form = struct.unpack_from("<4sI4s", contents)
    assert magic == b"RIFF" and form == b"WAVE", "not RIFF"
    assert size == len(contents) - 8, f"RIFF size {size} in {len(contents)} bytes"
    chunks = []
    offset = 12
    while offset < len(contents):
        name, size = struct.unpack_from("<4sI", contents, offset)
        assert offset + 8 + size <= len(contents), f"chunk {name} is too long"
        chunks.append((name.decode("latin-1"), contents[offset + 8:offset + 8 + size]))
        offset += 8 + size
        if size % 2:
            assert contents[offset:offset + 1] == b"\0", f"no pad after {name}"
            offset += 1
    assert offset == len(contents), "bytes at the end"
    return chunks


def nearest(rate, seconds):
    return int(Fraction(seconds) * rate + Fraction(1, 2))


def check_places(notes, parts):
    """Without a gap, within the limits, at multiples of three seconds, and as long as the limits allow."""
    rate = Fraction(notes["rate"])
    most_seconds = Fraction(notes["limit_duration"])
    frame = parts[0]["frame"]
    first = 0
    for number, part in enumerate(parts):
        assert part["first"] == first, f"part {number} begins at {part['first']} and not at {first}"
        assert part["frames"] > 0
        assert abs(part["start"] - float(first / rate)) < 1e-9
        assert abs(part["duration"] - float(part["frames"] / rate)) < 1e-9
        assert part["size"] <= notes["limit_size"], f"part {number} has {part['size']} bytes"
        assert part["frames"] <= most_seconds * rate, f"part {number} is too long"
        first += part["frames"]
        if number == len(parts) - 1:
            break
        samples = part["frames"] * frame
        room = notes["limit_size"] - (part["size"] - samples - samples % 2)
        fits = min(int(most_seconds * min(rate, round(rate))), room // frame)
        if fits * frame + fits * frame % 2 > room:
            fits -= 1
        if fits < int(3 * rate):
            assert abs(part["frames"] - fits) <= 1, f"part {number} has {part['frames']} frames and not {fits}"
            continue
        step = round(Fraction(first) / rate / 3)
        assert first == nearest(rate, 3 * step), f"part {number} ends at {float(first / rate)} s"
        assert nearest(rate, 3 * (step + 1)) - part["first"] > fits - 1, f"part {number} could be longer"
    if "n_frames" in notes:
        assert first == notes["n_frames"], f"{first} frames and not {notes['n_frames']}"


def check_chunks(notes, chunks, n_frames):
    names = [name for name, _ in chunks]
    data = names.index("data")
    assert names[0] == "fmt "
    for name in DROPPED:
        assert name not in names, f"{name} is still there"
    if "format" in notes:
        assert chunks[0][1].hex() == notes["format"]
    if notes.get("fact"):
        assert struct.unpack("<I", chunks[names.index("fact")][1]) == (n_frames,)
        chunks = [c for c in chunks if c[0] != "fact"]
        data -= 1
    if "before" in notes:
        assert [[c[0], c[1].hex()] for c in chunks[1:data]] == notes["before"], "chunks before the samples"
        assert [[c[0], c[1].hex()] for c in chunks[data + 1:]] == notes["after"], "chunks after the samples"


def check_lossy(notes, truth, samples):
    """The same sound to the nearest integer or so, but for how much of the encoder's padding is removed."""
    slack = notes.get("slack", 0)
    truth = truth.astype(float)[:, 0] / 2**31
    samples = samples.astype(float)[:, 0] / 2**31
    assert abs(len(truth) - len(samples)) <= 2 * slack, f"{len(samples)} frames and not {len(truth)}"
    window = slice(slack + 48000, len(truth) - slack - 48000)
    errors = {shift: numpy.abs(samples[window.start + shift:window.stop + shift] - truth[window]).max()
              for shift in {0, slack, -slack, 529, -529, 1105, -1105, 312, -312, 648, -648, 48, -48} if abs(shift) <= slack}
    best = min(errors.values())
    assert best < notes["misfit"] * 2**-15, f"differs by {best * 2**15:.2f} of 16 bits at best: {errors}"


def check_samples(folder, name, notes, parts, paths):
    assert all(soundfile.info(path).samplerate == notes.get("header_rate", Fraction(notes["rate"])) for path in paths)
    if notes["dtype"] is None:
        return
    read = [soundfile.read(path, dtype=notes["dtype"], always_2d=True)[0] for path in paths]
    for part, samples in zip(parts, read):
        assert len(samples) == part["frames"], f"soundfile reads {len(samples)} frames and not {part['frames']}"
    samples = numpy.concatenate(read)
    if "bits" in notes:
        assert all(soundfile.info(path).subtype == f"PCM_{notes['bits']}" for path in paths)
    truth_path = os.path.join(folder, name + ".npy")
    if not os.path.exists(truth_path):
        raw = open(os.path.join(folder, name + ".raw"), "rb").read()
        truth = original(raw, notes, samples.shape[1])
        if truth is None:
            return
    else:
        truth = numpy.load(truth_path)
    if notes.get("lossy"):
        check_lossy(notes, truth, samples)
    else:
        assert samples.shape == truth.shape and (samples == truth).all(), "the samples differ"


def original(raw, notes, channels):
    """What soundfile should read, by numpy from the bytes that were written."""
    tag, bits = struct.unpack_from("<H", bytes.fromhex(notes["format"]))[0], notes["frame"] // channels * 8
    if notes["dtype"] == "int16":
        return None
    if notes["dtype"] != "int32":
        return numpy.frombuffer(raw, "<f4" if bits == 32 else "<f8").reshape(-1, channels)
    assert tag in (1, 0xFFFE)
    wide = numpy.zeros((len(raw) * 8 // bits, 4), "u1")
    wide[:, 4 - bits // 8:] = numpy.frombuffer(raw, "u1").reshape(-1, bits // 8)
    if bits == 8:
        wide[:, 3] ^= 0x80
    return wide.view("<i4").reshape(-1, channels)


def check_recording(folder, name, notes, parts):
    methods = {part["method"] for part in parts}
    assert methods == {notes["method"]}, f"method {methods} and not {notes['method']}"
    paths = [os.path.join(folder, f"{name}.{number}.part") for number in range(len(parts))]
    contents = [open(path, "rb").read() for path in paths]
    for part, content in zip(parts, contents):
        assert len(content) == part["size"], f"{len(content)} bytes and not {part['size']}"
    if notes["method"] == "whole":
        assert contents == [open(os.path.join(folder, name), "rb").read()]
        return

    data = b""
    for part, content in zip(parts, contents):
        chunks = parse(content)
        check_chunks(notes, chunks, part["frames"])
        samples = dict(chunks)["data"]
        part["frame"] = len(samples) // part["frames"]
        assert part["frame"] * part["frames"] == len(samples)
        data += samples
    if os.path.exists(os.path.join(folder, name + ".raw")):
        assert data == open(os.path.join(folder, name + ".raw"), "rb").read(), "the bytes differ"
    check_places(notes, parts)
    check_samples(folder, name, notes, parts, paths)
    if "s16" in name or "f32" in name:
        # It says that it does not know a chunk.
        warnings.simplefilter("ignore")
        for part, path in zip(parts, paths):
            assert len(scipy.io.wavfile.read(path)[1]) == part["frames"]


def check(folder):
    with open(os.path.join(folder, "notes.json"), encoding="utf-8") as file:
        notes = json.load(file)
    recordings = {}
    for line in open(os.path.join(folder, "parts.txt"), encoding="utf-8"):
        name, method, number, first, frames, start, duration, size = line.rstrip("\n").split("\t")
        recordings.setdefault(name, []).append({"method": method, "number": int(number), "first": int(first),
                                                "frames": int(frames), "start": float(start),
                                                "duration": float(duration), "size": int(size)})
    failed = [name for name in notes if name not in recordings]
    for name in failed:
        print(f"{name}: no parts")
    for name, parts in recordings.items():
        try:
            check_recording(folder, name, notes[name], parts)
        except AssertionError as error:
            print(f"{name}: {error}")
            failed.append(name)
    print(f"{len(recordings)} recordings, {sum(map(len, recordings.values()))} parts, {len(failed)} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2])
    else:
        sys.exit(check(sys.argv[2]))
