#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every request that the station serves, with its answer and its errors."""

import base64
import hashlib
import json
import socket
import time
from urllib.parse import urlsplit

from station import Station, data_url, expect, expect_error, run, run_station, wait, wav

NOWHERE = "00000000-0000-4000-8000-000000000000"


def places(folder):
    with Station(folder / "data") as station:
        assert expect(station.get("/api/v1/projects"), 200) == []
        project = expect(station.post("/api/v1/projects", json={"project_name": "<b>&../../x"}), 201)
        assert project["project_name"] == "<b>&../../x"
        assert project["has_biodiversity_module"] is True
        assert expect(station.get("/api/v1/projects"), 200) == [project]

        path = f"/api/v1/projects/{project['project_id']}/sites"
        assert expect(station.get(path), 200) == []
        site = expect(station.post(path, json={"site_name": "Río Ñandú 🦜"}), 201)
        assert expect(station.get(path), 200) == [site]
        assert site["site_name"] == "Río Ñandú 🦜" and site["project_id"] == project["project_id"]

        path = f"/api/v1/sites/{site['site_id']}/deployments"
        assert expect(station.get(path), 200) == []
        plain = expect(station.post(path, json={"deployment_name": "North"}), 201)
        assert plain["location"]["location"] is None and plain["location"]["location_name"] == "North"
        full = expect(station.post(path, json={
            "deployment_name": "River", "location": "12.3456, 78.9012", "location_name": "Site A - Device 1",
            "start_date": "2025-06-04", "end_date": "2025-06-05T05:00:00Z", "deployment_id": "deployment_123"}), 201)
        assert full["deployment_id"] == "deployment_123"
        assert full["location"]["location"] == "12.3456, 78.9012" and full["location"]["site_id"] == site["site_id"]
        assert (full["start_date"], full["end_date"]) == ("2025-06-04", "2025-06-05T05:00:00Z")
        assert expect(station.get(path), 200) == [plain, full]
        expect_error(station.post(path, json={"deployment_name": "River", "deployment_id": "deployment_123"}), 409, "CONFLICT")


def places_refused(folder):
    with Station(folder / "data") as station:
        project, site, _ = station.make_deployment()
        rows = [("/api/v1/projects", "project_name"), (f"/api/v1/projects/{project}/sites", "site_name"),
                (f"/api/v1/sites/{site}/deployments", "deployment_name")]
        for path, member in rows:
            for body in [{}, {member: None}, {member: 1}, {member: ""}, {member: " \t"}, {member: "x" * 201}, {member: ["x"]}]:
                expect_error(station.post(path, json=body), 400, "BAD_REQUEST")
            for text in ["", "[]", "{", "null", "\"x\"", "{\"a\":" + "[" * 10000, "\xff"]:
                expect_error(station.post(path, data=text.encode("latin-1")), 400, "BAD_REQUEST")
            expect_error(station.post(path, data=b" " * (1024 * 1024 + 1)), 413, "BODY_TOO_LARGE")
        for more in [{"location": "12"}, {"location": "x, y"}, {"location": "91, 0"}, {"location": "0, 181"}, {"location": "nan, 0"},
                     {"location": 5}, {"start_date": "yesterday"}, {"end_date": 20250604}, {"location_name": {}},
                     {"deployment_id": "a/b"}, {"deployment_id": ""}, {"deployment_id": "x" * 65}, {"deployment_id": None}]:
            expect_error(station.post(f"/api/v1/sites/{site}/deployments", json={"deployment_name": "x"} | more), 400, "BAD_REQUEST")


