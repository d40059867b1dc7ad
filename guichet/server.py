"""The web server: gunicorn with one threaded process; the worker's threads live inside it for `serve` and `demo`."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from guichet import memory, processors
from guichet.turns import Turns

if TYPE_CHECKING:
    from dossiers.office import Office
    from guichet.compiled import CompiledFolder

THREADS = 8
FIRST_VISITS = 1.0  # seconds during which nothing else is done than answering
LITTER = 10_000  # objects made and not freed before the collector looks; at Python's own figure it takes 5 % of each page


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn, told everything by us: it reads no configuration file and no environment of its own.

    The site is opened, and its database brought up to date, in the serving process, not in the one that watches over
    it: a database connection and a thread don't survive a fork, and the watcher stays small.
    """

    def __init__(self, data: Path, *, host: str, port: int, with_worker: bool, processes: int = 1) -> None:
        self._data = data
        self._settings: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": processes,
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 15,
            "graceful_timeout": 20,
            "timeout": 60,
            "loglevel": "warning",
            "proc_name": "guichet",
            "control_socket_disable": True,
        }
        self._with_worker = with_worker
        self._processor: int | None = None
        self._stop_worker: Callable[[], None] = lambda: None
        self._stubs = ExitStack()
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn, leaving out those its release doesn't know."""
        for key, value in self._settings.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)
        self.cfg.set("pre_fork", self._before_fork)
        self.cfg.set("worker_exit", self._on_exit)

    def load(self) -> Any:
        """Open the site and make the application, in the process that will serve it."""
        from dossiers.settings import SiteError

        memory.share_one_pool()
        gc.disable()  # what is read at the start stays: to look for litter in it takes a tenth of the time
        try:
            return Turns(self._open())
        except SiteError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(Arbiter.APP_LOAD_ERROR)
        finally:
            gc.enable()

    def _open(self) -> Any:
        from dossiers import office
        from dossiers.settings import Settings
        from guichet.compiled import FOLDER, CompiledFolder
        from guichet.site import prepare
        from guichet.two_sides import TwoSides
        from renderers import compiled

        prepare(self._data)
        settings = Settings.load(self._data)
        if settings.keep_to_one_processor:
            processors.keep_to(self._processor)
        if settings.demo and not settings.connector_stubs:
            from guichet.stubs import Stubs, serving

            settings = replace(settings, connector_stubs=self._stubs.enter_context(serving(Stubs())))
        opened = office.build(settings)
        shelf = CompiledFolder(settings.data / FOLDER, settings.data / office.CATALOGUES)
        compiled.keep_on(shelf)
        application = TwoSides(opened)
        _after(FIRST_VISITS, lambda: self._go_on(opened, shelf))
        return application

    def _go_on(self, opened: Office, shelf: CompiledFolder) -> None:
        """What may wait until the first visitors have been answered."""
        from renderers import pages

        if self._with_worker:
            from dossiers.worker import Worker

            if opened.settings.demo:  # its mails are those of acts of the days before
                from dossiers.effects import RUNNERS
                from guichet.demo.hours import when_done

                worker = Worker(opened, runners=when_done(RUNNERS))
            else:
                worker = Worker(opened)
            worker.start()
            self._stop_worker = worker.stop
        settle(pages.warm)
        shelf.forget_others()

    def _before_fork(self, arbiter: Any, process: Any) -> None:
        """Choose its processor, and keep its collector away from what it shares with its watcher: to look at it is to copy it."""
        taken = [getattr(one, "processor", None) for one in arbiter.WORKERS.values()]
        process.processor = self._processor = processors.least_taken(taken, processors.allowed())
        gc.freeze()

    def _on_exit(self, _arbiter: Any, _process: Any) -> None:
        self._stop_worker()
        self._stubs.close()


def settle(warm: Callable[[], None]) -> None:
    """Prepare what every visitor will use, then leave it out of the rounds of the garbage collector for good."""
    warm()
    gc.collect()
    gc.freeze()
    memory.give_back()
    gc.set_threshold(LITTER, 20, 50)


def _after(seconds: float, task: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, task)
    timer.daemon = True
    timer.start()
