# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of the tour that reviews by species: clips across recordings, judged by keys alone."""

import contextlib
import sqlite3
import time


class SpeciesSteps:
    def store(self, sql):
        """What the store says: the rows of a query, read beside the program."""
        path = next((self.session.folder / "data").rglob("chorus.db"))
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            return store.execute(sql).fetchall()

    def wait_store(self, sql, expected):
        from driver import wait  # needs the session's bus
        wait(f"{expected} from {sql}", lambda: self.store(sql) == expected)

    def wait_left(self, left):
        self.driver.wait_text(f"{left} of {self.n_clips} left")

    def species(self):
        """The detections of a species are judged as clips by keys alone, one or many at a time, and all of it is undone"""
        from driver import wait
        driver = self.driver
        (before,), (in_force,) = self.store("SELECT coalesce(max(verdict_id), 0) FROM verdicts UNION ALL"
                                            " SELECT count(*) FROM detections WHERE verdict <> 'none'")
        self.n_clips, left = self.store("SELECT count(*), sum(verdict = 'none') FROM detections WHERE shown_in IS NOT NULL")[0]
        verdicts = f"SELECT verdict FROM verdicts WHERE verdict_id > {before} ORDER BY verdict_id"
        self.show("Species")
        driver.find(name="Clips")
        self.wait_left(left)
        self.four_pictures("species")

        driver.key("y", "n", "u")
        self.wait_left(left - 3)
        self.wait_store(verdicts, [("confirmed",), ("rejected",), ("uncertain",)])
        driver.key("ctrl+z")
        self.wait_left(left - 2)
        driver.key("ctrl+shift+z")
        self.wait_left(left - 3)
        # Redoing has gone back to the third clip, which is judged again with those to the one below it.
        driver.key("shift+Down")
        driver.wait_text(" selected")
        driver.key("n")
        driver.wait_gone(" selected")
        wait("many verdicts at a time", lambda: len(self.store(verdicts)) > 6)
        left -= len(self.store(verdicts)) - 5 - 1
        self.wait_left(left - 3)
        driver.picture("species-many")
        self.relabel(left - 4)
        self.one_at_a_time(left - 5)
        driver.press(driver.button("Statistics"))
        driver.wait_text("Suggested Threshold")
        driver.wait_text("Fewer than 50 detections were judged")
        self.two_pictures("species-statistics")
        driver.key("Escape")
        driver.wait_dialog_gone("Statistics")

        for _ in range(7):  # confirmed, rejected, uncertain, many, relabeled, a note, one at a time
            driver.key("ctrl+z")
            time.sleep(0.2)
        self.wait_store("SELECT count(*) FROM detections WHERE verdict <> 'none' OR note IS NOT NULL", [(in_force,)])
        driver.wait_text(f"{self.n_clips - in_force} of {self.n_clips} left")
        driver.key("alt+1")

    def relabel(self, left):
        driver = self.driver
        driver.key("r")
        driver.wait_text("Confirm as Another Species")
        time.sleep(0.3)
        driver.type("Eurasian Blackbird")
        driver.wait_text("No species here has that name")
        self.two_pictures("species-relabel")
        driver.key("Return")
        driver.wait_gone("Confirm as Another Species")
        self.wait_left(left)
        self.wait_store("SELECT common_name FROM verdicts ORDER BY verdict_id DESC LIMIT 1", [("Eurasian Blackbird",)])
        driver.key("c")
        driver.wait_text("Keep Note")
        time.sleep(0.3)
        driver.type("Faint")
        driver.key("Return")
        self.wait_store("SELECT note FROM notes ORDER BY note_id DESC LIMIT 1", [("Faint",)])

    def one_at_a_time(self, left):
        driver = self.driver
        driver.key("Return")
        driver.button("Return to the Clips")
        driver.find(name="Spectrogram")
        self.four_pictures("species-clip")
        heard = self.listen(lambda: (driver.key("Up"), time.sleep(2)))
        assert heard > 5000, f"only {heard} samples of the next clip were heard"
        self.wait_left(left)
        driver.key("Escape")
        driver.find(name="Clips")
