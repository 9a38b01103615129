#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saves pictures of the graph as a person would, by keyboard, and looks at the files. Speaks TAP.

    test-pictures.py COTERIE COTERIE_CLI [PATTERN]
"""
import re
import shutil
import struct
import subprocess
import sys
import zlib

from cases import Cases, main

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_chunks(png):
    """The kinds and contents of a PNG's chunks."""
    assert png.startswith(PNG_SIGNATURE)
    position = len(PNG_SIGNATURE)
    while position < len(png):
        length, kind = struct.unpack(">I4s", png[position : position + 8])
        yield kind, png[position + 8 : position + 8 + length]
        position += 12 + length


def read_size(png):
    return struct.unpack(">II", dict(read_chunks(png))[b"IHDR"][:8])


def read_first_pixel(png):
    """Red, green, blue and opacity; before the first pixel no filter has anything to add."""
    rows = zlib.decompress(b"".join(content for kind, content in read_chunks(png) if kind == b"IDAT"))
    n_channels = {2: 3, 6: 4}[dict(read_chunks(png))[b"IHDR"][9]]
    return tuple(rows[1 : 1 + n_channels]) + (255,) * (4 - n_channels)


class PictureCases(Cases):
    """The dialog, the file chooser, and what is written."""

    def ask(self, p):
        p.find("label", "^Iteration 4 of 4$")
        p.key("ctrl+shift+s")
        row = p.find("combo box", "^Format$")
        p.wait(lambda: p.focused(row))

    def choose(self, p, row, *keys):
        """Goes to a row of the dialog by Tab, and through its list by arrows."""
        for _ in range(12):
            if p.focused(p.shown("combo box", f"^{row}$")):
                break
            p.key("Tab")
        combo = p.shown("combo box", f"^{row}$")
        assert p.focused(combo), f"{row} is not reached"
        p.key("space")
        p.wait(lambda: not p.focused(combo))
        p.key(*keys, "Return")
        p.wait(lambda: p.focused(combo))

    def save_as(self, p, name, says="^Picture saved"):
        p.key("alt+s")
        p.set_text(p.find("text", "^Name:$"), str(self.folder / name))
        save = p.find("push button", "Save Save$")
        p.wait(lambda: p.sensitive(save))
        p.press(save)
        p.find("label", says)
        p.wait(lambda: not p.shown("combo box", "^Format$"))

    def test_saves_vectors_for_a_column(self):
        with self.start(self.recording) as p:
            self.ask(p)
            p.find("label", r"^\d+ × \d+ pixels$")
            self.choose(p, "Format", "Down", "Down")
            self.choose(p, "Size", "Down")
            p.find("label", r"^89 × \d+ mm, vectors; higher")
            self.save_as(p, "paper")
        pdf = (self.folder / "paper.pdf").read_bytes()
        assert pdf.startswith(b"%PDF")
        assert re.search(rb"/MediaBox \[ 0 0 252\.28", pdf), "not as wide as the column"
        assert b"Digits, iteration 4, layer 2" in pdf
        assert "network 784-96-64-10".encode("utf-16-be").hex().upper().encode() in pdf
        if shutil.which("pdffonts"):
            listed = subprocess.run(
                ["pdffonts", str(self.folder / "paper.pdf")],
                check=True, capture_output=True, text=True,
            ).stdout.splitlines()[2:]
            assert listed
            for font in listed:
                assert "Type 3" not in font and re.search(r" yes (yes|no) +(yes|no) ", font), font

    def test_keeps_what_was_chosen(self):
        with self.start(self.recording) as p:
            self.ask(p)
            p.key("Escape")
            p.wait(lambda: not p.shown("combo box", "^Format$"))
            self.ask(p)
            self.choose(p, "Size", "Down")
            p.find("label", r"^1051 × \d+ pixels, 89 × \d+ mm; higher")
            p.key("alt+s")
            p.find("text", "^Name:$")
            p.key("Escape")
            p.wait(lambda: not p.shown("text", "^Name:$"))
            self.save_as(p, "graph")
            self.ask(p)
            p.find("label", r"^1051 × \d+ pixels, 89 × \d+ mm; higher")
        png = (self.folder / "graph.png").read_bytes()
        assert read_size(png)[0] == 1051
        assert b"Digits, iteration 4, layer 2" in png and b"network 784-96-64-10" in png

    def test_is_light_in_a_dark_window(self):
        with self.start(self.recording, ADW_DEBUG_COLOR_SCHEME="prefer-dark") as p:
            for name, keys in (("light", ()), ("dark", ("Down",)), ("transparent", ("Down", "Down"))):
                self.ask(p)
                self.choose(p, "Background", *keys)
                self.save_as(p, name + ".png")
                p.wait(lambda: not p.shown("label", "^Picture saved"))
        pixels = {
            name: read_first_pixel((self.folder / (name + ".png")).read_bytes())
            for name in ("light", "dark", "transparent")
        }
        assert min(pixels["light"]) > 240, pixels
        assert max(pixels["dark"][:3]) < 60 and pixels["dark"][3] == 255, pixels
        assert pixels["transparent"][3] == 0, pixels

    def test_takes_an_ending_at_its_word(self):
        with self.start(self.recording) as p:
            self.ask(p)
            self.save_as(p, "graph.svg")
        assert b"<svg" in (self.folder / "graph.svg").read_bytes()[:400]

    def test_own_sizes_have_names_and_units(self):
        with self.start(self.recording) as p:
            self.ask(p)
            self.choose(p, "Size", "End")
            self.choose(p, "Height", "Down")
            p.find("label", r"^1417 × 886 pixels, 120 × 75 mm$")
            for name, value in (("^Width$", 120.0), ("^Own Height$", 75.0), ("^Resolution$", 300.0)):
                assert p.value(p.find("spin button", name)) == value
            self.choose(p, "Unit", "Down")
            p.find("label", r"^1417 × 886 pixels, 120 × 75 mm$")
            p.set_value(p.find("spin button", "^Width$"), 100.0)
            p.find("label", r"^There can be no such picture: a side of 30000 pixels, ")
            assert not p.sensitive(p.find("push button", "^Save…$"))

    def test_says_why_there_is_no_picture(self):
        with self.start(self.recording) as p:
            self.ask(p)
            self.save_as(p, "/proc/graph.png", says="^/proc/graph.png: ")


if __name__ == "__main__":
    sys.exit(main(PictureCases, "pictures"))
