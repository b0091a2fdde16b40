"""The socket: guarded, counted and timed; it keeps what was sent and received as it was."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterable
from typing import Any

import httpcore2
import msgspec

from ._address import closed


class Limits(msgspec.Struct, frozen=True):
    """What a server may take of us: seconds to connect, between two pieces, and for all; bytes of one answer."""

    connect: float = 15.0
    silence: float = 20.0
    total: float = 90.0
    largest: int = 32 * 1024 * 1024


_HEADERS = 256 * 1024


class Refused(Exception):
    """The machine belongs to an inner network."""


class TooMuch(Exception):
    """More bytes than one page has."""


class Guard(httpcore2.NetworkBackend):
    """Connects once, to an address that was checked before and after connecting."""

    def __init__(self, allowed: Collection[str], limits: Limits) -> None:
        self.allowed, self.limits = allowed, limits
        self.sent, self.received = bytearray(), bytearray()
        self.peer = ""
        self.deadline = time.monotonic() + limits.total
        self.expired = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A stream to the first address of the host that answers; raises Refused before one byte is sent."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"no such host ({getattr(error, 'strerror', None) or error})") from error
        if any(closed(str(item[4][0]), host, self.allowed) for item in found):
            raise Refused(host)
        last: OSError | None = None
        for family, kind, proto, _, address in found:
            sock = socket.socket(family, kind, proto)
            try:
                sock.settimeout(max(0.01, min(self.limits.connect, self.left())))
                sock.connect(address)
                self.peer = str(sock.getpeername()[0])
            except OSError as error:
                sock.close()
                last = error
                continue
            if closed(self.peer, host, self.allowed):
                sock.close()
                raise Refused(host)
            return Wire(sock, self)
        if isinstance(last, TimeoutError):
            raise httpcore2.ConnectTimeout("no answer")
        raise httpcore2.ConnectError(last.strerror if last and last.strerror else "no answer")

    def left(self) -> float:
        """Seconds until the time for this page is over."""
        return self.deadline - time.monotonic()


class Wire(httpcore2.NetworkStream):
    """One connection; after the deadline it is shut from outside, whatever it is waiting for."""

    def __init__(self, sock: socket.socket, guard: Guard) -> None:
        self.sock, self.guard = sock, guard
        self.watch = threading.Timer(max(0.0, guard.left()), self._expire)
        self.watch.daemon = True
        self.watch.start()

    def _expire(self) -> None:
        self.guard.expired = True
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes next; raises a timeout, a broken connection or TooMuch."""
        try:
            self.sock.settimeout(max(0.01, min(timeout or self.guard.limits.silence, self.guard.left())))
            data = self.sock.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout("no more bytes") from error
        except OSError as error:
            raise httpcore2.ReadError(error.strerror or "broken") from error
        if self.guard.expired:
            raise httpcore2.ReadTimeout("time is over")
        self.guard.received += data
        if len(self.guard.received) > self.guard.limits.largest + _HEADERS:
            raise TooMuch
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends all of it."""
        try:
            self.sock.settimeout(self.guard.limits.silence)
            self.sock.sendall(buffer)
        except TimeoutError as error:
            raise httpcore2.WriteTimeout("not taken") from error
        except OSError as error:
            raise httpcore2.WriteError(error.strerror or "broken") from error
        self.guard.sent += buffer

    def close(self) -> None:
        """Closes the socket and stops the watch."""
        self.watch.cancel()
        self.sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection under TLS."""
        try:
            self.sock.settimeout(max(0.01, min(self.guard.limits.connect, self.guard.left())))
            inner = ssl_context.wrap_socket(self.sock, server_hostname=server_hostname)
        except TimeoutError as error:
            self.close()
            raise httpcore2.ConnectTimeout("no answer") from error
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise httpcore2.ConnectError(f"its certificate is not valid, {error.verify_message}") from error
        except OSError as error:
            self.close()
            raise httpcore2.ConnectError("no secure connection") from error
        self.watch.cancel()
        return Wire(inner, self.guard)

    def get_extra_info(self, info: str) -> Any:
        """What the pool asks about a connection; only whether it is readable matters, and it never is kept."""
        return None
