#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the package that test-camtrap.c writes, with nothing of ours, and holds it against the acoustic profile of Camtrap
DP, whose schemas are written down here by hand (github.com/camera-traps/bioacoustics, camtrap-dp/1.0.2).

Usage: check-camtrap.py ARCHIVE KIND, where KIND is "times" for the package whose contents are known here
"""

import csv
import datetime
import io
import json
import re
import sys
import zipfile

import jsonschema

PROFILE = ("https://raw.githubusercontent.com/camera-traps/bioacoustics/e4b4722fb453f5ca39c39ea3c4f348e9953f0084/"
           "camtrap-dp/1.0.2/")
SECOND = "%Y-%m-%dT%H:%M:%S%z"
FRACTION = "%Y-%m-%dT%H:%M:%S.%f%z"
TEXT, NUMBER, INTEGER, TRUTH = "text", "number", "integer", "truth"
# Relative and without a step upwards, as Frictionless has paths.
PATH = r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"

# name, required, kind: a word of the above, a format of strptime, or what is allowed; then limits
DEPLOYMENTS = [
    ("deploymentID", True, TEXT), ("locationID", False, TEXT), ("locationName", False, TEXT),
    ("latitude", True, NUMBER, -90, 90), ("longitude", True, NUMBER, -180, 180),
    ("coordinateUncertainty", False, INTEGER, 1, None), ("elevation", False, INTEGER), ("deploymentStart", True, SECOND),
    ("deploymentEnd", True, SECOND), ("setupBy", False, TEXT), ("deviceID", False, TEXT), ("deviceModel", False, TEXT),
    ("devicePlatform", False, ["buoy", "vegetation", "building", "structure", "pole", "unattached"]),
    ("deviceDelay", False, INTEGER, 0, None), ("deviceHeight", False, NUMBER, 0, None),
    ("deviceDepth", False, NUMBER, 0, None), ("deviceTilt", False, INTEGER, -90, 90),
    ("deviceHeading", False, INTEGER, 0, 360), ("recordingSchedule", False, TEXT), ("detectionDistance", False, NUMBER, 0, None),
    ("baitUse", False, TRUTH),
    ("locationType", False, ["roadPaved", "roadDirt", "trailHiking", "trailGame", "roadUnderpass", "roadOverpass", "roadBridge",
                             "culvert", "burrow", "nestSite", "carcass", "waterSource", "fruitingTree"]),
    ("habitat", False, TEXT), ("deploymentGroups", False, TEXT), ("deploymentTags", False, TEXT),
    ("deploymentComments", False, TEXT),
]
MEDIA = [
    ("mediaID", True, TEXT), ("deploymentID", True, TEXT),
    ("captureMethod", False, ["activityDetection", "continuous", "recordingSchedule"]), ("timestamp", True, FRACTION),
    ("duration", False, NUMBER, 0, None), ("filePath", True, re.compile(PATH)), ("filePublic", True, TRUTH),
    ("fileName", False, TEXT), ("fileMediatype", True, re.compile(r"^(image|video|audio)/.*$")), ("exifData", False, TEXT),
    ("bitDepth", False, ["8", "16", "24", "32"]), ("samplingFrequency", False, INTEGER), ("gain", False, NUMBER, 0, None),
    ("channels", False, INTEGER, 1, None), ("favorite", False, TRUTH), ("mediaComments", False, TEXT),
]
OBSERVATIONS = [
    ("observationID", True, TEXT), ("deploymentID", True, TEXT), ("mediaID", False, TEXT), ("eventID", False, TEXT),
    ("eventStart", True, FRACTION), ("eventEnd", True, FRACTION), ("observationLevel", True, ["media", "event", "interval"]),
    ("observationType", True, ["animal", "human", "vehicle", "blank", "unknown", "unclassified"]),
    ("deviceSetupType", False, ["setup", "calibration"]), ("scientificName", False, TEXT), ("count", False, INTEGER, 1, None),
    ("lifeStage", False, ["adult", "subadult", "juvenile"]), ("sex", False, ["female", "male"]), ("behavior", False, TEXT),
    ("individualID", False, TEXT), ("individualPositionRadius", False, NUMBER, 0, None),
    ("individualPositionAngle", False, NUMBER, -90, 90), ("individualSpeed", False, NUMBER, 0, None),
    ("bboxX", False, NUMBER, 0, 1), ("bboxY", False, NUMBER, 0, 1), ("bboxWidth", False, NUMBER, 1e-15, 1),
    ("bboxHeight", False, NUMBER, 1e-15, 1), ("frequencyLow", False, NUMBER), ("frequencyHigh", False, NUMBER),
    ("classificationMethod", False, ["human", "machine"]), ("classifiedBy", False, TEXT),
    ("classificationTimestamp", False, SECOND), ("classificationProbability", False, NUMBER, 0, 1),
    ("classificationConfirmation", False, ["captured", "heardOnSite", "seenOnSite"]), ("observationTags", False, TEXT),
    ("observationComments", False, TEXT),
]

PEOPLE = ["contact", "principalInvestigator", "rightsHolder", "publisher", "contributor"]
PACKAGE = {
    "type": "object",
    "required": ["resources", "profile", "created", "contributors", "project", "spatial", "temporal", "taxonomic"],
    "properties": {
        "resources": {"type": "array", "minItems": 3, "maxItems": 3, "items": {
            "type": "object", "required": ["name", "path", "profile", "schema"], "properties": {
                "name": {"enum": ["deployments", "media", "observations"]}, "path": {"pattern": PATH},
                "profile": {"const": "tabular-data-resource"}, "schema": {"pattern": "^https://"},
                "encoding": {"const": "utf-8"}, "format": {"const": "csv"}, "mediatype": {"pattern": "^(.+)/(.+)$"}}}},
        "profile": {"const": PROFILE + "camtrap-dp-profile-acoustic.json"},
        "name": {"type": "string", "pattern": r"^([-a-z0-9._/])+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$"},
        "title": {"type": "string"},
        "contributors": {"type": "array", "minItems": 1, "items": {
            "type": "object", "required": ["title"], "properties": {
                "title": {"type": "string"}, "email": {"pattern": "^.+@.+$"}, "role": {"enum": PEOPLE}}}},
        "licenses": {"type": "array", "minItems": 2, "items": {
            "type": "object", "required": ["scope", "name"], "properties": {
                "scope": {"enum": ["data", "media"]}, "name": {"pattern": r"^([-a-zA-Z0-9._])+$"},
                "path": {"pattern": "^https://"}}}},
        "project": {"type": "object",
                    "required": ["title", "samplingDesign", "captureMethod", "individualAnimals", "observationLevel"],
                    "properties": {
                        "title": {"type": "string"}, "protocolType": {"enum": ["camera-trapping", "acoustic"]},
                        "samplingDesign": {"enum": ["simpleRandom", "systematicRandom", "clusteredRandom", "experimental",
                                                    "targeted", "opportunistic"]},
                        "captureMethod": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {
                            "enum": ["activityDetection", "continuous", "recordingSchedule"]}},
                        "individualAnimals": {"type": "boolean"},
                        "observationLevel": {"type": "array", "items": {"enum": ["media", "event"]}}}},
        "coordinatePrecision": {"type": "number"},
        "spatial": {"type": "object", "required": ["type", "coordinates"], "properties": {
            "type": {"enum": ["Point", "MultiPoint", "Polygon"]}, "coordinates": {"type": "array"}}},
        "temporal": {"type": "object", "required": ["start", "end"], "properties": {
            "start": {"pattern": r"^\d{4}-\d\d-\d\d$"}, "end": {"pattern": r"^\d{4}-\d\d-\d\d$"}}},
        "taxonomic": {"type": "array", "items": {"type": "object", "required": ["scientificName"], "properties": {
            "scientificName": {"type": "string", "minLength": 1},
            "taxonRank": {"enum": ["kingdom", "phylum", "class", "order", "family", "genus", "species", "subspecies"]}}}},
    },
}


def column_schema(kind, limits):
    if isinstance(kind, list):
        return {"enum": kind}
    if isinstance(kind, re.Pattern):
        return {"type": "string", "pattern": kind.pattern}
    if kind in (NUMBER, INTEGER):
        schema = {"type": kind}
        if limits and limits[0] is not None:
            schema["minimum"] = limits[0]
        if limits and limits[1] is not None:
            schema["maximum"] = limits[1]
        return schema
    if kind == TRUTH:
        return {"type": "boolean"}
    return {"type": "string"}


def cell(text, kind):
    if kind == NUMBER:
        return float(text)
    if kind == INTEGER:
        return int(text)
    if kind == TRUTH:
        return {"true": True, "false": False}[text]
    if kind in (SECOND, FRACTION):
        datetime.datetime.strptime(text, kind)
    return text


def read_table(archive, name, columns):
    text = archive.read(name).decode("utf-8")
    assert "\r" not in text and text.endswith("\n")
    rows = list(csv.reader(io.StringIO(text), strict=True))
    assert rows[0] == [column[0] for column in columns], rows[0]
    schema = {"type": "object", "additionalProperties": False, "required": [c[0] for c in columns if c[1]],
              "properties": {c[0]: column_schema(c[2], c[3:]) for c in columns}}
    validator = jsonschema.Draft7Validator(schema)
    found = []
    for row in rows[1:]:
        assert len(row) == len(columns), row
        # Empty, NA and NaN are missing.
        validator.validate({c[0]: cell(text, c[2]) for c, text in zip(columns, row) if text not in ("", "NA", "NaN", "nan")})
        found.append(dict(zip(rows[0], row)))
    ids = [row[columns[0][0]] for row in found]
    assert len(set(ids)) == len(ids), ids
    return found


def check_contents(archive, package, deployments, media, observations):
    assert [d["deploymentID"] for d in deployments] == ["dep-1", "dep-2"]
    first, second = deployments
    assert first["deploymentStart"] == "2026-05-01T05:10:00+02:00" and first["deploymentEnd"] == "2026-05-01T05:20:01+02:00"
    assert (first["latitude"], first["longitude"], first["coordinateUncertainty"]) == ("11.6", "-76.1", "7899")
    assert first["locationName"] == "North" and first["deploymentGroups"] == "project:Western Ghats | site:Site A"
    assert first["deploymentTags"] == "" and first["deploymentComments"] == ""
    assert (second["latitude"], second["longitude"]) == ("12.3", "77")
    assert second["deploymentTags"] == "timestampIssues:true"
    assert second["deploymentComments"].endswith("its clock time is written as UTC.")

    assert [m["mediaID"] for m in media] == ["1", "2", "3"], media
    assert media[0]["timestamp"] == "2026-05-01T05:10:00.000+02:00" and media[0]["duration"] == "300"
    assert media[0]["bitDepth"] == "16" and media[0]["samplingFrequency"] == "48000" and media[0]["channels"] == "1"
    assert media[0]["filePath"] == "media/dep-1/1/a.wav" and media[0]["fileMediatype"] == "audio/wav"
    assert media[0]["favorite"] == "true" and media[1]["favorite"] == "false"
    assert media[1]["fileName"] == "..\\..\\x/~y.FLAC" and media[1]["fileMediatype"] == "audio/flac"
    assert media[1]["filePath"] == "media/dep-1/2/-.-.--x--y.FLAC", media[1]
    assert media[2]["timestamp"] == "2026-05-02T06:00:00.250+00:00" and media[2]["mediaComments"]

    rows = {row["observationID"]: row for row in observations}
    assert list(rows) == ["11", "12", "14", "15", "16", "17", "31"], list(rows)
    assert all(row["observationLevel"] == "interval" and row["eventID"] == "" for row in observations)
    assert all(row["classificationProbability"] == "" for row in observations)
    confirmed = rows["11"]
    assert confirmed["eventStart"] == "2026-05-01T05:10:12.000+02:00"
    assert confirmed["eventEnd"] == "2026-05-01T05:10:15.500+02:00"
    assert confirmed["classificationMethod"] == "human" and confirmed["classifiedBy"] == "Asha Rao"
    assert confirmed["classificationTimestamp"] == "2026-05-03T10:00:00+05:30"
    assert (confirmed["frequencyLow"], confirmed["frequencyHigh"]) == ("1800.5", "4200")
    assert confirmed["classificationConfirmation"] == ""
    assert "verdict:confirmed" in confirmed["observationTags"].split(" | ")
    machine = rows["12"]
    assert machine["classificationMethod"] == "machine" and machine["classifiedBy"] == "BirdNET 2.4"
    assert machine["scientificName"] == "'=1+1,\"x\"" and machine["observationComments"] == "a, \"b\" c"
    assert machine["observationTags"].split(" | ") == ["score:0.5", "model:BirdNET 2.4", "commonName:a/b"], machine
    assert machine["frequencyLow"] == "" and machine["frequencyHigh"] == ""
    renamed = rows["14"]
    assert renamed["scientificName"] == "Corvus splendens"
    assert "label:Corvus macrorhynchos" in renamed["observationTags"]
    assert [rows[key]["observationType"] for key in ("15", "16", "17")] == ["human", "vehicle", "unknown"]
    assert [rows[key]["scientificName"] for key in ("15", "16", "17")] == ["Homo sapiens", "", ""]
    assert "label:Engine" in rows["16"]["observationTags"]

    assert [t["scientificName"] for t in package["taxonomic"]] == sorted(
        {"=1+1,\"x\"", "Corvus splendens", "Myophonus horsfieldii", "Pavo cristatus"})
    assert package["temporal"] == {"start": "2026-05-01", "end": "2026-05-02"}
    assert package["spatial"] == {"type": "Polygon", "coordinates": [
        [[-76.1, 11.6], [77, 11.6], [77, 12.3], [-76.1, 12.3], [-76.1, 11.6]]]}
    assert package["coordinatePrecision"] == 0.1 and package["name"] == "birds-in-a" and package["title"] == "Birds in \"A\""
    assert package["project"]["samplingDesign"] == "systematicRandom"


def main():
    with zipfile.ZipFile(sys.argv[1]) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["datapackage.json", "deployments.csv", "media.csv", "observations.csv"]
        package = json.loads(archive.read("datapackage.json").decode("utf-8"))
        jsonschema.Draft7Validator.check_schema(PACKAGE)
        jsonschema.Draft7Validator(PACKAGE).validate(package)
        assert [r["name"] for r in package["resources"]] == ["deployments", "media", "observations"]
        assert [r["path"] for r in package["resources"]] == archive.namelist()[1:]
        assert [r["schema"] for r in package["resources"]] == [
            PROFILE + name + "-table-schema-acoustic.json" for name in ("deployments", "media", "observations")]
        assert {license["scope"] for license in package["licenses"]} == {"data", "media"}
        deployments = read_table(archive, "deployments.csv", DEPLOYMENTS)
        media = read_table(archive, "media.csv", MEDIA)
        observations = read_table(archive, "observations.csv", OBSERVATIONS)
        places = {row["deploymentID"] for row in deployments}
        files = {row["mediaID"]: row["deploymentID"] for row in media}
        assert {row["deploymentID"] for row in media} <= places
        assert all(files[row["mediaID"]] == row["deploymentID"] for row in observations)
        paths = [row["filePath"] for row in media]
        assert len(set(paths)) == len(paths)
        if sys.argv[2] == "times":
            check_contents(archive, package, deployments, media, observations)
        for row in observations:
            print(row["observationID"], row["classificationProbability"] or "-")


if __name__ == "__main__":
    main()