def unknown_ids(folder):
    rows = [
        ("GET", "/api/v1/projects/{}/sites", "PROJECT_NOT_FOUND"),
        ("POST", "/api/v1/projects/{}/sites", "PROJECT_NOT_FOUND"),
        ("GET", "/api/v1/projects/{}/biodiversity/summary", "PROJECT_NOT_FOUND"),
        ("GET", "/api/v1/sites/{}/deployments", "SITE_NOT_FOUND"),
        ("POST", "/api/v1/sites/{}/deployments", "SITE_NOT_FOUND"),
        ("GET", "/api/v1/sites/{}/biodiversity/audio-clips", "SITE_NOT_FOUND"),
        ("POST", "/api/v1/deployments/{}/audio/upload", "DEPLOYMENT_NOT_FOUND"),
        ("GET", "/api/v1/admin/files/{}", "DEPLOYMENT_NOT_FOUND"),
        ("GET", "/api/v1/admin/files/{}/inference", "DEPLOYMENT_NOT_FOUND"),
        ("POST", "/api/v1/admin/files/{}/inference", "FILE_NOT_FOUND"),
        ("GET", "/api/v1/files/{}/inference", "FILE_NOT_FOUND"),
        ("GET", "/api/v1/files/{}/audio", "FILE_NOT_FOUND"),
    ]
    with Station(folder / "data") as station:
        station.make_deployment()
        for method, path, code in rows:
            for name in [NOWHERE, "x", "%27%20OR%201%3D1", "%C3%A9"]:
                body = {"site_name": "x", "deployment_name": "x", "files": [data_url(wav())]} if method == "POST" else None
                expect_error(station.request(method, path.format(name), json=body), 404, code)
            error = expect_error(station.request(method, path.format(NOWHERE), json={"site_name": "x", "deployment_name": "x"}), 404, code)
            assert error["details"].endswith(NOWHERE)


def unknown_paths(folder):
    with Station(folder / "data") as station:
        for path in ["/", "/x", "/api/v1", "/api/v1/projects/", "/api/v1/files/x", "/api/v1/files/..%2f..%2ftoken/", "//", "/auth/me"]:
            expect_error(station.get(path), 404, "NOT_FOUND")
        for method, path, allowed in [
                ("DELETE", "/api/v1/projects", "GET, HEAD, POST"), ("PUT", "/api/v1/auth/me", "GET, HEAD"), ("GET", "/auth/login", "POST"),
                ("PATCH", "/api/v1/deployments/x/audio/upload", "POST"), ("OPTIONS", "/api/v1/projects", "GET, HEAD, POST")]:
            response = station.request(method, path)
            expect_error(response, 405, "METHOD_NOT_ALLOWED")
            assert response.headers["Allow"] == allowed


def bearer_token(folder):
    with Station(folder / "data") as station:
        rows = ["/api/v1/auth/me", "/api/v1/projects", "/api/v1/projects/x/sites", "/api/v1/projects/x/biodiversity/summary",
                "/api/v1/sites/x/deployments", "/api/v1/sites/x/biodiversity/audio-clips", "/api/v1/admin/files/x",
                "/api/v1/admin/files/x/inference", "/api/v1/files/x/inference", "/api/v1/files/x/audio"]
        posts = ["/api/v1/projects", "/api/v1/projects/x/sites", "/api/v1/sites/x/deployments", "/api/v1/deployments/x/audio/upload",
                 "/api/v1/admin/files/x/inference"]
        for method, path in [("GET", path) for path in rows] + [("POST", path) for path in posts]:
            for header in [None, "Bearer x", "Bearer", f"Basic {station.token}", f"Bearer {station.token}x", f"Bearer {station.token[:-1]}"]:
                response = station.request(method, path, headers={"Authorization": header}, json={} if method == "POST" else None)
                expect_error(response, 401, "UNAUTHORIZED")
                assert response.headers["WWW-Authenticate"] == "Bearer"
        me = expect(station.get("/api/v1/auth/me"), 200)
        assert me["email"].endswith("@localhost") and me["first_name"] and me["status"] == "active"


