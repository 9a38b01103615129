# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the running program as a person would: widgets are found and read through the
accessibility bus (AT-SPI), the pointer and the keyboard are the X server's (xdotool).

Needs /usr/bin/python3 with gi and Atspi, xdotool, xprop and ImageMagick's import; run it inside
tools/in-display with a window manager. GTK 4.8 says of few widgets that they are showing, so
on_screen() looks at visibility and extent instead.
"""
import os
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Software OpenGL can hold the main loop of a program for a moment while it starts.
Atspi.set_timeout(10000, 30000)


def output_of(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.stdout.strip()


class Program:
    """A running program and its first window."""

    def __init__(self, command, title, environment=None, log=None):
        self.log = open(log or os.devnull, "w", encoding="utf-8")
        self.process = subprocess.Popen(
            command, env={**os.environ, **(environment or {})}, stdout=self.log, stderr=self.log
        )
        self.root = self.wait(self._find_application)
        found = self.wait(lambda: output_of("xdotool", "search", "--onlyvisible", "--name", title))
        self.window = found.split()[0]
        self.wait(lambda: next((n for n in self.walk() if n.get_role_name() == "frame"), None))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.log.close()

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_process_id() == self.process.pid:
                return application
        return None

    def wait(self, condition, seconds=60):
        """Polls until condition() is true and returns its value."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the program ended with status {self.process.returncode}")
            try:
                value = condition()
                if value:
                    return value
            except GLib.Error:
                pass
            time.sleep(0.05)
        raise TimeoutError(f"nothing after {seconds} s")

    def said(self):
        """All that the program has written so far."""
        with open(self.log.name, encoding="utf-8", errors="replace") as log:
            return log.read()

    def count_wakes(self):
        """How often the main thread has waited for something so far."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return int(re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status.read(), re.M).group(1))

    def wait_for_end(self, seconds=60):
        return self.process.wait(seconds)

    def walk(self, node=None):
        node = node or self.root
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child is not None:
                yield from self.walk(child)

    def all(self, role=None, name=None):
        pattern = re.compile(name) if name else None
        return [
            node
            for node in self.walk()
            if (role is None or node.get_role_name() == role)
            and (pattern is None or pattern.search(node.get_name() or ""))
        ]

    @staticmethod
    def extent(node):
        """Where a node is in its window."""
        return Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)

    @staticmethod
    def on_screen(node):
        extent = Program.extent(node)
        if extent.width <= 0 or extent.height <= 0:
            return False
        while node is not None and node.get_role_name() not in ("application", "frame", "dialog"):
            if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
                return False
            node = node.get_parent()
        return True

    def shown(self, role=None, name=None):
        """The first node on screen of that role whose name matches, or None."""
        return next((node for node in self.all(role, name) if self.on_screen(node)), None)

    def find(self, role=None, name=None, seconds=60):
        """Like shown(), but waits for it."""
        try:
            return self.wait(lambda: self.shown(role, name), seconds)
        except TimeoutError:
            raise TimeoutError(f"no {role or 'widget'} named {name!r} on screen after {seconds} s")

    @staticmethod
    def sensitive(node):
        return node.get_state_set().contains(Atspi.StateType.SENSITIVE)

    @staticmethod
    def focused(node):
        return node.get_state_set().contains(Atspi.StateType.FOCUSED)

    @staticmethod
    def value(node):
        return Atspi.Value.get_current_value(node)

    def position(self, node, x=0.5, y=0.5):
        """Screen position of a point of the node, 0 … 1 across and down."""
        lines = output_of("xdotool", "getwindowgeometry", "--shell", self.window).splitlines()
        geometry = {key: int(value) for key, value in (line.split("=") for line in lines)}
        frame = next(n for n in self.walk() if n.get_role_name() == "frame")
        inner = Atspi.Component.get_extents(frame, Atspi.CoordType.WINDOW)
        extents = output_of("xprop", "-id", self.window, "_GTK_FRAME_EXTENTS")
        shadow = [0, 0, 0, 0]
        if "=" in extents:
            shadow = [int(value) for value in extents.split("=")[1].split(",")]
        left, right, top, bottom = shadow
        border_x = (geometry["WIDTH"] - left - right - inner.width) // 2
        border_y = (geometry["HEIGHT"] - top - bottom - inner.height) // 2
        extent = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        return (
            geometry["X"] + left + border_x + extent.x + int(extent.width * x),
            geometry["Y"] + top + border_y + extent.y + int(extent.height * y),
        )

    def resize(self, width, height):
        """Asks the window manager for another size of the window, shadows included."""
        output_of("xdotool", "windowsize", self.window, width, height)

    def move_to(self, node, x=0.5, y=0.5):
        output_of("xdotool", "mousemove", *self.position(node, x, y))

    def await_rest(self, node):
        """Waits until a node stays where it is; a window that is just being shown moves its parts."""
        before = None
        while before != (before := self.position(node)):
            time.sleep(0.1)

    def click(self, node, x=0.5, y=0.5, button=1):
        self.await_rest(node)
        self.move_to(node, x, y)
        output_of("xdotool", "click", button)

    def tab_to(self, node):
        """Presses Tab until a node has the focus, which need not be on the screen."""
        for _ in range(100):
            if any(self.focused(part) for part in self.walk(node)):
                return
            self.key("Tab")
            time.sleep(0.05)
        raise TimeoutError(f"no way to {node.get_name()} by Tab")

    def double_click(self, node, x=0.5, y=0.5):
        """Two clicks that belong together however slow the machine is."""
        self.await_rest(node)
        self.move_to(node, x, y)
        output_of("xdotool", "click", "--repeat", 2, "--delay", 30, 1)

    @staticmethod
    def set_value(node, value):
        Atspi.Value.set_current_value(node, value)

    @staticmethod
    def set_text(node, text):
        Atspi.EditableText.set_text_contents(node, text)

    @staticmethod
    def set_value(node, value):
        Atspi.Value.set_current_value(node, value)

    @staticmethod
    def press(node):
        """Presses a button without the pointer; for dialogs, whose place on screen is not known."""
        Atspi.Action.do_action(node, 0)

    def scroll_dialog(self, title, x, n_notches):
        """Turns the wheel over a dialog, halfway down and at x across, 0 … 1."""
        window = output_of("xdotool", "search", "--onlyvisible", "--name", title).split()[-1]
        lines = output_of("xdotool", "getwindowgeometry", "--shell", window).splitlines()
        place = {key: int(value) for key, value in (line.split("=") for line in lines)}
        left, top = place["X"] + int(place["WIDTH"] * x), place["Y"] + place["HEIGHT"] // 2
        output_of("xdotool", "mousemove", left, top)
        output_of("xdotool", "click", "--repeat", n_notches, "--delay", 30, 5)

    def drag(self, node, start, end, steps=8):
        """Drags from one point of the node to another, in small steps as a hand does."""
        (x0, y0), (x1, y1) = self.position(node, *start), self.position(node, *end)
        output_of("xdotool", "mousemove", x0, y0, "mousedown", 1)
        for step in range(1, steps + 1):
            x = x0 + (x1 - x0) * step // steps
            y = y0 + (y1 - y0) * step // steps
            output_of("xdotool", "mousemove", x, y)
            time.sleep(0.02)
        output_of("xdotool", "mouseup", 1)

    @staticmethod
    def key_down(key):
        output_of("xdotool", "keydown", key)

    @staticmethod
    def key_up(key):
        output_of("xdotool", "keyup", key)

    def key(self, *keys):
        output_of("xdotool", "key", *keys)

    def type(self, text):
        output_of("xdotool", "type", "--delay", 15, text)

    def shot(self, path):
        """Writes the whole screen as a PNG."""
        subprocess.run(["import", "-window", "root", path], check=True)
