"""Who may speak to the page, and how much of it: forged requests, floods, slow and endless bodies."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import http.client
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from heshu.pipeline.errors import LimitError
from heshu.pipeline.web.judge import Judge
from heshu.schemas.transcript import Source
from tests import browsing

BOUNDARY = "x1y2z3"
KIND = f"multipart/form-data; boundary={BOUNDARY}"
TEXT = "全年开工项目200个，其中新建项目150个，续建项目60个。"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str


class Door(NamedTuple):
    """A running page: its port, its secret and a document on it."""

    port: int
    token: str
    document: str
    review: Path


def form(**fields: str) -> bytes:
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    return ("".join(parts) + f"--{BOUNDARY}--\r\n").encode()


def ask(port: int, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
    """One request; ``Host=``, ``Origin=``, ``Sec_Fetch_Site=`` as given, an empty value leaves it out."""
    call = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    given = {"Host": f"127.0.0.1:{port}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    call.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        if value:
            call.putheader(name, value)
    if body:
        call.putheader("Content-Length", str(len(body)))
    call.endheaders(body or None)
    answer = call.getresponse()
    made = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode())
    call.close()
    return made


def post(door: Door, path: str = "/check", fields: dict[str, str] | None = None, **headers: str) -> Answer:
    own = {"Sec_Fetch_Site": "same-origin", "Origin": f"http://127.0.0.1:{door.port}", "Content_Type": KIND}
    return ask(door.port, "POST", path, form(**(fields or {"token": door.token, "text": TEXT})), **{**own, **headers})


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    review = tmp_path_factory.mktemp("rulings") / "review.json"
    with browsing.served(review, most_bytes=2**20, posts=2) as address:
        bare = Door(int(address.rpartition(":")[2]), browsing.token(address), "", review)
        made = post(bare)
        assert made.status == 303
        yield bare._replace(document=made.headers["location"].removeprefix("/d/"))


def test_our_own_requests_are_answered(door: Door) -> None:
    assert ask(door.port, "GET", "/").status == 200
    assert ask(door.port, "GET", "/", Sec_Fetch_Site="none", Sec_Fetch_Dest="document").status == 200
    assert ask(door.port, "GET", "/", Host=f"localhost:{door.port}").status == 200
    assert post(door, Sec_Fetch_Site="").status == 303
    assert post(door, Origin="").status == 303


REVIEW = {"document": "", "finding": "", "ruling": "false_alarm"}
HOSTS = [
    "evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example",
    "0.0.0.0:{port}", "[::1]:{port}", "2130706433:{port}", "127.1:{port}", "localhost.evil.example:{port}",
]  # fmt: skip
ORIGINS = [
    "null", "http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1:1", "http://127.0.0.1",
    "http://localhost:{port}", "http://127.0.0.1:{port}.evil.example", "file://",
]  # fmt: skip
FORGED: list[tuple[str, str, dict[str, str]]] = [
    *(("GET", "/", {"Host": host}) for host in HOSTS),
    *(("POST", "/check", {"Host": host}) for host in HOSTS[:4]),
    *(("POST", "/check", {"Origin": origin, "Sec_Fetch_Site": ""}) for origin in ORIGINS),
    *(("POST", path, {"Sec_Fetch_Site": site}) for path in ("/check", "/review") for site in ("cross-site", "same-site", "none")),
    ("POST", "/check", {"Origin": "", "Sec_Fetch_Site": ""}),
    ("POST", "/check", {"Token": ""}), ("POST", "/check", {"Token": "guess"}), ("POST", "/review", {"Token": ""}),
    ("GET", "/check", {}), ("GET", "/review", {}), ("GET", "/check?text=a&token={token}", {}), ("HEAD", "/review", {}),
    ("GET", "/d/{document}", {"Sec_Fetch_Dest": "iframe"}), ("GET", "/", {"Sec_Fetch_Dest": "frame"}),
    ("GET", "/", {"Sec_Fetch_Dest": "object"}), ("GET", "/", {"Sec_Fetch_Dest": "embed"}),
    ("GET", "/d/{document}/export/report.json", {"Sec_Fetch_Site": "cross-site"}), ("GET", "/d/{document}", {"Sec_Fetch_Site": "same-site"}),
    ("PUT", "/", {"Origin": "http://evil.example"}), ("DELETE", "/d/{document}", {"Sec_Fetch_Site": "cross-site"}),
]  # fmt: skip


def test_every_forged_request_is_refused(door: Door) -> None:
    """Wrong host, origin, fetch site, no token, effects by a link, framing; the same request made properly is answered."""
    assert len(FORGED) >= 40
    statuses = []
    for method, path, headers in FORGED:
        fill = {"port": str(door.port), "document": door.document, "token": door.token}
        given = {name: value.format(**fill) for name, value in headers.items()}
        secret = given.pop("Token", door.token)
        path = path.format(**fill)
        if method == "POST":
            made = post(door, path, {"token": secret, "text": TEXT, **(REVIEW if path == "/review" else {})}, **given)
        else:
            made = ask(door.port, method, path, b"", **given)
        statuses.append((made.status, method, path, headers))
    assert [status for status in statuses if status[0] != 403] == []
    assert not door.review.exists()
    assert ask(door.port, "GET", f"/d/{door.document}/export/report.json", Sec_Fetch_Site="same-origin").status == 200


@pytest.mark.parametrize("path", ["/", "/d/{document}", "/series", "/nothing", "/static/page.js", "/check", "/d/{document}/export/report.html", "/health"])
def test_every_answer_carries_the_headers(door: Door, path: str) -> None:
    made = ask(door.port, "GET", path.format(document=door.document))
    policy = made.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert made.headers["x-frame-options"] == "DENY"
    assert made.headers["x-content-type-options"] == "nosniff"
    assert made.headers["cache-control"] == "no-store"
    assert made.headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in made.headers
    assert "server" not in made.headers


MISSING = (
    "/d/none", "/d/..%2f..%2fetc%2fpasswd", "/static/..%2f__init__.py", "/static/../app.py", "/d/{document}/export/x",
    "/d/{document}/chart/x.svg", "/series/99.svg",
)  # fmt: skip


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_said(door: Door, path: str) -> None:
    made = ask(door.port, "GET", path.format(document=door.document))
    assert made.status == 404
    assert "没有这份文件" in made.body


def test_the_pasted_page_is_never_given_back(door: Door) -> None:
    mark = "<p id=secret-mark>全年开工项目200个</p>"
    made = post(door, fields={"token": door.token, "text": f"<html><body><div id=zoom>{mark}{TEXT}</div></body></html>"})
    body = ask(door.port, "GET", made.headers["location"]).body
    assert "全年开工项目" in body
    assert "secret-mark" not in body


@pytest.mark.parametrize("query", ["%22", "%27%22*", "a%00b", "%25", "_", "AND", "NEAR(", "%ed%a0%80", "%E9%A1%B9%22", "a" * 5000])
def test_any_words_can_be_searched_for(door: Door, query: str) -> None:
    assert ask(door.port, "GET", f"/?q={query}").status == 200


ODD: list[tuple[bytes, str, int]] = [
    (b"garbage", KIND, 400),
    (b"", KIND, 403),
    (form(token="x")[:-9], KIND, 403),
    (b"a=%ff&token=%ff", "application/x-www-form-urlencoded", 403),
    (b"{}", "application/json", 403),
    (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n'.encode() * 51, KIND, 400),
]


@pytest.mark.parametrize(("body", "kind", "status"), ODD)
def test_a_form_that_is_none_is_refused_and_the_page_stays(door: Door, body: bytes, kind: str, status: int) -> None:
    made = ask(door.port, "POST", "/check", body, Sec_Fetch_Site="same-origin", Content_Type=kind)
    assert made.status == status
    assert "<h1>" in made.body
    assert ("50" in made.body) == (len(body) > 2000)
    assert ask(door.port, "GET", "/health").status == 200


def test_a_large_upload_is_told_so(door: Door) -> None:
    made = post(door, fields={"token": door.token, "text": "一" * 2**20})
    assert made.status == 413
    assert "超过" in made.body


def endless(port: int, size: int, *, chunked: bool) -> Answer:
    """A body of ``size`` bytes, its length told or not."""
    call = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    call.putrequest("POST", "/check")
    for name, value in {"Content-Type": KIND, "Sec-Fetch-Site": "same-origin"}.items():
        call.putheader(name, value)
    call.putheader(*(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(size))))
    call.endheaders()
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'.encode()
    # The server may close on a client that does not stop: its answer has been sent by then.
    with contextlib.suppress(OSError):
        for block in (head, *([b"a" * 2**20] * (size // 2**20))):
            call.send(b"%x\r\n%b\r\n" % (len(block), block) if chunked else block)
    answer = call.getresponse()
    return Answer(answer.status, {}, answer.read().decode())


@pytest.mark.parametrize("chunked", [False, True])
def test_an_upload_beyond_the_limit_is_413_and_the_page_stays(door: Door, chunked: bool) -> None:
    assert endless(door.port, 2**23, chunked=chunked).status == 413
    assert ask(door.port, "GET", "/health").body == "ok\n"


@pytest.mark.slow
@pytest.mark.parametrize("chunked", [False, True])
def test_a_gigabyte_is_413_and_the_page_stays(door: Door, chunked: bool) -> None:
    assert endless(door.port, 2**30, chunked=chunked).status == 413
    assert ask(door.port, "GET", "/health").body == "ok\n"


def test_a_body_that_never_comes_is_400(tmp_path: Path) -> None:
    from heshu.pipeline.web import guard

    sent, waits = list[dict[str, object]](), asyncio.Event()

    async def app(scope: object, receive: object, send: object) -> None:
        while (await receive())["more_body"]:  # type: ignore[operator]
            pass

    async def receive() -> dict[str, object]:
        await waits.wait()
        return {}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    headers = [(b"host", b"127.0.0.1:80"), (b"sec-fetch-site", b"same-origin")]
    scope = {"type": "http", "method": "POST", "path": "/check", "server": ("127.0.0.1", 80), "headers": headers}
    page = guard.Guard(app, lambda status, key, scope: key.encode(), most_bytes=9, seconds=0.05)
    asyncio.run(page(scope, receive, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == 400
    assert sent[1]["body"] == b"refused.slow"
    assert page.now == {"POST": 0, "": 0}


async def flood(port: int, token: str, count: int) -> tuple[collections.Counter[str], list[float]]:
    """So many forms at once: the statuses, and how long the sign of life took meanwhile."""
    body = form(token=token, text=TEXT * 200)
    head = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {KIND}\r\nContent-Length: {len(body)}\r\n\r\n"

    async def talk(words: bytes) -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(words)
        line = await reader.readline()
        writer.close()
        return line.decode().split(" ")[1] if line else "closed"

    async def pulse() -> list[float]:
        waits = []
        for _ in range(30):
            start = time.perf_counter()
            assert await talk(f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()) == "200"
            waits.append(time.perf_counter() - start)
            await asyncio.sleep(0.02)
        return waits

    beating = asyncio.create_task(pulse())
    statuses = await asyncio.gather(*(talk(head.encode() + body) for _ in range(count)))
    return collections.Counter(statuses), await beating


def flooded(door: Door, count: int) -> list[float]:
    statuses, waits = asyncio.run(flood(door.port, door.token, count))
    assert set(statuses) == {"303", "429"}
    assert statuses["429"] > count // 2
    assert statuses["303"] >= 2
    assert ask(door.port, "GET", "/health").body == "ok\n"
    assert post(door).status == 303
    return waits


def test_too_many_at_once_are_told_to_wait(door: Door) -> None:
    assert len(flooded(door, 60)) == 30


@pytest.mark.slow
def test_a_thousand_at_once_are_told_to_wait(door: Door) -> None:
    assert len(flooded(door, 1000)) == 30


def test_a_document_that_takes_too_long_is_ended_and_the_next_is_fine() -> None:
    judge = Judge(workers=1, seconds=0.4)
    long, short = Source("long.txt", (TEXT * 40_000).encode()), Source("short.txt", TEXT.encode())

    async def both() -> None:
        judge.seconds = 60
        assert (await judge.report(short)).coverage.figures == 3
        judge.seconds = 0.4
        with pytest.raises(LimitError, match="took longer"):
            await judge.report(long)
        judge.seconds = 60
        assert (await judge.report(short)).coverage.figures == 3

    asyncio.run(both())
    judge.close()


def test_a_worker_that_dies_is_replaced() -> None:
    judge = Judge(workers=1, seconds=60)
    source = Source("short.txt", TEXT.encode())

    async def both() -> None:
        assert (await judge.report(source)).coverage.figures == 3
        held = judge._free.get()
        assert held is not None
        held.process.kill()
        held.process.join()
        judge._free.put(held)
        assert (await judge.report(source)).coverage.figures == 3

    asyncio.run(both())
    judge.close()
