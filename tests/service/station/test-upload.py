#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uploads: formats, limits, memory, and what is left of them when the station is killed in the middle."""

import base64
import hashlib
import json
import shutil
import socket
import subprocess
import threading
import time
from urllib.parse import urlsplit

import requests

from station import Station, check_store, data_url, expect, expect_error, run, wait, wav

MEGABYTE = 1000000
MAX_SIZE = 25 * MEGABYTE


class Body:
    """The body of an upload of the same file N times, made as it is read, with a known length."""

    def __init__(self, file, n):
        text = data_url(file).encode()
        self.pieces = [b"{\"files\":["] + [b"%s\"%s\"" % (b"," if i else b"", text) for i in range(n)] + [b"]}"]
        self.length = sum(map(len, self.pieces))

    def __len__(self):
        return self.length

    def __iter__(self):
        for piece in self.pieces:
            for start in range(0, len(piece), 65536):
                yield piece[start:start + 65536]


def send_part(station, deployment, body, n_bytes):
    """Begins an upload over a bare connection and stops after N_BYTES of the body."""
    where = urlsplit(station.url)
    connection = socket.create_connection((where.hostname, where.port), timeout=60)
    connection.sendall((f"POST /api/v1/deployments/{deployment}/audio/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {station.token}\r\n"
                        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode())
    sent = 0
    for piece in body:
        connection.sendall(piece[:n_bytes - sent])
        sent += len(piece)
        if sent >= n_bytes:
            break
    return connection


def convert(folder, kind, *options):
    source = folder / "tone.wav"
    source.write_bytes(wav(3, 48000, tone=3000))
    target = folder / f"tone.{kind}"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, *options, target], check=True)
    return target.read_bytes()


def formats(folder):
    if not shutil.which("ffmpeg"):
        print("# ffmpeg is not installed: only WAV is tried")
        return
    with Station(folder / "data", whole_stacks=True) as station:
        _, _, deployment = station.make_deployment()
        sounds = {"mp3": convert(folder, "mp3"), "m4a": convert(folder, "m4a", "-c:a", "aac"),
                  "webm": convert(folder, "webm", "-c:a", "libopus"), "wav": (folder / "tone.wav").read_bytes()}
        types = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "webm": "audio/webm", "wav": "audio/wav"}
        for kind, sound in sounds.items():
            # What the file is called counts for nothing.
            file = expect(station.upload(deployment, sound, kind="wav"), 201)["files"][0]
            assert file["name"].endswith("." + kind), file["name"]
            assert abs(file["duration"] - 3) < 0.1 and file["size"] == len(sound), file
            got = station.get(file["url"])
            assert got.content == sound and got.headers["Content-Type"] == types[kind]
            assert station.analyze(file["file_id"])["status"] == "completed"
        for kind, options in {"flac": [], "ogg": ["-c:a", "libvorbis"], "aiff": []}.items():
            error = expect_error(station.upload(deployment, convert(folder, kind, *options)), 400, "INVALID_FILE")
            assert kind in error["details"] or "accepted" in error["details"], error
        assert len(station.files(deployment)) == len(sounds)
    assert check_store(folder / "data") == len(sounds)


