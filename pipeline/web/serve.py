"""Runs the page on 127.0.0.1 and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from ..errors import HeshuError

HOST = "127.0.0.1"


class _Server(uvicorn.Server):
    """A server that says when it can be reached; ``port`` is the one it got."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            port = self.servers[0].sockets[0].getsockname()[1]
            self.ready(f"http://{HOST}:{port}/")


def server(app: ASGIApp, *, port: int, ready: Callable[[str], None]) -> uvicorn.Server:
    """The server, not yet running; ``ready`` is told its address."""
    # A form that is cut short is answered; it is no news for the terminal.
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        app, host=HOST, port=port, log_level="critical", access_log=False, server_header=False, date_header=False,
        timeout_keep_alive=5, timeout_graceful_shutdown=2, ws="none", proxy_headers=False, lifespan="on",
    )  # fmt: skip
    return _Server(config, ready)


def serve(app: ASGIApp, *, port: int, ready: Callable[[str], None]) -> None:
    """Runs until it is interrupted; raises HeshuError where the port cannot be had, KeyboardInterrupt at Ctrl-C."""
    running = server(app, port=port, ready=ready)
    try:
        running.run()
    except SystemExit as stop:
        raise HeshuError(f"port {port}", "cannot be used, perhaps another program has it", "choose one by --port, 0 for any") from stop
