#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures an upload of 20 files of 25 MB, side by side with what one would use instead.

Everything goes over loopback to one server process that throws the bodies away. The programs take turns, so that all of
them meet the same machine; each time is that of a whole process, each peak that of its resident memory. Never fails: what
is missing is said and left out.
"""

import os
import pathlib
import shlex
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

N_FILES = 20
FILE_SIZE = 25_000_000
ROUNDS = 3
PATH = "/api/v1/deployments/deployment/audio/upload"
PYTHON = "/usr/bin/python3"

# Every file is read and encoded whole and the list handed to requests, as the example of the API's documentation does.
EXAMPLE = """
import base64, sys
import requests

def encode(path):
    with open(path, "rb") as audio:
        return "data:audio/wav;base64," + base64.b64encode(audio.read()).decode("utf-8")

headers = {"Authorization": "Bearer token"}
answer = requests.post(sys.argv[1], headers=headers, json={"files": [encode(path) for path in sys.argv[2:]]})
answer.raise_for_status()
"""


class Missing(Exception):
    pass


def need(program):
    if not shutil.which(program):
        raise Missing(f"{program} is not installed")


def version(*command):
    try:
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    except OSError:
        lines = []
    return lines[0] if lines else "unknown version"


def write_files(folder):
    """PCM WAV, 48 kHz, 16 bits, mono, and the body that curl gets ready-made."""
    import base64
    import random

    source = random.Random(1)
    size = FILE_SIZE - 44
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", size + 36, b"WAVE", b"fmt ", 16, 1, 1, 48000, 96000, 2, 16, b"data", size)
    paths = []
    with open(folder / "body.json", "wb") as body:
        body.write(b'{"files":[')
        for index in range(N_FILES):
            path = folder / f"recording-{index:02}.wav"
            contents = header + source.randbytes(size)
            path.write_bytes(contents)
            body.write(b"," if index else b"")
            body.write(b'"data:audio/wav;base64,' + base64.b64encode(contents) + b'"')
            paths.append(str(path))
        body.write(b"]}")
    os.sync()
    return paths


def make_certificate(folder):
    need("openssl")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "key.pem",
                    "-out", folder / "certificate.pem"], check=True, capture_output=True)


class Server:
    """The server that throws away; it ends when its input does."""

    def __init__(self, programs, *arguments):
        self.process = subprocess.Popen([programs / "bench-upload-server", *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def received(self):
        return int(self.process.stdout.readline())

    def stop(self):
        self.process.stdin.close()
        self.process.wait()


class Proxy:
    """HTTP/2 over TLS in front of the server."""

    def __init__(self, folder, server):
        program = shutil.which("nghttpx") or shutil.which("/usr/sbin/nghttpx")
        if not program:
            raise Missing("nghttpx is not installed")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.version = version(program, "--version")
        self.process = subprocess.Popen([program, "--conf=/dev/null", f"--frontend=127.0.0.1,{self.port}",
                                         f"--backend=127.0.0.1,{server.port}", "--errorlog-file=/dev/null",
                                         folder / "key.pem", folder / "certificate.pem"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        raise Missing("nghttpx did not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Case:
    def __init__(self, name, command, version_line, server):
        self.name = name
        self.command = [str(word) for word in command]
        self.version = version_line
        self.server = server
        self.seconds = []
        self.processor = []
        self.peak = 0
        self.problem = None

    def run(self, programs, length):
        result = subprocess.run([programs / "bench-upload-run", *self.command], capture_output=True, text=True, check=False)
        *said, last = result.stderr.strip().splitlines() or [""]
        status, seconds, processor, peak = (last.split() + ["-1", "0", "0", "0"])[:4]
        if status != "0":
            self.problem = f"failed with status {status}: {' '.join(said).strip() or 'it said nothing'}"
            return
        received = self.server.received()
        if abs(received - length) > N_FILES * 16:
            self.problem = f"the server received {received} bytes instead of about {length}"
        self.seconds.append(float(seconds))
        self.processor.append(float(processor))
        self.peak = max(self.peak, int(peak))

    @property
    def median(self):
        return statistics.median(self.seconds) if self.seconds and not self.problem else None

    def report(self, length, folder, programs):
        words = [word.replace(EXAMPLE, "...").replace(f"{folder}/", "").replace(f"{programs}/", "") for word in self.command]
        shown = [shlex.quote(word) for word in words if not word.startswith("recording-")]
        print(f"\n{self.name}\n  $ {' '.join(shown)}{' recording-*.wav' if len(shown) < len(words) else ''}\n  {self.version}")
        if self.problem:
            print(f"  {self.problem}")
            return
        print(f"  {self.median:.2f} s (least {min(self.seconds):.2f}, most {max(self.seconds):.2f}),"
              f" {length / self.median / 1e6:.0f} MB/s of body, {statistics.median(self.processor):.2f} s of processor,"
              f" peak {self.peak / 1e6:.1f} MB resident")


def compare(chorus, other, goal, sentence):
    """Prints how many times faster Chorus is, and whether that is the goal."""
    if not chorus or not other or not chorus.median or not other.median:
        print(f"  {sentence}: not measured")
        return
    ratio = other.median / chorus.median
    print(f"  {sentence}: {ratio:.2f} times its rate, {'reached' if ratio >= goal else 'MISSED'}")


def prepare(programs, folder, files, stack):
    """Returns the cases by name; what cannot be measured is said."""
    body = folder / "body.json"
    certificate = folder / "certificate.pem"
    client = programs / "bench-upload-client"
    cases = {}

    def add(key, name, command, version_line, server):
        cases[key] = Case(name, command, version_line, server)

    def curl(url, *arguments):
        return ["curl", "--silent", "--show-error", "--fail", "--output", "/dev/null", "-H", "Content-Type: application/json",
                "-H", "Authorization: Bearer token", *arguments, url + PATH]

    def attempt(what, function):
        try:
            function()
        except Missing as missing:
            print(f"{what} is left out: {missing}.")
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            print(f"{what} is left out: {error}.")

    chorus_version = "Chorus, of this build"
    server = Server(programs)
    stack.append(server)
    plain = f"http://127.0.0.1:{server.port}"
    add("chorus", "Chorus, HTTP/1.1", [client, plain, *files], chorus_version, server)

    def add_curl():
        need("curl")
        add("data", "curl with the body in memory, HTTP/1.1", curl(plain, "--data-binary", f"@{body}"),
            version("curl", "--version"), server)
        add("curl", "curl with a ready-made body, HTTP/1.1", curl(plain, "-X", "POST", "-T", body),
            version("curl", "--version"), server)

    def add_python():
        check = subprocess.run([PYTHON, "-c", "import requests; print(requests.__version__)"], capture_output=True, text=True,
                               check=False)
        if check.returncode != 0:
            raise Missing("python3-requests is not installed")
        add("python", "the example of the API's documentation, HTTP/1.1", [PYTHON, "-c", EXAMPLE, plain + PATH, *files],
            f"{version(PYTHON, '--version')}, requests {check.stdout.strip()}", server)

    def add_tls():
        make_certificate(folder)
        secure = Server(programs, certificate, folder / "key.pem")
        stack.append(secure)
        add_secure("tls", "TLS, HTTP/1.1", secure, secure.port, "--http1.1", "")

    def add_http2():
        if not certificate.exists():
            raise Missing("there is no certificate")
        proxy = Proxy(folder, server)
        stack.append(proxy)
        add_secure("http2", "TLS, HTTP/2", server, proxy.port, "--http2", f"; through {proxy.version}")

    def add_secure(key, name, target, port, option, remark):
        url = f"https://localhost:{port}"
        add(f"chorus-{key}", f"Chorus, {name}", [client, f"--trust={certificate}", url, *files], chorus_version + remark, target)
        if shutil.which("curl"):
            add(f"curl-{key}", f"curl with a ready-made body, {name}",
                curl(url, option, "--cacert", certificate, "-X", "POST", "-T", body), version("curl", "--version") + remark, target)

    attempt("curl", add_curl)
    attempt("The example of the API's documentation", add_python)
    attempt("TLS", add_tls)
    attempt("HTTP/2", add_http2)
    return cases


def measure(programs, folder, stack):
    files = write_files(folder)
    length = (folder / "body.json").stat().st_size
    cases = prepare(programs, folder, files, stack)
    before = os.getloadavg()[0]
    for _ in range(ROUNDS):
        for case in cases.values():
            if not case.problem:
                case.run(programs, length)

    print(f"Upload of {N_FILES} files of {FILE_SIZE / 1e6:.0f} MB, a body of {length / 1e6:.0f} MB; median of {ROUNDS} rounds.")
    print(f"Load of the machine before {before:.2f}, after {os.getloadavg()[0]:.2f}, with {os.cpu_count()} processors.")
    for case in cases.values():
        case.report(length, folder, programs)

    chorus = cases["chorus"]
    print("\nAgainst the goals")
    compare(chorus, cases.get("data"), 1, "faster than curl with the body in memory")
    compare(chorus, cases.get("curl"), 0.5, "half the rate of curl with a ready-made body")
    compare(chorus, cases.get("python"), 5, "5 times the rate of the documentation's example")
    if chorus.median:
        print(f"  under 40 MB resident: {chorus.peak / 1e6:.1f} MB, {'reached' if chorus.peak < 40e6 else 'MISSED'}")
    for key, name in (("tls", "TLS, HTTP/1.1"), ("http2", "TLS, HTTP/2")):
        if f"chorus-{key}" in cases:
            compare(cases[f"chorus-{key}"], cases.get(f"curl-{key}"), 0.5, f"half the rate of curl with a ready-made body, {name}")


def main():
    programs = pathlib.Path(sys.argv[1]).resolve()
    stack = []
    with tempfile.TemporaryDirectory(prefix="chorus-bench-") as name:
        try:
            measure(programs, pathlib.Path(name), stack)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            print(f"The upload could not be measured: {error}.")
        finally:
            while stack:
                stack.pop().stop()


if __name__ == "__main__":
    main()
