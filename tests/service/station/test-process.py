#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The process: its folder, its lock, its ports, its signals and its end."""

import json
import os
import signal
import socket
import sqlite3
import stat

from station import Station, expect, run, run_station, wait, wav


def one_station_for_a_folder(folder):
    with Station(folder / "data") as station:
        second = run_station("--data", folder / "data")
        assert second.returncode == 3, second
        assert "Another station is using the folder" in second.stderr and second.stdout == ""
        expect(station.get("/api/v1/projects"), 200)
        station.kill()
    # The lock of a killed station does not outlive it.
    with Station(folder / "data") as station:
        expect(station.get("/api/v1/projects"), 200)


def only_the_owner(folder):
    with Station(folder / "data") as station:
        for path in [station.folder, *station.folder.rglob("*")]:
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        _, _, deployment = station.make_deployment()
        expect(station.upload(deployment, wav()), 201)
        for path in station.folder.rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        assert station.token not in json.dumps(json.loads((station.folder / "station.json").read_text()))
        station.stop()
        db = sqlite3.connect(folder / "data" / "station.db")
        assert station.token not in "\n".join(db.iterdump())
        db.close()


def token_and_port_stay(folder):
    with Station(folder / "data") as first:
        pass
    with Station(folder / "data") as second:
        assert (second.url, second.token) == (first.url, first.token)
        written = json.loads((folder / "data" / "station.json").read_text())
        assert written["url"] == second.url + "/" and written["pid"] == second.process.pid
    port = written["port"]
    # The port is taken by another program: any other will do, unless this one was asked for.
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with Station(folder / "data") as third:
            assert third.url != first.url and third.token == first.token
        asked = run_station("--data", folder / "data", "--port", port)
        assert asked.returncode == 1 and asked.stderr, asked


def options(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Station(folder / "data", "--port", str(port), "--address", "127.0.0.1") as station:
        assert station.url == f"http://127.0.0.1:{port}"
    for wrong in [["--port", "70000"], ["--port", "-1"], ["--address", "nowhere"], ["--nonsense"], ["extra"], ["--token-lifetime", "0"]]:
        refused = run_station("--data", folder / "data", *wrong)
        assert refused.returncode == 1 and refused.stderr.startswith("chorus-station: "), (wrong, refused)
    assert run_station("--version").stdout.startswith("chorus-station ")


def ends_with_its_parent(folder):
    station = Station(folder / "data")
    station.process.stdin.write("anything\n")
    station.process.stdin.flush()
    expect(station.get("/api/v1/projects"), 200)
    station.process.stdin.close()
    assert station.process.wait(60) == 0


def ends_on_signals(folder):
    for number in [signal.SIGTERM, signal.SIGINT]:
        with Station(folder / "data") as station:
            station.process.send_signal(number)
            assert station.process.wait(60) == 0


def ends_in_the_middle_of_work(folder):
    """SIGTERM with requests and inferences under way: a clean end, and the work begins again at the next start."""
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        ids = [file["file_id"] for file in expect(station.upload(deployment, *[wav(200, 44100)] * 3), 201)["files"]]
        for file_id in ids:
            expect(station.post(f"/api/v1/admin/files/{file_id}/inference"), 201)
        idle = socket.create_connection(tuple([station.url.split("/")[2].split(":")[0], int(station.url.split(":")[2])]))
        idle.sendall(b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert station.stop() == 0
        idle.close()
    with Station(folder / "data") as station:
        for file_id in ids:
            assert station.await_inference(file_id)["status"] == "completed"


def damaged_store(folder):
    with Station(folder / "data"):
        pass
    (folder / "data" / "station.db").write_bytes(b"this is no database" * 1000)
    refused = run_station("--data", folder / "data")
    assert refused.returncode == 1 and refused.stdout == "" and "station.db" in refused.stderr, refused


def newer_store(folder):
    with Station(folder / "data"):
        pass
    db = sqlite3.connect(folder / "data" / "station.db")
    db.execute("PRAGMA user_version = 1000")
    db.close()
    refused = run_station("--data", folder / "data")
    assert refused.returncode == 1 and "station.db" in refused.stderr, refused


def folder_that_cannot_be_made(folder):
    (folder / "file").write_text("x")
    refused = run_station("--data", folder / "file" / "data")
    assert refused.returncode == 1 and refused.stderr.startswith("chorus-station: Cannot make the folder"), refused


def connections_are_given_back(folder):
    with Station(folder / "data") as station:
        count = lambda: len(os.listdir(f"/proc/{station.process.pid}/fd"))
        expect(station.get("/api/v1/projects"), 200)
        before = count()
        for _ in range(60):
            expect(station.get("/api/v1/projects"), 200)
            station.session.close()
        wait("the connections to be closed", lambda: count() <= before + 2, 30)


run(one_station_for_a_folder, only_the_owner, token_and_port_stay, options, ends_with_its_parent, ends_on_signals,
    ends_in_the_middle_of_work, damaged_store, newer_store, folder_that_cannot_be_made, connections_are_given_back)
