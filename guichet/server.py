"""The web server: gunicorn with one threaded process; the worker's threads live inside it for `serve` and `demo`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn, told everything by us: it reads no configuration file and no environment of its own.

    The site is opened in the serving process, not in the one that watches over it: a database connection and a
    thread don't survive a fork.
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
        self._stop_worker: Callable[[], None] = lambda: None
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn, leaving out those its release doesn't know."""
        for key, value in self._settings.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)
        self.cfg.set("worker_exit", self._on_exit)

    def load(self) -> Any:
        """Open the site and make the application, in the process that will serve it."""
        from dossiers import office
        from dossiers.settings import Settings
        from guichet.application import create_app
        from renderers import pages

        pages.warm()
        opened = office.build(Settings.load(self._data))
        if self._with_worker:
            from dossiers.worker import Worker

            worker = Worker(opened)
            worker.start()
            self._stop_worker = worker.stop
        return create_app(opened)

    def _on_exit(self, _arbiter: Any, _process: Any) -> None:
        self._stop_worker()