def sign_in(folder):
    data = folder / "data"
    made = run_station("--data", data, "--add-user", "jo@example.org", text="correct horse\n")
    assert made.returncode == 0, made.stderr
    assert b"correct horse" not in b"".join(path.read_bytes() for path in data.iterdir() if path.is_file())
    with Station(data, "--token-lifetime", "2") as station:
        for body in [{"email": "jo@example.org", "password": "wrong horse"}, {"email": "nobody@example.org", "password": "correct horse"},
                     {"email": "jo@example.org", "password": ""}]:
            expect_error(station.post("/auth/login", headers={"Authorization": None}, json=body), 401, "INVALID_CREDENTIALS")
        for body in [{}, {"email": "jo@example.org"}, {"email": 1, "password": 2}]:
            expect_error(station.post("/auth/login", json=body), 400, "BAD_REQUEST")

        signed_in = expect(station.post("/auth/login", headers={"Authorization": None},
                                        json={"email": "JO@example.org", "password": "correct horse"}), 200)
        for member in ["email", "first_name", "last_name", "status", "access_token", "refresh_token"]:
            assert isinstance(signed_in[member], str), member
        assert signed_in["is_email_verified"] is True and signed_in["email"] == "jo@example.org"
        claims = json.loads(base64.urlsafe_b64decode(signed_in["access_token"].split(".")[1] + "=="))
        assert 0 < claims["exp"] - time.time() <= 3

        me = station.get("/api/v1/auth/me", token=signed_in["access_token"])
        wait("the token to expire", lambda: time.time() > claims["exp"] + 0.1)
        error = expect_error(station.get("/api/v1/auth/me", token=signed_in["access_token"]), 401, "UNAUTHORIZED")
        assert "expired" in error["details"]

        refreshed = expect(station.post("/auth/refresh", headers={"Authorization": None}, json={"refresh_token": signed_in["refresh_token"]}), 200)
        assert refreshed["refresh_token"] != signed_in["refresh_token"]
        again = station.get("/api/v1/auth/me", token=refreshed["access_token"])
        assert me.status_code in (200, 401) and expect(again, 200)["email"] == "jo@example.org"
        for token in [signed_in["refresh_token"], refreshed["refresh_token"], "x", refreshed["access_token"]]:
            expect_error(station.post("/auth/refresh", json={"refresh_token": token}), 401, "INVALID_REFRESH_TOKEN")
        expect_error(station.post("/auth/refresh", json={"refresh_token": 1}), 400, "BAD_REQUEST")


def users_beside_a_running_station(folder):
    with Station(folder / "data") as station:
        assert run_station("--data", station.folder, "--add-user", "jo@example.org", text="correct horse\n").returncode == 0
        key = run_station("--data", station.folder, "--add-key", "jo@example.org").stdout.strip()
        assert key.startswith("drk_")
        me = expect(station.get("/api/v1/auth/me", headers={"Authorization": None, "X-API-Key": key}), 200)
        assert me["email"] == "jo@example.org"
        expect_error(station.get("/api/v1/auth/me", headers={"Authorization": None, "X-API-Key": key + "x"}), 401, "UNAUTHORIZED")
        assert run_station("--data", station.folder, "--add-key", "nobody@example.org").returncode == 1
        for email, password in [("jo", "correct horse\n"), ("jo@example.org", "short\n"), ("jo@example.org", ""), ("@", "correct horse\n")]:
            refused = run_station("--data", station.folder, "--add-user", email, text=password)
            assert refused.returncode == 1 and refused.stderr and "horse" not in refused.stderr


def paging(folder):
    with Station(folder / "data") as station:
        made = [expect(station.post("/api/v1/projects", json={"project_name": f"P{i}"}), 201)["project_id"] for i in range(105)]
        ids = lambda query: [project["project_id"] for project in expect(station.get("/api/v1/projects" + query), 200)]
        assert ids("") == made[:100]
        assert ids("?skip=100") == made[100:]
        assert ids("?skip=3&limit=2") == made[3:5]
        assert ids("?limit=1000") == made
        assert ids("?skip=105") == [] and ids("?skip=9223372036854775807") == []
        for query in ["?limit=0", "?limit=-1", "?limit=1001", "?limit=x", "?limit=", "?skip=-1", "?skip=1.5", "?skip=9223372036854775808"]:
            expect_error(station.get("/api/v1/projects" + query), 400, "BAD_REQUEST")

        _, _, deployment = station.make_deployment()
        for _ in range(2):
            expect(station.upload(deployment, wav(0.1), wav(0.2), wav(0.3)), 201)
        for path in [f"/api/v1/admin/files/{deployment}", f"/api/v1/admin/files/{deployment}/inference"]:
            every = expect(station.get(path), 200)
            assert [file["name"] for file in every] == [f"file-{i:06}.wav" for i in range(1, 7)]
            assert expect(station.get(path + "?skip=4&limit=3"), 200) == every[4:]
            expect_error(station.get(path + "?limit=1001"), 400, "BAD_REQUEST")


