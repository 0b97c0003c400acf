#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a page that test-summary.c writes, as Python's parser of HTML sees it.

Usage: check-summary.py PAGE [evil]

It must be balanced, load and run nothing, have one heading of each outer level in order, tables whose heads have scopes, and
drawings with a name or hidden. Prints the cells of its tables, a row a line. With "evil" the names in it may look like markup.
"""

import html.parser
import sys

VOID = {"meta", "br", "hr", "img", "link", "input"}
ALLOWED = {"html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "h1", "h2", "p", "dl", "div",
           "dt", "dd", "small", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "b", "i", "svg", "g", "rect",
           "line", "text", "details", "summary"}
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "style", "aria-labelledby",
              "aria-hidden", "role", "viewbox", "preserveaspectratio", "text-anchor", "x", "y", "x1", "x2", "y1", "y2", "width",
              "height"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.headings = []
        self.ids = []
        self.named = []
        self.rows = []
        self.svg_named = []
        self.text = []

    def handle_starttag(self, tag, attributes):
        assert tag in ALLOWED, f"<{tag}>"
        names = dict(attributes)
        for name, value in attributes:
            assert name in ATTRIBUTES and not name.startswith("on"), (tag, name)
            assert "url(" not in (value or "") and "javascript:" not in (value or ""), value
        if "id" in names:
            self.ids.append(names["id"])
        if "aria-labelledby" in names:
            self.named.append(names["aria-labelledby"])
        if tag == "th":
            assert names.get("scope") in ("row", "col"), attributes
        if tag == "svg":
            self.svg_named.append(names.get("aria-hidden") == "true" or names.get("role") == "img")
            assert self.svg_named[-1], attributes
        if tag in ("h1", "h2"):
            self.headings.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag == "li":
            self.rows.append([""])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        assert "svg" in self.open, tag
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data):
        self.text.append(data)
        if "style" in self.open:
            assert "url(" not in data and "@import" not in data and "<" not in data
        elif ("td" in self.open or "th" in self.open or "li" in self.open) and "svg" not in self.open:
            self.rows[-1][-1] += ("/" if self.rows[-1][-1] and "i" in self.open else "") + data

    def handle_comment(self, data):
        raise AssertionError(data)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    assert text.startswith("<!DOCTYPE html>\n")
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open, page.open
    assert page.headings[0] == "h1" and page.headings.count("h1") == 1
    assert len(set(page.ids)) == len(page.ids), page.ids
    assert set(page.named) <= set(page.ids), page.named
    lowered = text.lower()
    for word in ("<script", "<iframe", "<img", "<link", "<object"):
        assert word not in lowered, word
    if len(sys.argv) == 2:
        assert "http" not in lowered.replace("http-equiv", "") and "src=" not in lowered and "href=" not in lowered
    for row in page.rows:
        print(" | ".join(cell.strip() for cell in row))


if __name__ == "__main__":
    main()
