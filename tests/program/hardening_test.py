#!/usr/bin/env python3
"""The service against clients that mean no good, over real sockets: hardening_test.py RELATA INPUT..."""
import concurrent.futures
import gzip
import json
import os
import resource
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from http_test import Service

LINE = b"GET /v1/stats HTTP/1.1\r\nHost: x\r\n"


class Raw:
    """A connection that sends what it is told."""

    def __init__(self, port, timeout=20.0):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout)

    def send(self, data):
        self.socket.sendall(data)
        return self

    def head(self):
        """Status, headers and body of the next answer; None when the other side just ended."""
        data = b""
        while b"\r\n\r\n" not in data:
            try:
                piece = self.socket.recv(65536)
            except ConnectionError:
                return None
            if not piece:
                return None
            data += piece
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, value = line.split(": ", 1)
            headers[name.lower()] = value
        status = int(lines[0].split()[1])
        while len(body) < int(headers.get("content-length", 0)):
            piece = self.socket.recv(65536)
            if not piece:
                break
            body += piece
        return status, headers, body

    def close(self):
        self.socket.close()


def port_of(service):
    return int(service.base.rsplit(":", 1)[1])


def memory_of(service):
    with open(f"/proc/{service.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def threads_of(service):
    return len(os.listdir(f"/proc/{service.process.pid}/task"))


def answers(service):
    start = time.monotonic()
    assert service.json("/v1/stats")[0] == 200
    return time.monotonic() - start


def check_crowd(service):
    """A thousand connections that keep alive, and a thousand that say half a request, starve nobody and take no thread each."""
    port, before = port_of(service), memory_of(service)
    crowd = [Raw(port) for _ in range(1000)]
    for one in crowd:
        one.send(LINE + b"\r\n")
    for one in crowd:
        assert one.head()[0] == 200
    half = [Raw(port).send(LINE) for _ in range(1000)]
    slowest = max(answers(service) for _ in range(20))
    assert slowest < 5, f"{slowest:.2f} s for an answer beside 2000 connections"
    assert threads_of(service) < 40, "connections hold threads"
    assert memory_of(service) < before + 150, "connections hold much memory"
    for one in crowd[::100]:
        assert one.send(LINE + b"\r\n").head()[0] == 200, "a connection kept alive answers still"
    for one in crowd[1::2]:
        one.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # gone without a word
    for one in crowd + half:
        one.close()
    print(f"  1000 idle and 1000 half-open connections: an answer takes at most {slowest * 1000:.0f} ms, {threads_of(service)} threads, {memory_of(service):.0f} MB")


def refused(service, data, statuses, closes=True):
    raw = Raw(port_of(service))
    try:
        raw.send(data)
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = raw.head()
    assert answer is None or answer[0] in statuses, (data[:80], answer)
    if answer and answer[0] >= 400:
        assert answer[1]["content-type"] == "application/problem+json", answer[1]
    if closes and answer:
        raw.socket.settimeout(5)
        try:
            assert raw.socket.recv(10) == b"", "the connection goes on after a broken request"
        except ConnectionResetError:
            pass
    raw.close()
    return answer


def check_heads(service):
    """Floods of headers, line breaks in them, lengths that contradict, other protocols."""
    assert refused(service, LINE + b"X-A: " + b"a" * 20_000 + b"\r\n\r\n", [431])
    assert refused(service, LINE + b"".join(b"X-%d: y\r\n" % i for i in range(5000)) + b"\r\n", [431])
    assert refused(service, b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", [414, 431])
    refused(service, b"GET /v1/entities?q=" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", [414], closes=False)
    refused(service, b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", [400])
    refused(service, b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400])
    refused(service, b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", [400])
    refused(service, b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", [400, 413])
    refused(service, b"GET / HTTP/3.7\r\n\r\n", [400])
    refused(service, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400])
    refused(service, b"GET /v1/stats HTTP/1.1\r\nHost: x\r\nX-A: b\x00c\r\n\r\n", [400])
    refused(service, b"GET /v1/stats HTTP/1.1\r\nHost: x\r\nX A: b\r\n\r\n", [400])
    refused(service, b"nonsense\r\n\r\n", [400])
    answer = refused(service, LINE + b"X-Request-Id: a\r\n\tSet-Cookie: b=c\r\n\r\n", [200, 400], closes=False)
    assert "set-cookie" not in answer[1], "a header was smuggled in"
    for path in (b"/v1/%0d%0aSet-Cookie:x=y", b"/v1/entities/%0aX", b"/v1/jobs/x%0d%0aA:b"):
        answer = refused(service, b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n", [400, 404], closes=False)
        assert "set-cookie" not in answer[1] and "a" not in answer[1]
    for method in (b"TRACE", b"CONNECT", b"PUT", b"BREW", b"get"):
        refused(service, method + b" /v1/stats HTTP/1.1\r\nHost: x\r\n\r\n", [400, 404, 405], closes=False)


def check_paths(service):
    """Tricks with paths lead nowhere."""
    for path in ("/../etc/passwd", "/v1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/v1/entities/..%2f..%2fetc", "//v1/stats", "/v1//stats", "/v1/stats/", "/v1/./stats",
                 "/v1/stats%00", "/v1/stats;x", "/web/index.html", "/v1/articles/..", "http://elsewhere/v1/stats"):
        answer = refused(service, b"GET " + path.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n", [200, 400, 404], closes=False)
        assert b"root:" not in answer[2], path
        assert answer[0] != 200 or json.loads(answer[2]).keys() >= {"version", "articles"}, (path, answer)  # empty segments mean nothing


def check_bodies(service):
    """A hundred megabytes, told and not told beforehand, and bodies that stop coming."""
    before = memory_of(service)
    start = b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
    assert refused(service, start + b"Content-Length: 104857600\r\n\r\n" + b"a" * 1_000_000, [413])[0] == 413
    raw = Raw(port_of(service)).send(start + b"Transfer-Encoding: chunked\r\n\r\n")
    chunk, sent = b"100000\r\n" + b"a" * 0x100000 + b"\r\n", 0
    try:
        for sent in range(100):
            raw.send(chunk)
    except (BrokenPipeError, ConnectionResetError):
        pass
    try:
        answer = raw.head()
    except (ConnectionResetError, TimeoutError):
        answer = None
    assert answer is None or answer[0] == 413, answer
    raw.close()
    refused(service, start + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\na", [400, 413])
    refused(service, start + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", [400])
    waiting = [Raw(port_of(service)).send(start + b"Content-Length: 100\r\n\r\nabc") for _ in range(100)]
    assert answers(service) < 5
    for one in waiting:
        one.close()
    assert memory_of(service) < before + 200, f"{memory_of(service)} MB"
    raw = Raw(port_of(service)).send(start + b"Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    assert raw.head()[0] == 100
    assert raw.send(b"abc").head()[0] in (200, 400)
    raw.close()


def check_slow_readers(service):
    """Clients that read nothing of a long answer hold up nobody."""
    lazy = [Raw(port_of(service)).send(b"GET /v1/export?format=articles HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(40)]
    lazy += [Raw(port_of(service)).send(b"GET /v1/relations?limit=1000 HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(40)]
    time.sleep(0.5)
    slowest = max(answers(service) for _ in range(10))
    assert slowest < 5, f"{slowest:.2f} s"
    for one in lazy:
        one.close()


def check_load(service):
    """A connection pipelines, many ask at once, and all are answered rightly."""
    raw = Raw(port_of(service))
    raw.send((LINE + b"\r\n") * 20)
    text = b""
    while text.count(b"HTTP/1.1 200") < 20 or not text.endswith(b"}"):
        text += raw.socket.recv(65536)
    raw.close()
    expected = service.ask("/v1/entities", q="Scholz")
    with concurrent.futures.ThreadPoolExecutor(64) as pool:
        for one in pool.map(lambda _: service.ask("/v1/entities", q="Scholz"), range(600)):
            assert one == expected


def get(base, path, headers=None, method="GET", body=None, context=None):
    request = urllib.request.Request(base + path, headers=headers or {}, method=method, data=body)
    try:
        with urllib.request.urlopen(request, timeout=30, context=context) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def check_tokens(relata, db):
    """Rights, and tokens taken back while the service runs."""
    made = {right: subprocess.run([relata, "token", "add", right, "--right", right, "--db", db], check=True, capture_output=True, text=True).stdout.strip()
            for right in ("read", "write", "admin")}
    kept = open(db + ".tokens", encoding="ascii").read()
    assert not any(secret in kept for secret in made.values()) and os.stat(db + ".tokens").st_mode & 0o077 == 0
    service = Service(relata, db)
    try:
        def status(path, right=None, method="GET", body=None):
            headers = {"Authorization": "Bearer " + made.get(right, right)} if right else {}
            return get(service.base, path, {**headers, "Content-Type": "text/plain"}, method, body)[0]

        assert status("/healthz") == 200 and status("/") == 200 and status("/openapi.json") == 200
        assert status("/v1/stats") == 401 and status("/v1/stats", "wrong") == 401 and status("/metrics") == 401
        assert status("/v1/stats", "read") == 200
        article = b"Hanna Lindqvist met Ilse Kranjec in Sorova on Monday."
        assert status("/v1/articles", None, "POST", article) == 401
        assert status("/v1/articles", "read", "POST", article) == 403
        assert status("/v1/articles", "write", "POST", article) == 200
        assert status("/v1/articles/0123456789abcdef", "write", "DELETE") == 403
        assert status("/v1/articles/0123456789abcdef", "admin", "DELETE") == 404
        answer = get(service.base, "/v1/stats")
        assert answer[1]["WWW-Authenticate"].startswith("Bearer")
        # A large body of somebody without the right is not read.
        raw = Raw(port_of(service)).send(b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n")
        assert raw.head()[0] == 401
        raw.close()
        subprocess.run([relata, "token", "remove", "read", "--db", db], check=True)
        time.sleep(1.3)
        assert status("/v1/stats", "read") == 401 and status("/v1/stats", "write") == 200
    finally:
        assert service.stop() == 0
        os.remove(db + ".tokens")


def check_options(relata, db):
    """CORS, rates, TLS, codings and logs."""
    log = tempfile.TemporaryFile("w+")
    service = Service(relata, db, "--cors-origin", "https://page.example", "--rate", "20", quiet=False, stderr=log)
    try:
        base = service.base
        answer = get(base, "/v1/stats", {"Origin": "https://page.example"})
        assert answer[1]["Access-Control-Allow-Origin"] == "https://page.example" and "Origin" in answer[1]["Vary"]
        assert "Access-Control-Allow-Origin" not in get(base, "/v1/stats", {"Origin": "https://evil.example"})[1]
        preflight = get(base, "/v1/articles", {"Origin": "https://page.example", "Access-Control-Request-Method": "POST"}, "OPTIONS")
        assert preflight[0] == 204 and "POST" in preflight[1]["Access-Control-Allow-Methods"]
        assert get(base, "/v1/articles", {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}, "OPTIONS")[0] in (403, 405)
        assert get(base, "/v1/articles", {"Origin": "https://evil.example"}, "POST", b"x")[0] == 403
        answer = get(base, "/v1/relations", {"Accept-Encoding": "gzip", "X-Request-Id": "mine-1"})
        assert answer[1]["Content-Encoding"] == "gzip" and json.loads(gzip.decompress(answer[2]))["relations"]
        assert answer[1]["X-Request-Id"] == "mine-1"
        tag = answer[1]["ETag"]
        assert get(base, "/v1/relations", {"If-None-Match": tag})[0] == 304
        too_many = [one for one in (get(base, "/v1/stats") for _ in range(60)) if one[0] == 429]
        assert too_many and int(too_many[0][1]["Retry-After"]) >= 1
        assert get(base, "/healthz")[0] == 200
        time.sleep(1)
        metrics = get(base, "/metrics")[2].decode()
        for name in ("relata_http_request_seconds_bucket", "relata_graph_statements", "relata_http_connections", "relata_store_", 'status="4xx"'):
            assert name in metrics, name
    finally:
        assert service.stop() == 0
    log.seek(0)
    lines = [json.loads(line) for line in log.read().splitlines()]
    assert any(line["request"] == "mine-1" and line["status"] == 200 and line["ms"] >= 0 for line in lines)


def check_tls(relata, db, folder):
    cert, key = folder + "/cert.pem", folder + "/key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    service = Service(relata, db, "--tls-cert", cert, "--tls-key", key)
    try:
        assert service.base.startswith("https://")
        context = ssl.create_default_context(cafile=cert)
        for _ in range(5):
            assert get(service.base, "/v1/stats", context=context)[0] == 200
        export = get(service.base, "/v1/export?format=nodelink", context=context)
        assert json.loads(export[2])["nodes"]
        plain = Raw(port_of(service)).send(LINE + b"\r\n")
        assert plain.head() is None
        plain.close()
    finally:
        assert service.stop() == 0


def check_stop(relata, db):
    """What was acknowledged is done, though the service is stopped at once."""
    service = Service(relata, db)
    text = "\n".join(f"Torvald Nyhagen thanked Peter Holm on {day} May 2023." for day in range(1, 29))
    request = json.dumps({"title": "Acknowledged", "text": text, "published": "2023-06-01", "publisher": "Example Wire"}).encode()
    answer = get(service.base, "/v1/articles", {"Content-Type": "application/json", "Prefer": "respond-async"}, "POST", request)
    assert answer[0] == 202 and answer[1]["Location"].startswith("/v1/jobs/"), answer
    assert service.stop() == 0
    found = subprocess.run([relata, "find", "Torvald Nyhagen", "--db", db], capture_output=True, text=True)
    assert found.returncode == 0 and "Torvald Nyhagen" in found.stdout, found
    service = Service(relata, db)
    try:
        again = get(service.base, "/v1/articles", {"Content-Type": "application/json"}, "POST", request)
        receipt = json.loads(again[2])
        assert again[0] == 200 and len(receipt["already"]) == 1 and not receipt["added"], receipt
    finally:
        assert service.stop() == 0


def main():
    relata, inputs = sys.argv[1], sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/db"
        subprocess.run([relata, "ingest", *inputs, "--db", db], check=True, capture_output=True)
        service = Service(relata, db)
        checks = [check_crowd, check_heads, check_paths, check_bodies, check_slow_readers, check_load]
        try:
            for check in checks:
                print(check.__name__, flush=True)
                check(service)
        finally:
            assert service.stop() == 0
        check_tokens(relata, db)
        check_options(relata, db)
        check_tls(relata, db, folder)
        check_stop(relata, db)
    print(f"{len(checks) + 4} passed, 0 failed")


if __name__ == "__main__":
    main()