def audio(folder):
    sound = wav(20, 48000, 2)
    assert len(sound) > 3 * 1024 * 1024
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        file = expect(station.upload(deployment, sound), 201)["files"][0]
        assert file["url"].startswith(station.url + "/")
        assert file["sha256"] == hashlib.sha256(sound).hexdigest()
        whole = station.get(file["url"])
        assert whole.status_code == 200 and whole.content == sound
        assert whole.headers["Content-Type"] == "audio/wav" and whole.headers["Accept-Ranges"] == "bytes"
        n = len(sound)
        for header, first, end in [("bytes=0-0", 0, 1), ("bytes=44-999", 44, 1000), (f"bytes={n - 1}-", n - 1, n), ("bytes=-5", n - 5, n),
                                   (f"bytes=1000000-{n * 2}", 1000000, n), (f"bytes=0-{n - 1}", 0, n)]:
            part = station.get(file["url"], headers={"Range": header})
            assert part.status_code == 206, header
            assert part.headers["Content-Range"] == f"bytes {first}-{end - 1}/{n}"
            assert part.content == sound[first:end]
        for header in ["bytes=0-1,4-5", "bytes=x", "items=0-5", "bytes=9-5"]:
            whole = station.get(file["url"], headers={"Range": header})
            assert whole.status_code == 200 and whole.content == sound, header
        for header in [f"bytes={n}-", "bytes=-0", "bytes=99999999999999999999-"]:
            response = station.get(file["url"], headers={"Range": header})
            expect_error(response, 416, "RANGE_NOT_SATISFIABLE")
            assert response.headers["Content-Range"] == f"bytes */{n}"
        fresh = station.get(file["url"], headers={"Range": "bytes=0-9", "If-Range": part.headers["ETag"]})
        assert fresh.status_code == 206 and fresh.content == sound[:10]
        stale = station.get(file["url"], headers={"Range": "bytes=0-9", "If-Range": "\"other\""})
        assert stale.status_code == 200 and stale.content == sound
        head = station.request("HEAD", file["url"])
        assert head.status_code == 200 and head.content == b"" and int(head.headers["Content-Length"]) == n
        head = station.request("HEAD", file["url"], headers={"Range": "bytes=0-9"})
        assert head.status_code == 206 and int(head.headers["Content-Length"]) == 10

        # A file that lost its end on the disk: the client is told by the missing bytes, and the station goes on.
        path = station.folder / "files" / (file["file_id"] + ".wav")
        path.write_bytes(sound[:1000000])
        try:
            broken = station.get(file["url"]).content
        except OSError:
            broken = b""
        assert len(broken) < n
        path.unlink()
        expect_error(station.get(file["url"]), 500, "INTERNAL_ERROR")
        expect(station.get("/api/v1/projects"), 200)


def audio_to_a_client_that_leaves(folder):
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        file = expect(station.upload(deployment, wav(100, 48000, 2)), 201)["files"][0]
        for _ in range(5):
            with station.request("GET", file["url"], stream=True) as response:
                next(response.iter_content(1000))
            station.session.close()
        expect(station.get("/api/v1/projects"), 200)


