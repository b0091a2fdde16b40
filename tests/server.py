"""A server on loopback that answers as badly as it is told to, and remembers who asked what, when and how it went."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>新闻发布会</title></head><body><div class='TRS_Editor'>"
    "<p>主持人：</p><p>全年开工项目200个，其中新建项目150个，续建项目50个。</p>"
    "<p>记者：</p><p>请问今年的重大项目总投资是多少，进展如何，下一步有什么安排？</p></div></body></html>"
).encode()


class Asked(NamedTuple):
    """One request: the address of the server, the path, when it began and when the answer was over."""

    host: str
    path: str
    begun: float
    over: float
    headers: dict[str, str]


Answer = Callable[[socket.socket, "Asked"], None]
Answers = dict[str, Answer] | Callable[[str], Answer]


def ok(body: bytes = PAGE, status: str = "200 OK", **fields: str) -> Answer:
    """A whole answer."""
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return raw(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


def raw(data: bytes) -> Answer:
    """These bytes, then the end."""
    return lambda connection, asked: connection.sendall(data)


class Server:
    """Listens on the same port of every address in ``hosts``; ``answers`` maps a path to what is done."""

    def __init__(self, answers: Answers, hosts: tuple[str, ...] = ("127.0.0.1",), tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.answers, self.log, self.arrived, self.open = answers, list[Asked](), list[str](), True
        self.agents, self.accepted = list[str](), 0
        self.lock = threading.Lock()
        self.sockets = [socket.create_server((hosts[0], 0))]
        self.port = self.sockets[0].getsockname()[1]
        self.sockets += [socket.create_server((host, self.port)) for host in hosts[1:]]
        for listening in self.sockets:
            threading.Thread(target=self._listen, args=(listening,), daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def _listen(self, listening: socket.socket) -> None:
        while self.open:
            try:
                connection, _ = listening.accept()
                self.accepted += 1
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        host = connection.getsockname()[0]
        with connection, contextlib.suppress(OSError):
            connection.settimeout(20)
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(65536)
                if not piece:
                    return
                data += piece
            begun = time.time()
            lines = data.decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            self.arrived.append(path)
            headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
            self.agents.append(headers.get("User-Agent", ""))
            answer = self._answer(path)
            with contextlib.suppress(OSError):
                answer(connection, Asked(host, path, begun, begun, headers))
            with self.lock:
                self.log.append(Asked(host, path, begun, time.time(), headers))

    def _answer(self, path: str) -> Answer:
        if callable(self.answers):
            return self.answers(path)
        missing = ok(b"<p>no such page", "404 Not Found")
        return self.answers.get(path, self.answers.get(path.partition("?")[0], missing))

    def paths(self) -> list[str]:
        """What was asked for, without the robots files."""
        return [asked.path for asked in self.log if asked.path != "/robots.txt"]

    def close(self) -> None:
        self.open = False
        for listening in self.sockets:
            # close alone does not wake the thread that waits in accept.
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()


@contextlib.contextmanager
def serving(answers: Answers, hosts: tuple[str, ...] = ("127.0.0.1",), tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the length of a test."""
    server = Server(answers, hosts, tls)
    try:
        yield server
    finally:
        server.close()
