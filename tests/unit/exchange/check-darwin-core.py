#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the archive that test-darwin-core.c writes, with nothing of ours, and compares it with what was put in.

Usage: check-darwin-core.py ARCHIVE SCHEMA
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

DWC = "http://rs.tdwg.org/dwc/terms/"
AC = "http://rs.tdwg.org/ac/terms/"
TEXT = "{http://rs.tdwg.org/dwc/text/}"

# In the order in which a dataset of EML 2.1.1 has them.
DATASET = ["alternateIdentifier", "shortName", "title", "creator", "metadataProvider", "associatedParty", "pubDate",
           "language", "series", "abstract", "keywordSet", "additionalInfo", "intellectualRights", "distribution",
           "coverage", "purpose", "maintenance", "contact", "publisher", "pubPlace", "methods", "project"]
REQUIRED = ["title", "creator", "metadataProvider", "pubDate", "language", "abstract", "intellectualRights", "contact"]

NO_ZONE = "The time zone of the recorder is not known: times are those of its clock."

# What must be in the rows, by occurrenceID; the last is what nothing must be said of.
ROWS = {
    "dep-1:1:11": {
        "basisOfRecord": "MachineObservation", "eventID": "dep-1:1", "parentEventID": "dep-1",
        "eventDate": "2026-05-01T05:10:12+02:00/2026-05-01T05:10:15+02:00",
        "eventTime": "05:10:12+02:00/05:10:15+02:00", "eventRemarks": "", "samplingProtocol": "point counts by <machine>",
        "sampleSizeValue": "300", "sampleSizeUnit": "second", "samplingEffort": "300 seconds of recording",
        "decimalLatitude": "11.6", "decimalLongitude": "-76.1", "geodeticDatum": "EPSG:4326",
        "coordinateUncertaintyInMeters": "7899", "scientificName": "Myophonus horsfieldii",
        "vernacularName": "Malabar Whistling-Thrush", "taxonRank": "species",
        "verbatimIdentification": "Myophonus horsfieldii", "identifiedBy": "Asha Rao",
        "dateIdentified": "2026-05-03T10:00:00.5+05:30", "identificationReferences": "BirdNET 2.4",
        "identificationRemarks": "score: 0.931", "identificationVerificationStatus": "ValidatedByHuman",
        "occurrenceStatus": "present", "isROIOf": "a.wav", "startTime": "12", "endTime": "15", "freqLow": "1800.5",
        "freqHigh": "4200", "identificationQualifier": "", "associatedMedia": "", "behavior": "", "occurrenceRemarks": "",
    },
    # By machine, at a fraction of a second, with a name that a spreadsheet would compute and one that holds all else.
    "dep-1:1:12": {
        "eventDate": "2026-05-01T05:10:15.125+02:00/2026-05-01T05:10:18.250+02:00",
        "scientificName": "'=HYPERLINK(\"http://x\")", "vernacularName": "<b>&\"'\ufffd tab line end\\",
        "taxonRank": "", "identifiedBy": "", "dateIdentified": "", "identificationRemarks": "score: 0.5",
        "identificationVerificationStatus": "PredictedByMachine", "occurrenceRemarks": "'@note, with; all",
        "freqLow": "", "freqHigh": "",
    },
    # Named otherwise by a person.
    "dep-1:1:14": {
        "scientificName": "Corvus splendens protegatus", "vernacularName": "", "taxonRank": "subspecies",
        "verbatimIdentification": "Corvus macrorhynchos",
        "identificationRemarks": "score: 0.7; named by a person in the place of Corvus macrorhynchos",
        "identificationVerificationStatus": "ValidatedByHuman",
    },
    # The clock of the recorder, over midnight.
    "dep-1:2:21": {
        "eventDate": "2026-05-01T23:59:59/2026-05-02T00:00:02", "eventTime": "23:59:59/00:00:02", "eventRemarks": NO_ZONE,
        "identificationRemarks": "score: 0.4; a person listened and could not tell",
        "identificationVerificationStatus": "PredictedByMachine", "identifiedBy": "", "dateIdentified": "",
        "decimalLatitude": "", "geodeticDatum": "", "coordinateUncertaintyInMeters": "",
    },
    # What nobody knows is not said.
    "dep-1:3:31": {
        "eventDate": "", "eventTime": "", "eventRemarks": "It is not known when the recording began.",
        "sampleSizeValue": "", "sampleSizeUnit": "", "samplingEffort": "", "identificationRemarks": "no score",
        "identificationReferences": "", "identificationVerificationStatus": "ValidatedByHuman",
    },
    "dep-1:3:32": {"identificationVerificationStatus": "", "identificationRemarks": "no score", "startTime": "20"},
}