def inference(folder):
    with Station(folder / "data") as station:
        project, site, deployment = station.make_deployment(location="12.3456, 78.9012")
        files = expect(station.upload(deployment, wav(6, 16000, tone=3000), wav(2)), 201)["files"]
        with_sound, silent = [file["file_id"] for file in files]
        to_infer = f"/api/v1/admin/files/{deployment}/inference"
        waiting = expect(station.get(to_infer), 200)
        assert [file["file_id"] for file in waiting] == [with_sound, silent]
        assert set(waiting[0]) == {"file_id", "name", "url", "created_at", "updated_at", "deployment_id", "duration", "size", "sha256", "location"}
        assert waiting[0]["location"]["location"] == "12.3456, 78.9012"
        assert expect(station.get(f"/api/v1/files/{with_sound}/inference"), 200) == []

        first = expect(station.post(f"/api/v1/admin/files/{with_sound}/inference"), 201)
        assert first["status"] == "pending" and first["data"]["predictions"] == [] and first["file_id"] == with_sound
        again = station.post(f"/api/v1/admin/files/{with_sound}/inference")
        assert again.status_code in (200, 201)
        done = station.await_inference(with_sound)
        assert done["status"] == "completed" and done["error"] is None
        assert done["data"]["model"]["name"] == "Chorus acoustic event detector"
        assert "confidence" in done["data"]["model"]["description"].lower()
        predictions = done["data"]["predictions"]
        for prediction in predictions:
            assert set(prediction) == {"scientific_name", "common_name", "confidence", "start_time", "end_time", "low_freq", "high_freq"}
            assert prediction["scientific_name"] is None and prediction["common_name"] == "Unidentified sound"
            assert 0 <= prediction["confidence"] <= 1
            assert 0 <= prediction["start_time"] < prediction["end_time"] <= 6.1
            assert 0 <= prediction["low_freq"] < prediction["high_freq"] <= 8000
        # The tone sounds at 1, 2, 3, 4 and 5 s for 0.2 s.
        for second in range(1, 6):
            assert [p for p in predictions if p["start_time"] < second + 0.1 < p["end_time"] and p["low_freq"] < 3000 < p["high_freq"]], second

        assert station.analyze(silent)["data"]["predictions"] == []
        assert expect(station.get(to_infer), 200) == []
        listed = station.files(deployment)
        assert [file["inferences"][-1]["status"] for file in listed] == ["completed", "completed"]
        assert listed[0]["inferences"][0]["inference_id"] == first["inference_id"]
        assert set(listed[0]["uploaded_by_user"]) == {"email", "first_name", "created_at", "updated_at"}

        # Asking again makes another run; what is counted is the last.
        n_runs = len(listed[0]["inferences"])
        second_run = station.analyze(with_sound)
        assert second_run["data"]["predictions"] == predictions
        assert len(expect(station.get(f"/api/v1/files/{with_sound}/inference"), 200)) == n_runs + 1
        clips = expect(station.get(f"/api/v1/sites/{site}/biodiversity/audio-clips"), 200)
        assert set(clips) == {"Unidentified sound"}
        confidences = [clip["confidence"] for clip in clips["Unidentified sound"]]
        assert confidences == sorted((p["confidence"] for p in predictions), reverse=True)[:10]
        assert {clip["url"] for clip in clips["Unidentified sound"]} == {listed[0]["url"]}
        summary = expect(station.get(f"/api/v1/projects/{project}/biodiversity/summary"), 200)
        assert (summary["audio_devices_installed"], summary["total_audiofiles"], summary["cameras_installed"]) == (1, 2, 0)
        assert (summary["analyzed_audiofiles"], summary["unidentified_sounds"]) == (2, len(predictions))
        assert summary["insitu_species_distribution"]["least_concerned"] == [{"total": 0, "species_list": []}]


def empty_summaries(folder):
    with Station(folder / "data") as station:
        project, site, _ = station.make_deployment()
        assert expect(station.get(f"/api/v1/sites/{site}/biodiversity/audio-clips"), 200) == {}
        assert expect(station.get(f"/api/v1/projects/{project}/biodiversity/summary"), 200)["total_audiofiles"] == 0


def inference_fails(folder):
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        file_id = expect(station.upload(deployment, wav()), 201)["files"][0]["file_id"]
        (station.folder / "files" / (file_id + ".wav")).write_bytes(b"not audio any more")
        failed = station.analyze(file_id)
        assert failed["status"] == "failed" and failed["error"].endswith(".") and "/" not in failed["error"]
        assert failed["data"]["predictions"] == []


def many_inferences(folder):
    with Station(folder / "data") as station:
        _, _, deployment = station.make_deployment()
        ids = [file["file_id"] for file in expect(station.upload(deployment, *[wav(0.5 + i / 10) for i in range(15)]), 201)["files"]]
        for file_id in ids:
            expect(station.post(f"/api/v1/admin/files/{file_id}/inference"), 201)
        for file_id in ids:
            assert station.await_inference(file_id)["status"] == "completed"


def nonsense_on_the_wire(folder):
    with Station(folder / "data") as station:
        where = urlsplit(station.url)
        for text in [b"\r\n\r\n", b"nonsense\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00" * 100,
                     b"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                     b"POST /auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                     b"GET /api/v1/projects HTTP/1.1\r\nHost: a b\r\nAuthorization: Bearer " + station.token.encode() + b"\r\n\r\n",
                     b"GET http://[::1 HTTP/1.1\r\nHost: [\r\n\r\n"]:
            with socket.create_connection((where.hostname, where.port), timeout=10) as connection:
                connection.sendall(text)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
        expect(station.get("/api/v1/projects"), 200)


run(places, places_refused, unknown_ids, unknown_paths, bearer_token, sign_in, users_beside_a_running_station, paging, audio,
    audio_to_a_client_that_leaves, inference, empty_summaries, inference_fails, many_inferences, nonsense_on_the_wire)
