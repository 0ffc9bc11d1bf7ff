"""Throw-away PostgreSQL servers for tests: own folder, reached over a socket in it, gone at the end.

    with Servers(4) as servers:
        servers[0].url("schema")     # postgresql:///postgres?host=...&schema=...
        servers[0].stop(); servers[0].start()

PostgreSQL refuses to run as root, so then it runs as the user that Debian's package makes.
"""
import glob, os, pwd, shutil, subprocess, sys, tempfile


def binaries():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    return os.path.dirname(found[-1]) if found else None


def need_or_skip():
    if binaries() is None:
        print("SKIPPED: no PostgreSQL server here; ./check installs Debian's package postgresql", file=sys.stderr)
        sys.exit(77)


class Server:
    def __init__(self, root, number, options):
        self.folder = os.path.join(root, f"s{number}")
        self.data = os.path.join(self.folder, "data")
        self.port = 5432
        self.options = options
        os.mkdir(self.folder)
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        os.chmod(self.folder, 0o755)
        self.run("initdb", "-D", self.data, "-U", "relata", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--data-checksums")
        self.start()

    def run(self, program, *arguments):
        command = [os.path.join(binaries(), program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *command]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.folder, "log"), "-o",
                 f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200 -c shared_buffers=64MB {self.options}", "start")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def url(self, schema=None):
        return f"postgresql:///postgres?host={self.folder}&user=relata" + (f"&schema={schema}" if schema else "")

    def sql(self, statement):
        done = subprocess.run([os.path.join(binaries(), "psql"), "-qAtX", "-d", self.url(), "-c", statement], check=True, capture_output=True, text=True, timeout=120)
        return done.stdout.strip()


class Servers:
    """`durable`: survives a crash of the server; without it the disk is not waited for. `settings`: more of the server's, "-c name=value"."""

    def __init__(self, count, durable=False, settings=""):
        need_or_skip()
        self.root = tempfile.mkdtemp(prefix="relata-pg-")
        os.chmod(self.root, 0o755)
        options = "" if durable else "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options += " " + settings
        self.all = [Server(self.root, number, options) for number in range(count)]

    def __getitem__(self, number):
        return self.all[number]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.all:
            try:
                server.stop("immediate")
            except (subprocess.SubprocessError, OSError):
                pass
        shutil.rmtree(self.root, ignore_errors=True)
