#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data sets that have a name: listed, found on this machine, and downloaded only on demand.

    test-datasets.py COTERIE_CLI

Nothing here goes to the network. What the program would fetch goes through a proxy: one that is not
there for addresses that begin with https, and one of our own for those that begin with http.
"""
import contextlib
import http.server
import json
import os
import pathlib
import pty
import signal
import subprocess
import threading
import time

from program import (
    DONE, ENVIRONMENT, FAILED, PATIENCE_S, Cases, Skip, expect, expect_equal, expect_failure, main,
)

NAMES = ["digits", "mnist", "fashion-mnist", "cifar-10", "plantvillage"]
FIELDS = {
    "identifier", "name", "summary", "licence", "kind", "training_samples", "test_samples",
    "classes", "bytes", "path", "files",
}
SMALL = ["--limit", "300", "--hidden", "12", "--top", "4", "--iterations", "1"]

# The port of discard: nobody is there, and asking takes no time.
NO_PROXY = "http://somebody:secret@127.0.0.1:9"

NO_DESKTOP = {"XDG_CURRENT_DESKTOP": "", "DESKTOP_SESSION": "", "KDE_FULL_SESSION": ""}


class Proxy(http.server.ThreadingHTTPServer):
    """Has the files of a folder, whatever the host; may fall silent after so many bytes."""

    def __init__(self, folder, stall_after=None):
        super().__init__(("127.0.0.1", 0), ProxyHandler)
        self.folder = folder
        self.stall_after = stall_after
        self.requests = []
        self.is_over = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.is_over.set()
        self.shutdown()
        self.server_close()


class ProxyHandler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        content = (self.server.folder / self.path.rpartition("/")[2]).read_bytes()
        self.server.requests.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content[: self.server.stall_after])
            if self.server.stall_after is not None:
                self.wfile.flush()
                self.server.is_over.wait(PATIENCE_S)

    def do_CONNECT(self):
        self.server.requests.append(self.path)
        self.send_error(502)

    def log_message(self, *arguments):
        pass


def list_proxy_modules():
    folder = subprocess.run(
        ["pkg-config", "--variable=giomoduledir", "gio-2.0"], capture_output=True, text=True,
        check=False,
    ).stdout.strip()
    return list(pathlib.Path(folder).glob("*proxy*.so")) if folder else []


class Datasets(Cases):
    path = "/cli/datasets"

    def places(self, **more):
        """An environment whose home and cache are in the folder of the test."""
        return {
            "HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache"), **NO_DESKTOP,
            **more,
        }

    def through_proxies(self, http_proxy):
        if not list_proxy_modules():
            raise Skip("this GLib knows no proxies")
        return self.places(http_proxy=http_proxy, https_proxy=NO_PROXY, no_proxy="", all_proxy="")

    def find_real(self, name):
        folder = pathlib.Path(os.environ.get("COTERIE_SHARED_DIR", "")) / "data" / name
        if not folder.is_dir():
            raise Skip(f"{name} is not here")
        return folder

    def train(self, name, *options):
        return ["train", "--dataset", name, "-o", "run.coterie", *SMALL, *options]

    def list_sets(self, **environment):
        out = self.program.succeed("datasets", "--json", environment=self.places(**environment))
        return {one["identifier"]: one for one in json.loads(out)["datasets"]}

    def test_json_has_exactly_these_fields(self):
        sets = self.list_sets()
        expect_equal(list(sets), NAMES, "names")
        for one in sets.values():
            expect_equal(set(one), FIELDS, "fields")
            expect_equal(one["bytes"], sum(file["bytes"] for file in one["files"]), "bytes")
            expect_equal(one["kind"] == "download", bool(one["files"]), "files")
            for file in one["files"]:
                expect_equal(set(file), {"name", "bytes", "sha256", "addresses"}, "fields")
        paths = {name: one["path"] for name, one in sets.items()}
        expect_equal(paths, {**dict.fromkeys(NAMES), "digits": "digits"}, "paths")

    def test_list_for_people_says_the_same(self):
        out = self.program.succeed("datasets", environment=self.places())
        for one in self.list_sets().values():
            for field in ("identifier", "name", "summary", "licence", "training_samples"):
                expect(str(one[field]) in out, f"{one['identifier']}: no {field}")
        expect("11.6" in out and "30.9" in out and "170.1" in out, "sizes")

    def test_list_of_one_has_no_other(self):
        out = self.program.succeed("datasets", "mnist", environment=self.places())
        expect(out.startswith("mnist\n") and "fashion" not in out, out)
        out = self.program.succeed("datasets", "--json", "mnist", environment=self.places())
        expect_equal([one["identifier"] for one in json.loads(out)["datasets"]], ["mnist"], "sets")

    def test_nothing_is_downloaded_unasked(self):
        with Proxy(self.folder) as proxy:
            environment = self.places(http_proxy=proxy.address, https_proxy=proxy.address)
            for name, size in (("mnist", "11.6"), ("fashion-mnist", "30.9"), ("cifar-10", "170.1")):
                licence = self.list_sets()[name]["licence"]
                self.program.fail(
                    *self.train(name), words=["--download", size, licence], environment=environment
                )
            expect_equal(proxy.requests, [], "requests")
        expect(not (self.folder / "run.coterie").exists(), "a recording was left")

    def test_what_is_not_here_is_estimated_but_for_its_time(self):
        environment = self.places()
        for name in ("mnist", "cifar-10"):
            out = self.program.succeed(
                "train", "--dataset", name, "--estimate", "--json", environment=environment
            )
            expect("expected_seconds" not in json.loads(out), out)
        out = self.program.succeed("train", "--dataset", "mnist", "--estimate", environment=environment)
        expect("once the data set is on this machine" in out, out)
        self.program.fail(
            "train", "--dataset", "plantvillage", "--estimate", words=["folder"],
            environment=environment,
        )

    def test_what_cannot_be_downloaded_says_so(self):
        for options in ([], ["--download"]):
            self.program.fail(
                *self.train("plantvillage", *options), words=["PlantVillage", "folder"],
                environment=self.places(),
            )

    def test_failure_is_an_event_too(self):
        outcome = self.program.run(*self.train("mnist", "--json"), environment=self.places())
        expect_failure(outcome, ["MNIST"], "train")
        event = json.loads(outcome.out)
        expect_equal((event["event"], event["finished"]), ("end", False), "event")

    def test_a_folder_of_that_name_comes_first(self):
        (self.folder / "mnist").mkdir()
        self.program.fail(
            *self.train("mnist", "--download"), words=[self.folder / "mnist"],
            environment=self.places(),
        )

    def test_digits_need_no_download(self):
        self.program.succeed(*self.train("digits", "--download"), environment=self.places())

    def test_a_copy_on_this_machine_is_used(self):
        copy = self.folder / "data" / "MNIST" / "raw"
        copy.parent.mkdir(parents=True)
        copy.symlink_to(self.find_real("mnist"))
        expect_equal(self.list_sets()["mnist"]["path"], str(copy), "path")
        out = self.program.succeed("datasets", environment=self.places())
        expect(str(copy) in out, "the copy is not listed")
        self.program.succeed(*self.train("mnist", "--download"), environment=self.places())
        settings = self.program.info("run.coterie")["settings"]
        expect_equal(
            (settings["dataset"], settings["dataset_name"]), (str(copy), "MNIST"), "data set"
        )

    def test_a_dead_proxy_is_named_without_its_password(self):
        environment = self.through_proxies(NO_PROXY)
        status, _, err = self.program.run(
            *self.train("cifar-10", "--download"), environment=environment
        )
        lines = err.splitlines()
        expect_equal((status, len(lines)), (FAILED, 2), f"status and lines of {err}")
        expect("170.1" in lines[0] and "None stated" in lines[0], lines[0])
        for word in ("www.cs.toronto.edu", "proxy http://127.0.0.1:9", "the same command tries again"):
            expect(word in lines[1], f"nothing about “{word}” in: {lines[1]}")
        expect("secret" not in err, err)
        folder = self.folder / "cache" / "coterie" / "datasets" / "cifar-10"
        expect(not folder.exists(), "an empty folder was left behind")

    def test_what_is_no_proxy_is_said_in_words(self):
        for value in ("http://secret@127.0.0.1:99999", "http://127.0.0.1:port", "://secret", "http://"):
            environment = self.places(https_proxy=value, http_proxy="", no_proxy="", all_proxy="")
            status, _, err = self.program.run(
                *self.train("cifar-10", "--download"), environment=environment
            )
            lines = err.splitlines()
            expect_equal((status, len(lines)), (FAILED, 2), f"status and lines of {err}")
            expect("the environment variable https_proxy is not the address of a proxy" in lines[1], err)
            expect("secret" not in err, err)

    def run_on_terminal(self, arguments, environment):
        """Runs with a terminal for standard error; returns the status and what came there."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [self.program.path, *arguments], cwd=self.folder, stdout=subprocess.DEVNULL,
            stderr=theirs, env={**ENVIRONMENT, **environment},
        )
        os.close(theirs)
        text = b""
        with contextlib.suppress(OSError):  # which is how a terminal says that nobody is there
            while block := os.read(ours, 65536):
                text += block
        os.close(ours)
        return process.wait(PATIENCE_S), text.decode()

    def test_download_says_what_it_is_and_how_far(self):
        with Proxy(self.find_real("fashion-mnist")) as proxy:
            environment = self.through_proxies(proxy.address)
            arguments = self.train("fashion-mnist", "--download")
            status, err = self.run_on_terminal(arguments, environment)
            expect_equal(status, DONE, f"status ({err})")
            expect_equal(len(proxy.requests), 4, "requests")
            for words in ("Downloading Fashion-MNIST, 30.9", "MIT", "of 30.9"):
                expect(words in err.replace("\u00a0", " "), f"nothing about “{words}” in {err!r}")

            settings = self.program.info("run.coterie")["settings"]
            folder = self.folder / "cache" / "coterie" / "datasets" / "fashion-mnist"
            expect_equal(settings["dataset"], str(folder), "data set")
            expect_equal(self.list_sets()["fashion-mnist"]["path"], str(folder), "path")

            (self.folder / "run.coterie").unlink()
            self.program.succeed(*arguments, environment=environment)
            expect_equal(len(proxy.requests), 4, "requests of the second training")

    def test_an_interrupt_keeps_what_has_come(self):
        part = self.folder.joinpath(
            "cache", "coterie", "datasets", "fashion-mnist", "train-images-idx3-ubyte.gz.part"
        )
        with Proxy(self.find_real("fashion-mnist"), stall_after=1000000) as proxy:
            environment = {**ENVIRONMENT, **self.through_proxies(proxy.address)}
            arguments = self.train("fashion-mnist", "--download")
            process = subprocess.Popen(
                [self.program.path, *arguments], cwd=self.folder, env=environment, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
            deadline = time.monotonic() + PATIENCE_S
            while not part.exists() or part.stat().st_size < 1000000:
                expect(time.monotonic() < deadline, "nothing has come")
                expect(process.poll() is None, "ended by itself")
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=PATIENCE_S)
        self.program.check(arguments, process.returncode, err)
        expect_equal(process.returncode, FAILED, f"status ({err})")
        said = err.replace("\u00a0", " ")
        expect("stopped; 1.0 MB of 30.9 MB are kept, the next try goes on there" in said, err)
        expect_equal(part.stat().st_size, 1000000, "bytes kept")
        status, _, err = self.program.run(*self.train("fashion-mnist"), environment=self.places())
        expect("the remaining 29.9 MB of 30.9 MB" in err.replace("\u00a0", " "), err)


main(Datasets)
