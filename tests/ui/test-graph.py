#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Selects, walks and moves in the graph as a person would. Speaks TAP.

    test-graph.py COTERIE COTERIE_CLI [PATTERN]
"""
import re
import sys
import time

from cases import Cases, main

NEURON = r"^Neuron \d+, layer 2, "


class GraphCases(Cases):
    """The pointer and the keyboard on the graph of the layer."""

    def open(self, **environment):
        p = self.start(self.recording, **environment)
        p.graph = p.find(None, "^Graph of the Layer$")
        p.find("label", "^Iteration 4 of 4$")
        p.wait(lambda: "neurons" in (p.graph.get_description() or ""))
        return p

    @staticmethod
    def count_neurons(p):
        return int(re.search(r"(\d+) neurons", p.graph.get_description()).group(1))

    def card_at(self, p, point, seconds):
        """The number of the neuron at a point, if a card of it is shown there in time."""
        name = r"^Neuron (\d+) · layer 2$"
        p.move_to(p.graph, 0.02, 0.5)
        p.wait(lambda: not p.shown("label", name))
        p.move_to(p.graph, *point)
        try:
            return int(re.match(name, p.find("label", name, seconds).get_name())[1])
        except TimeoutError:
            return None

    def find_neurons(self, p, n_wanted):
        """Points of different neurons, each with the neuron's number, found by looking at cards."""
        found = {}
        for i in range(24 * 24):
            point = (0.3 + 0.5 * (i % 24) / 24, 0.2 + 0.55 * (i // 24) / 24)
            p.move_to(p.graph, *point)
            # a card that comes late may be that of the point before
            if p.shown("label", r"^Neuron \d+ · layer 2$"):
                number = self.card_at(p, point, seconds=2)
                if number is not None:
                    found.setdefault(number, point)
            if len(found) == n_wanted:
                return [(point, number) for number, point in found.items()]
        raise AssertionError(f"{len(found)} neurons instead of {n_wanted}")

    def hold(self, p, key, action):
        p.key_down(key)
        try:
            action()
        finally:
            p.key_up(key)

    def test_click_selects_and_ctrl_adds(self):
        with self.open() as p:
            (first, a), (second, b) = self.find_neurons(p, 2)
            p.click(p.graph, *first)
            p.find("label", f"^Neuron {a}$")
            self.hold(p, "ctrl", lambda: p.click(p.graph, *second))
            p.find("label", "^2 neurons$")
            self.hold(p, "ctrl", lambda: p.click(p.graph, *first))
            p.find("label", f"^Neuron {b}$")
            p.key("Escape")
            p.wait(lambda: not p.shown("label", f"^Neuron {b}$"))

    def test_plots_stay_where_they_are_when_a_neuron_is_selected(self):
        def find_places(p):
            names = ("Modularity", "Activation entropy", "Accuracy")
            return [p.position(p.find("image", f"^{name}$"), 1, 1) for name in names]

        with self.open() as p:
            p.find("label", "^Nothing Selected$")
            places = find_places(p)
            p.key("Return", "Return")
            p.find("label", r"^Neuron \d+$")
            assert find_places(p) == places
            p.key("ctrl+a")
            p.find("label", "^neurons that represent a class$")
            assert find_places(p) == places
            p.key("Escape")
            p.wait(lambda: not p.shown("label", "^neurons that represent a class$"))
            assert find_places(p) == places

    def test_rubber_band_selects_what_is_in_it(self):
        with self.open() as p:
            p.key("minus", "minus")
            time.sleep(0.5)
            self.hold(p, "shift", lambda: p.drag(p.graph, (0.02, 0.12), (0.9, 0.99)))
            p.find("label", f"^{self.count_neurons(p)} neurons$")
            p.click(p.graph, 0.03, 0.3)
            p.wait(lambda: not p.shown("label", "^neurons that represent a class$"))
            self.hold(p, "shift", lambda: p.drag(p.graph, (0.3, 0.3), (0.7, 0.7)))
            p.find("label", "^neurons that represent a class$")
            sizes = [int(n.get_name().split()[0]) for n in p.all("label", "^[0-9]+ neurons$")]
            assert min(sizes) < self.count_neurons(p), sizes

    def test_double_click_selects_the_community(self):
        with self.open() as p:
            ((point, number),) = self.find_neurons(p, 1)
            p.click(p.graph, *point)
            p.find("label", f"^Neuron {number}$")
            community = p.find("label", r"^layer 2 · (small )?community").get_name()
            p.double_click(p.graph, *point)
            name = re.search(r"community (C\d+)", community)
            if name:
                listed = p.find("list item", rf"^{name.group(1)}: ").get_name()
                size = re.search(r"(\d+) neurons?$", listed).group(1)
                p.find("label", f"^{size} neurons$")
                p.find("label", f"^{name.group(1)}: {size}$")

    def test_a_moved_neuron_is_pinned_until_it_is_undone(self):
        with self.open() as p:
            ((point, number),) = self.find_neurons(p, 1)
            p.click(p.graph, *point)
            p.find("push button", "^Pin$")
            # on a quick machine its press is the second within a double click's time
            p.drag(p.graph, point, (0.75, 0.12))
            p.find("push button", "^Unpin$")
            p.find("label", f"^Neuron {number}$")
            p.key("ctrl+z")
            p.find("push button", "^Pin$")
            # it glides back, and a card comes of a neuron that is there when the pointer moves
            p.wait(lambda: self.card_at(p, point, seconds=2) == number)
            p.key("ctrl+shift+z")
            p.find("push button", "^Unpin$")
            p.find("label", f"^Neuron {number}$")
        with self.open() as p:
            p.key("Return", "ctrl+a")
            p.find("push button", "^Pin$")
            self.select_neuron(p, number)
            p.find("push button", "^Unpin$")
            p.key("p")
            p.find("push button", "^Pin$")

    def test_a_neuron_is_moved_among_all_layers(self):
        with self.open() as p:
            p.click(p.find("push button", "^All layers$"))
            p.wait(lambda: "all 2 layers" in p.graph.get_description())
            ((point, number),) = self.find_neurons(p, 1)
            p.click(p.graph, *point)
            p.find("label", f"^Neuron {number}$")
            p.find("push button", "^Pin$")
            p.drag(p.graph, point, (0.75, 0.12))
            p.find("push button", "^Unpin$")
            p.click(p.find("push button", "^Layer 2$"))
            p.find("push button", "^Unpin$")
            p.key("ctrl+z")
            p.find("push button", "^Pin$")

    def select_neuron(self, p, number):
        p.key("Escape", "ctrl+f")
        p.wait(lambda: any(map(p.focused, p.all("entry", "^Find Neurons$"))))
        p.type(str(number))
        p.key("Return")
        p.find("label", f"^Neuron {number}$")
        p.key("Escape")

    def test_what_the_filter_hides_is_told_and_shown(self):
        with self.open() as p:
            n_all = self.count_neurons(p)
            p.key("ctrl+f")
            p.wait(lambda: any(map(p.focused, p.all("entry", "^Find Neurons$"))))
            p.type("neuron < 32")
            p.find("label", r"^\d+ neurons$")
            p.key("ctrl+Return", "ctrl+f")
            p.wait(lambda: any(map(p.focused, p.all("entry", "^Find Neurons$"))))
            p.type("neuron >= 32")
            p.find("label", r"^\d+ matches are hidden by the filter$")
            p.click(p.find("push button", "^Show All$"))
            found = p.find("label", r"^\d+ neurons$").get_name()
            assert 0 < int(found.split()[0]) < n_all
            p.find("push button", "^Show Only$")

    def test_keyboard_walks_from_neuron_to_neuron(self):
        with self.open() as p:
            p.key("Left")
            p.find("label", "^Iteration 3 of 4$")
            p.key("Return")
            p.wait(lambda: re.match(NEURON, p.graph.get_name()))
            first = p.graph.get_name()
            p.key("Left")
            p.wait(lambda: re.match(NEURON, p.graph.get_name()) and p.graph.get_name() != first)
            p.find("label", "^Iteration 3 of 4$")
            p.key("Return")
            p.find("label", "^Neuron " + p.graph.get_name().split()[1].rstrip(",") + "$")
            p.key("Right", "ctrl+Return")
            p.find("label", "^2 neurons$")
            p.key("Escape")
            p.wait(lambda: p.graph.get_name() == "Graph of the Layer")
            p.key("Left")
            p.find("label", "^Iteration 2 of 4$")

    def test_arrows_stay_with_the_timeline_after_a_click(self):
        with self.open() as p:
            ((point, number),) = self.find_neurons(p, 1)
            p.click(p.graph, *point)
            p.find("label", f"^Neuron {number}$")
            p.key("Left")
            p.find("label", "^Iteration 3 of 4$")
            p.find("label", f"^Neuron {number}$")
            p.key("Return")
            p.wait(lambda: p.graph.get_name().startswith(f"Neuron {number},"))
            p.key("Right")
            p.wait(lambda: not p.graph.get_name().startswith(f"Neuron {number},"))
            p.find("label", "^Iteration 3 of 4$")

    def test_assistive_technology_moves_the_timeline(self):
        with self.open() as p:
            p.set_value(p.find("slider", "^Iteration$"), 2)
            p.find("label", "^Iteration 2 of 4$")

    def test_tab_comes_to_a_neuron(self):
        with self.open() as p:
            p.key("Tab", "shift+Tab")
            p.wait(lambda: re.match(NEURON, p.graph.get_name()))

    def test_menus_know_the_keyboard(self):
        with self.open() as p:
            p.key("Return", "shift+F10")
            p.find("menu item", "^Select Neighbours$")
            p.key("n")
            p.find("label", "^[0-9]+ neurons$")
            p.key("Escape")
            p.click(p.graph, 0.03, 0.5, button=3)
            p.find("menu item", "^Select All$")
            p.key("a")
            p.find("label", f"^{self.count_neurons(p)} neurons$")

    def test_table_and_graph_select_alike(self):
        with self.open() as p:
            p.key("Return", "Return")
            first = p.find("label", r"^Neuron \d+$").get_name()
            p.key("t")
            p.find("label", f"^{self.count_neurons(p)} neurons$")

            def strengths():
                return [n for n in p.all("label", r"^[0-9]+\.[0-9]$") if p.on_screen(n)]

            for cell in p.wait(strengths)[:6]:
                p.click(cell)
                time.sleep(0.3)
                if p.shown("label", r"^Neuron \d+$").get_name() != first:
                    break
            p.wait(lambda: p.shown("label", r"^Neuron \d+$").get_name() != first)
            # the keyboard is in the table now
            p.key("Escape")
            p.find("label", "^Nothing Selected$")

    def test_an_idle_window_draws_nothing(self):
        with self.open() as p:
            p.key("Return", "Return")
            p.find("label", r"^Neuron \d+$")

            def rests():
                before = p.count_wakes()
                time.sleep(2)
                # sixty frames a second would wake the thread far more often
                return p.count_wakes() - before < 30

            p.wait(rests)

    def test_scrubbing_costs_the_main_thread(self):
        with self.open(COTERIE_DEBUG="frames") as p:
            for _ in range(3):
                p.key("Home")
                p.find("label", "^Iteration 0 of 4$")
                p.key("space")
                p.find("label", "^Iteration 4 of 4$")
            p.key("ctrl+q")
            assert p.wait_for_end() == 0
            said = p.said()
        lines = re.findall("^(work|painting) of ([0-9]+) frames.*$", said, re.M)
        assert [what for what, _ in lines] == ["work", "painting"], said
        assert all(int(n) > 3 for _, n in lines), said
        for line in said.splitlines():
            print("# " + line)


if __name__ == "__main__":
    sys.exit(main(GraphCases, "graph"))
