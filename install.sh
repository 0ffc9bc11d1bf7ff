# Sourced by ./start and ./check: installs what is missing from Debian's archive. Asks nothing, and is safe to repeat.
# usage: install_packages NAME...
install_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "missing packages: ${missing[*]} (run as root, or install them with apt)" >&2; return 1; }
    sudo=(sudo)
  fi
  echo "Installing ${#missing[@]} packages: ${missing[*]}"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# What building and running need.
BUILD_PACKAGES=(
  g++ cmake ninja-build pkg-config
  librocksdb-dev libcpp-httplib-dev nlohmann-json3-dev rapidjson-dev libsimdjson-dev libboost-graph-dev libcli11-dev libspdlog-dev libfmt-dev
  libutf8proc-dev libxxhash-dev libpcre2-dev libgumbo-dev libhwy-dev libuchardet-dev libzstd-dev zlib1g-dev libssl-dev libbrotli-dev prometheus-cpp-dev libpq-dev
)
# What the page for people is built with; a Node.js from elsewhere will do. Where there is none to be had, the program has a short page and
# everything else.
install_node() {
  command -v node >/dev/null && command -v npm >/dev/null && return 0
  install_packages nodejs npm || echo "No Node.js here: the page for people will be a short one that says so; everything else works." >&2
}
# What only the tests need.
TEST_PACKAGES=(chromium doctest-dev openssl python3 python3-networkx python3-pandas python3-igraph python3-rdflib python3-jsonschema raptor2-utils graphviz valgrind postgresql)

# build_relata [TARGET...]: configures once, then builds what changed with all cores; the program is build/relata.
build_relata() {
  [ -f build/build.ninja ] || cmake --preset release >/dev/null
  cmake --build build --parallel "$(nproc)" --target "$@"
}
