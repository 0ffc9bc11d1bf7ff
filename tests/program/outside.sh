#!/bin/bash
# The service against tools from elsewhere, which are fetched into build/outside when they are not there:
#   tests/program/outside.sh [RELATA] [EXAMPLES]     schemathesis on /openapi.json (EXAMPLES for each operation), the MCP SDK
set -euo pipefail
cd "$(dirname "$0")/../.."
relata=$(realpath "${1:-build/relata}") examples=${2:-120}
tools=${RELATA_OUTSIDE:-build/outside}
mkdir -p "$tools"
tools=$(realpath "$tools")
[ -x "$tools/venv/bin/schemathesis" ] || { python3 -m venv "$tools/venv" && "$tools/venv/bin/pip" install -q schemathesis==4.32.5; }
[ -d "$tools/node_modules/@modelcontextprotocol/sdk" ] || npm install --silent --prefix "$tools" @modelcontextprotocol/sdk@1

work=$(mktemp -d)
trap 'kill "$service" 2>/dev/null || true; wait "$service" 2>/dev/null || true; rm -rf "$work"' EXIT
"$relata" ingest samples/articles --db "$work/db" >/dev/null
"$relata" serve --db "$work/db" --port 0 --quiet >"$work/out" & service=$!
until grep -q answers "$work/out"; do sleep 0.1; done
url=$(sed -n 's/.* at \(http[^ ]*\)\/ .*/\1/p' "$work/out")

cp tests/program/mcp_test.mjs "$tools/"
node "$tools/mcp_test.mjs" "$relata" "$work/db" "$url"
# The whole export is a stream of any size and has tests of its own. That valid parameters are refused (from after until, a cursor of
# another question) is more than a schema can tell. An address that is too long is refused with 414 or 431. JSON-RPC answers what is
# no message with an error of its own and 200.
cat >"$work/schemathesis.toml" <<'END'
[checks]
positive_data_acceptance.enabled = false
unsupported_method.enabled = true
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 431]
[[operations]]
include-path = "/mcp"
checks.negative_data_rejection.enabled = false
END
cd "$work"  # it keeps notes where it runs
"$tools/venv/bin/schemathesis" --config-file "$work/schemathesis.toml" run "$url/openapi.json" --max-examples "$examples" --phases examples,coverage,fuzzing --continue-on-failure \
  --exclude-path /v1/export --request-timeout 60 --seed 7
