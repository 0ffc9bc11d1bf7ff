#!/usr/bin/env python3
"""networkx reads what `relata export` writes: exports_test.py RELATA INPUT..."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    relata, inputs = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/db"
        subprocess.run([relata, "ingest", *inputs, "--db", db], check=True, capture_output=True)
        files = []
        for form in ("graphml", "cytoscape", "nodelink"):
            files.append(f"{folder}/graph.{form}")
            subprocess.run([relata, "export", "--db", db, "--format", form, "-o", files[-1]], check=True)
        subprocess.run([sys.executable, os.path.join(HERE, "..", "query", "networkx_test.py"), *files], check=True)


if __name__ == "__main__":
    main()
