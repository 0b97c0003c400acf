#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upload examples of the API's documentation, run as they stand: only the base URL and the token are replaced.

The page loses the line breaks of its examples; they are put back here. What the page leaves out (the import of requests,
and the headers it calls `headers`) stands before the example.
"""

import shutil
import subprocess
import sys

from station import Station, run, wav

PYTHON = '''
import base64

deployment_id = "deployment_123"

# Read and encode audio file
with open("audio_sample.wav", "rb") as audio_file:
    audio_data = base64.b64encode(audio_file.read()).decode('utf-8')
    audio_base64 = f"data:audio/wav;base64,{audio_data}"

payload = {
    "files": [audio_base64]
}

response = requests.post(
    f"https://api.darukaa.com/api/v1/deployments/{deployment_id}/audio/upload",
    headers=headers,
    json=payload
)
'''

PYTHON_BEFORE = '''
import requests

headers = {"Authorization": "Bearer <your_access_token>", "Content-Type": "application/json"}
'''

PYTHON_AFTER = '''
print(response.status_code, len(response.json()["files"]))
'''

CURL = '''
curl -X POST "https://api.darukaa.com/api/v1/deployments/deployment_123/audio/upload" \\
  -H "Authorization: Bearer <your_access_token>" \\
  -H "Content-Type: application/json" \\
  -d '{"files": ["data:audio/wav;base64,<base64_encoded_audio_data>"]}'
'''


def adapt(example, station):
    assert "https://api.darukaa.com" in example
    return example.replace("https://api.darukaa.com", station.url).replace("<your_access_token>", station.token)


def prepare(folder, station):
    station.make_deployment(deployment_id="deployment_123")
    # Small enough that base64 of it is one argument of a command line (128 KiB).
    (folder / "audio_sample.wav").write_bytes(wav(2, 16000, tone=3000))


def python_example(folder):
    with Station(folder / "data") as station:
        prepare(folder, station)
        program = adapt(PYTHON_BEFORE + PYTHON + PYTHON_AFTER, station)
        done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=60)
        assert done.stdout == "201 1\n", done
        check(folder, station, 1)


def curl_example(folder):
    if not shutil.which("curl"):
        print("# curl is not installed")
        return
    with Station(folder / "data") as station:
        prepare(folder, station)
        # The page says how to get there: base64 audio_sample.wav > audio_base64.txt, which writes lines of 76 characters.
        for command in [["base64", "audio_sample.wav"], ["base64", "-w0", "audio_sample.wav"]]:
            text = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
            program = adapt(CURL, station).replace("<base64_encoded_audio_data>", text)
            program = program.replace("curl -X", "curl -s -w '\\n%{http_code}' -X")
            done = subprocess.run(["sh", "-c", program], cwd=folder, capture_output=True, text=True, timeout=60)
            assert done.stdout.endswith("\n201"), done
        check(folder, station, 2)


def check(folder, station, n):
    files = station.files("deployment_123")
    assert len(files) == n
    for file in files:
        assert station.get(file["url"]).content == (folder / "audio_sample.wav").read_bytes()


run(python_example, curl_example)