def check_meta(folder, schema):
    path = os.path.join(folder, "meta.xml")
    subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema, path], check=True, capture_output=True)
    archive = ElementTree.parse(path).getroot()
    core = archive.find(TEXT + "core")
    assert archive.get("metadata") == "eml.xml"
    assert core.get("rowType") == DWC + "Occurrence"
    assert core.get("encoding") == "UTF-8"
    assert core.get("fieldsTerminatedBy") == "\\t" and core.get("linesTerminatedBy") == "\\n"
    assert core.get("fieldsEnclosedBy") == "" and core.get("ignoreHeaderLines") == "1"
    assert [element.text for element in core.find(TEXT + "files")] == ["occurrence.txt"]
    assert core.find(TEXT + "id").get("index") == "0"
    fields = core.findall(TEXT + "field")
    assert [int(field.get("index")) for field in fields] == list(range(len(fields)))
    return [field.get("term") for field in fields]


def check_table(folder, terms):
    with open(os.path.join(folder, "occurrence.txt"), encoding="utf-8", newline="") as file:
        text = file.read()
    assert text.endswith("\n") and "\r" not in text
    rows = list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(len(row) == len(terms) for row in rows), [len(row) for row in rows]
    assert [term.rsplit("/", 1)[1] for term in terms] == rows[0]
    assert terms[0] == DWC + "occurrenceID"
    assert [term for term in terms if term.startswith(AC)] == [AC + name for name in (
        "isROIOf", "startTime", "endTime", "freqLow", "freqHigh")]
    found = {row[0]: dict(zip(rows[0], row)) for row in rows[1:]}
    assert len(found) == len(rows) - 1, "an id is there twice"
    assert list(found) == list(ROWS), list(found)
    for key, expected in ROWS.items():
        for column, value in expected.items():
            assert found[key][column] == value, (key, column, found[key][column], value)


def check_eml(folder):
    path = os.path.join(folder, "eml.xml")
    subprocess.run(["xmllint", "--noout", "--nonet", path], check=True, capture_output=True)
    root = ElementTree.parse(path).getroot()
    assert root.tag == "{eml://ecoinformatics.org/eml-2.1.1}eml"
    assert root.get("packageId") and root.get("system")
    dataset = root.find("dataset")
    names = [element.tag for element in dataset]
    assert names == sorted(names, key=DATASET.index), names
    assert not set(REQUIRED) - set(names), names
    assert dataset.findtext("title") == "Birds & <bats> of \"A\""
    assert dataset.findtext("creator/individualName/surName") == "Asha <Rao>"
    assert dataset.findtext("creator/organizationName") == "A & B"
    assert dataset.findtext("contact/electronicMailAddress") == "asha@example.org"
    assert dataset.findtext("pubDate") == "2026-06-01"
    link = dataset.find("intellectualRights/para/ulink")
    assert link.get("url") == "https://creativecommons.org/publicdomain/zero/1.0/legalcode"
    box = dataset.find("coverage/geographicCoverage/boundingCoordinates")
    assert [element.tag[:4] for element in box] == ["west", "east", "nort", "sout"]
    assert [float(element.text) for element in box] == [-76.1, -76.1, 11.6, 11.6]
    dates = [element.text for element in dataset.iter("calendarDate")]
    assert dates == ["2026-05-01", "2026-05-02"], dates
    taxa = [element.text for element in dataset.iter("taxonRankValue")]
    assert taxa == sorted(taxa) and "Myophonus horsfieldii" in taxa and "Engine" not in taxa, taxa
    steps = [element.text for element in dataset.iterfind("methods/methodStep/description/para")]
    assert "point counts by <machine>" in steps and "Detections were made by: BirdNET 2.4." in steps, steps


def main():
    with zipfile.ZipFile(sys.argv[1]) as archive, tempfile.TemporaryDirectory() as folder:
        assert archive.testzip() is None
        assert archive.namelist() == ["occurrence.txt", "meta.xml", "eml.xml"]
        archive.extractall(folder)
        check_table(folder, check_meta(folder, sys.argv[2]))
        check_eml(folder)


if __name__ == "__main__":
    main()