def limits(folder):
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        assert len(expect(station.upload(deployment, *[wav(0.1)] * 20), 201)["files"]) == 20
        expect_error(station.upload(deployment, *[wav(0.1)] * 21), 400, "TOO_MANY_FILES")

        # 44 bytes of header: as many samples as fit, and two bytes more.
        fits = wav((MAX_SIZE - 44) // 2 / 48000, 48000)
        assert len(fits) == MAX_SIZE
        assert expect(station.upload(deployment, fits), 201)["files"][0]["size"] == MAX_SIZE
        expect_error(station.upload(deployment, wav((MAX_SIZE - 44) // 2 / 48000 + 1 / 48000, 48000)), 413, "FILE_TOO_LARGE")

        expect(station.upload(deployment, wav(300, 8000)), 201)
        error = expect_error(station.upload(deployment, wav(300.01, 8000)), 400, "INVALID_FILE")
        assert "300" in error["details"]
        assert len(station.files(deployment)) == 22
    assert check_store(folder / "data") == 22


def refused(folder):
    sound = wav()
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        path = f"/api/v1/deployments/{deployment}/audio/upload"
        for file in [b"", b"This is a text file that somebody called sound.wav, as happens.", b"RIFF\x00\x00\x00\x00WAVE", b"\x89PNG\r\n\x1a\n" + bytes(100),
                     wav(0), b"RIFF" + bytes(1000), bytes(1000)]:
            error = expect_error(station.upload(deployment, sound, file), 400, "INVALID_FILE")
            assert "File 2" in error["details"], error
        good = data_url(sound)
        for text in ["", "{}", "[]", "{\"files\":[]}", "{\"files\":[1]}", "{\"files\":\"x\"}", "{\"files\":[\"x\"]}", "{\"files\":[\"data:audio/wav;base64,@\"]}",
                     "{\"files\":[\"" + good + "\"", "{\"files\":[\"" + good + "\"]}}", "{\"files\":[\"data:image/png;base64,AAAA\"]}",
                     "{\"a\":" + "[" * 100000, "{\"files\":[\"" + good[:-3] + "\"]}"]:
            expect_error(station.post(path, data=text.encode()), 400, "BAD_REQUEST")
        expect_error(station.post(path, data=b"\xff\xfe" * 100), 400, "BAD_REQUEST")
        # A body that is wrong at its beginning is read to its end, and answered.
        expect_error(station.post(path, data=b"x" * 50 * MEGABYTE), 400, "BAD_REQUEST")
        assert station.files(deployment) == []
    assert check_store(folder / "data") == 0


def unusual_bodies(folder):
    sound = wav()
    text = base64.b64encode(sound).decode()
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        path = f"/api/v1/deployments/{deployment}/audio/upload"
        pretty = json.dumps({"note": {"deep": [1, 2, {"files": None}]}, "files": [data_url(sound)] * 2, "more": "é\"\\"}, indent=4)
        escaped = "{\"files\":[\"" + data_url(sound).replace("/", "\\/") + "\"]}"
        wrapped = "{\"files\":[\"data:audio/wav;base64," + base64.encodebytes(sound).decode() + "\"]}"
        unicode = "{\"\\u0066iles\":[\"data:audio\\u002fwav;base64," + text + "\"]}"
        for body, n in [(pretty, 2), (escaped, 1), (wrapped, 1), (unicode, 1)]:
            files = expect(station.post(path, data=body.encode()), 201)["files"]
            assert len(files) == n
            for file in files:
                assert station.get(file["url"]).content == sound
        # Without a length, in chunks of one byte at the most awkward places.
        body = escaped.encode()
        cut = iter([body[:1], body[1:15], *[body[i:i + 1] for i in range(15, 60)], body[60:]])
        expect(station.post(path, data=cut), 201)


def refused_before_it_is_sent(folder):
    """With Expect: 100-continue nothing of the body is sent in vain."""
    if not shutil.which("curl"):
        return
    with Station(folder / "data") as station:
        body = folder / "body.json"
        body.write_bytes(b"".join(Body(wav(100, 48000), 2)))
        for token, status in [("wrong", 401), (station.token, 404)]:
            done = subprocess.run(["curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{size_upload}", "-H", "Expect: 100-continue",
                                   "-H", f"Authorization: Bearer {token}", "--data-binary", f"@{body}",
                                   f"{station.url}/api/v1/deployments/nowhere/audio/upload"], capture_output=True, text=True, check=True)
            assert done.stdout == f"{status} 0", done.stdout


def memory(folder):
    """500 MB of files in 667 MB of JSON: twenty of 25 MB, the most that a request may carry."""
    sound = wav((MAX_SIZE - 44) // 2 / 48000, 48000)
    body = Body(sound, 20)
    assert len(body) > 666 * MEGABYTE
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        expect(station.upload(deployment, wav()), 201)
        before = station.peak_memory()
        started = time.monotonic()
        sender = threading.Thread(target=lambda: results.append(station.post(f"/api/v1/deployments/{deployment}/audio/upload", data=iter_with_length(body))))
        results = []
        sender.start()
        # Meanwhile others are served.
        slowest = 0.0
        while sender.is_alive():
            asked = time.monotonic()
            requests.get(station.url + "/api/v1/projects", headers={"Authorization": f"Bearer {station.token}"}, timeout=60)
            slowest = max(slowest, time.monotonic() - asked)
            time.sleep(0.05)
        files = expect(results[0], 201)["files"]
        seconds = time.monotonic() - started
        growth = station.peak_memory() - before
        print(f"# {len(body) / 1e6:.0f} MB in {seconds:.1f} s; memory grew by {growth / 1e6:.1f} MB; others waited {slowest * 1000:.0f} ms at most")
        assert len(files) == 20
        assert growth < 40 * MEGABYTE, growth
        digest = hashlib.sha256(station.get(files[-1]["url"]).content).hexdigest()
        assert digest == hashlib.sha256(sound).hexdigest()
    assert check_store(folder / "data") == 21


def iter_with_length(body):
    """requests sends Content-Length for an object with a length that it can read like a file."""
    class Reader:
        def __init__(self):
            self.pieces = iter(body)

        def __len__(self):
            return len(body)

        def read(self, size=-1):
            return next(self.pieces, b"")

    return Reader()


def killed_while_receiving(folder):
    """kill -9 at many points of an upload: all of its files or none, and what was there before stays."""
    sound = wav(20, 48000, tone=3000)
    body = Body(sound, 4)
    kept = []
    for round_number, part in enumerate([0.01, 0.3, 0.55, 0.8, 0.999999, 1.0]):
        with Station(folder / "data") as station:
            if not kept:
                _, _, deployment = station.make_deployment()
            kept.append(expect(station.upload(deployment, wav(1 + round_number)), 201)["files"][0])
            connection = send_part(station, deployment, body, int(len(body) * part))
            if 0.3 <= part < 1:
                wait("a temporary file", lambda: list((station.folder / "incoming").iterdir()))
            station.kill()
            connection.close()
        with Station(folder / "data") as station:
            files = station.files(deployment)
            own = [file for file in files if file["size"] == len(sound)]
            assert len(own) % 4 == 0 and (part == 1.0 or not own), len(own)
            ids = {file["file_id"] for file in files}
            assert {file["file_id"] for file in kept} <= ids
            for file in kept:
                assert station.get(f"/api/v1/files/{file['file_id']}/audio").status_code == 200
        check_store(folder / "data")


def killed_while_committing(folder):
    """kill -9 at whatever moment after the whole body was sent."""
    body = Body(wav(2, 8000), 20)
    deployment = None
    for delay in range(12):
        with Station(folder / "data") as station:
            if not deployment:
                _, _, deployment = station.make_deployment()
            n_before = len(station.files(deployment))
            connection = send_part(station, deployment, body, len(body))
            time.sleep(delay * 0.015)
            station.kill()
            connection.close()
        with Station(folder / "data") as station:
            n_after = len(station.files(deployment))
            assert n_after in (n_before, n_before + 20), (n_before, n_after)
        check_store(folder / "data")


def client_leaves(folder):
    """A client that breaks off leaves nothing behind, and the station serves the next."""
    body = Body(wav(20, 48000), 3)
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        for part in [0.0, 0.2, 0.5, 0.9]:
            connection = send_part(station, deployment, body, int(len(body) * part))
            connection.close()
        incoming = station.folder / "incoming"
        wait("the temporary files to go", lambda: not list(incoming.iterdir()))
        expect(station.upload(deployment, wav()), 201)
        assert len(station.files(deployment)) == 1
    check_store(folder / "data")


def killed_while_analyzing(folder):
    """kill -9 while inferences are under way: they begin again by themselves, and each ends once."""
    sound = wav(100, 48000, tone=3000)
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        ids = [file["file_id"] for file in expect(station.upload(deployment, sound, sound, sound), 201)["files"]]
        for file_id in ids:
            expect(station.post(f"/api/v1/admin/files/{file_id}/inference"), 201)

    for _ in range(3):
        with Station(folder / "data") as station:
            states = lambda: [file["inferences"][-1]["status"] for file in station.files(deployment)]
            wait("an inference to run", lambda: "running" in states() or states() == ["completed"] * 3)
            station.kill()
        check_store(folder / "data")
    with Station(folder / "data") as station:
        results = [station.await_inference(file_id) for file_id in ids]
        assert [result["status"] for result in results] == ["completed"] * 3
        counts = {len(result["data"]["predictions"]) for result in results}
        assert len(counts) == 1 and counts.pop() >= 90
        assert [len(file["inferences"]) for file in station.files(deployment)] == [1, 1, 1]


run(formats, limits, refused, unusual_bodies, refused_before_it_is_sent, memory, killed_while_receiving, killed_while_committing,
    client_leaves, killed_while_analyzing)
