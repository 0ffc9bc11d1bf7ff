#!/usr/bin/env python3
"""A program that was built without Node.js says so at / and does everything else: without_node.py RELATA INPUT..."""
import json
import re
import subprocess
import sys
import tempfile
import urllib.request


def main():
    program, *inputs = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/db"
        subprocess.run([program, "ingest", *inputs, "--db", db], check=True, capture_output=True)
        told = subprocess.run([program, "path", "Olaf Scholz", "Storm Shadow", "--db", db], check=True, capture_output=True, text=True).stdout
        assert "Storm Shadow" in told, told
        service = subprocess.Popen([program, "serve", "--db", db, "--port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
        try:
            base = re.search(r"http://[^\s/]+", service.stdout.readline()).group()

            def get(path):
                with urllib.request.urlopen(base + path, timeout=60) as answer:
                    return answer.headers, answer.read().decode()

            headers, page = get("/")
            assert headers["content-type"].startswith("text/html") and "default-src 'none'" in headers["content-security-policy"], headers
            assert "built without Node.js" in page and "<script" not in page, page
            for address in re.findall(r'href="(/[^"]+)"', page):
                assert json.loads(get(address)[1]), address
            assert json.loads(get("/v1/entities?q=Scholz")[1])["entities"][0]["name"] == "Olaf Scholz"
            assert json.loads(get("/v1/paths?source=Olaf%20Scholz&target=Storm%20Shadow")[1])["paths"]
            assert "<graphml" in get("/v1/export?format=graphml")[1]
        finally:
            service.terminate()
            assert service.wait(30) == 0
    print("without Node everything but the page is there")


main()
