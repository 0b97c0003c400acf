# SPDX-License-Identifier: GPL-3.0-or-later
"""A real chorus-station in a scratch folder, and what is needed to talk to it."""

import base64
import io
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import wave

try:
    import requests
except ImportError:
    print("1..0 # SKIP python3-requests is not installed")
    sys.exit(0)

BOUND = 120
EXECUTABLE = sys.argv[1] if len(sys.argv) > 1 else "chorus-station"

# Freed memory is kept aside by the address sanitizer, and every allocation walks the stack: both would be measured here
# instead of the station. Whole stacks are needed only to tell leaks of GStreamer's plugins from others.
SANITIZER = "quarantine_size_mb=4:detect_leaks=1:fast_unwind_on_malloc="


def wait(what, condition, seconds=BOUND):
    """Returns what CONDITION gives once it is true; fails by name after the bound."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < end, f"still waiting for {what}"
        time.sleep(0.02)


def environment(whole_stacks=False):
    return os.environ | {"ASAN_OPTIONS": SANITIZER + ("0" if whole_stacks else "1"), "G_DEBUG": "fatal-criticals"}


class Station:
    """One process. Used with `with`, it has to end cleanly, which under the sanitizers means without leaks."""

    def __init__(self, folder, *options, whole_stacks=False):
        self.folder = pathlib.Path(folder)
        self.process = subprocess.Popen(
            [EXECUTABLE, "--exit-with-stdin", "--data", str(folder), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(whole_stacks))
        line = self.process.stdout.readline()
        found = re.fullmatch(r"Listening on (http://\S+/)\n", line)
        if not found:
            self.process.wait(BOUND)
            raise AssertionError(f"no ready line but {line!r}, exit {self.process.returncode}")
        self.url = found.group(1).rstrip("/")
        self.token = (self.folder / "token").read_text()
        self.session = requests.Session()
        self.session.trust_env = False

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            if kind:
                self.process.kill()
            code = self.stop()
            assert kind or code == 0, f"the station ended with {code}"

    def stop(self):
        self.process.terminate()
        return self.ended()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        return self.ended()

    def ended(self):
        code = self.process.wait(BOUND)
        self.process.stdin.close()
        self.process.stdout.close()
        self.session.close()
        return code

    def request(self, method, path, token=None, headers=None, **rest):
        sent = {"Authorization": f"Bearer {token or self.token}"} | (headers or {})
        url = path if path.startswith("http") else self.url + path
        return self.session.request(method, url, timeout=BOUND, headers={k: v for k, v in sent.items() if v is not None}, **rest)

    def get(self, path, **rest):
        return self.request("GET", path, **rest)

    def post(self, path, **rest):
        return self.request("POST", path, **rest)

    def make_deployment(self, **more):
        project = expect(self.post("/api/v1/projects", json={"project_name": "Western Ghats"}), 201)
        site = expect(self.post(f"/api/v1/projects/{project['project_id']}/sites", json={"site_name": "Site A"}), 201)
        deployment = expect(self.post(f"/api/v1/sites/{site['site_id']}/deployments", json={"deployment_name": "North"} | more), 201)
        return project["project_id"], site["site_id"], deployment["deployment_id"]

    def upload(self, deployment, *files, kind="wav"):
        return self.post(f"/api/v1/deployments/{deployment}/audio/upload", json={"files": [data_url(file, kind) for file in files]})

    def files(self, deployment):
        found, skip = [], 0
        while True:
            page = expect(self.get(f"/api/v1/admin/files/{deployment}?skip={skip}&limit=1000"), 200)
            found += page
            skip += len(page)
            if len(page) < 1000:
                return found

    def analyze(self, file_id):
        expect(self.post(f"/api/v1/admin/files/{file_id}/inference"), 201)
        return self.await_inference(file_id)

    def await_inference(self, file_id):
        def done():
            last = expect(self.get(f"/api/v1/files/{file_id}/inference"), 200)[-1]
            return last if last["status"] in ("completed", "failed") else None

        return wait("the inference", done)

    def peak_memory(self):
        """The largest resident size so far, in bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) * 1024


def run_station(*options, text=None):
    """A station that is not meant to stay."""
    return subprocess.run([EXECUTABLE, *map(str, options)], input=text, capture_output=True, text=True, timeout=BOUND, env=environment())


def data_url(file, kind="wav"):
    return f"data:audio/{kind};base64,{base64.b64encode(file).decode()}"


def expect(response, status):
    assert response.status_code == status, f"{response.status_code} instead of {status}: {response.text[:500]}"
    return response.json() if response.content else None


def expect_error(response, status, code):
    """The envelope that the API documents, and nothing else."""
    body = expect(response, status)
    assert response.headers["Content-Type"].startswith("application/json")
    assert set(body) == {"error"}, body
    error = body["error"]
    assert set(error) == {"code", "message", "details", "request_id", "timestamp"}, error
    assert error["code"] == code, error
    assert all(isinstance(value, str) and value for value in error.values()), error
    assert error["request_id"].startswith("req_"), error
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", error["timestamp"]), error
    assert "/" not in error["details"] or "data:audio/" in error["details"], error
    return error


def wav(seconds=1.0, rate=8000, channels=1, tone=None):
    """Silence, or a tone that comes every second for a fifth of it."""
    import math
    import random

    frames = round(seconds * rate)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        if tone is None:
            file.writeframes(bytes(2 * channels * frames))
        else:
            noise = random.Random(1)
            samples = [
                int(noise.gauss(0, 30)) + (int(8000 * math.sin(2 * math.pi * tone * i / rate)) if i % rate < rate / 5 and i >= rate else 0)
                for i in range(frames)
            ]
            file.writeframes(b"".join(struct.pack("<h", sample) * channels for sample in samples))
    return out.getvalue()


def check_store(folder):
    """The store is whole, and agrees with the files beside it."""
    folder = pathlib.Path(folder)
    db = sqlite3.connect(folder / "station.db")
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = db.execute("SELECT file_id || '.' || kind, size FROM files").fetchall()
    finally:
        db.close()
    found = {path.name: path.stat().st_size for path in (folder / "files").iterdir()}
    assert found == dict(rows), (found, rows)
    assert list((folder / "incoming").iterdir()) == []
    return len(rows)


def run(*tests):
    """Runs each test in a scratch folder of its own and reports in TAP."""
    print(f"1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        folder = tempfile.mkdtemp(prefix="chorus-station-")
        try:
            test(pathlib.Path(folder))
            print(f"ok {number} - {test.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} - {test.__name__}")
            for line in traceback.format_exc().splitlines():
                print(f"# {line}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
