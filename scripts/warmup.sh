# shellcheck shell=sh
# Makes the JVM's cache of prepared classes (AOT): sourced by ./pharos and deploy/install, after jdk.sh and options.sh.
# Needs $here, the root of the sources, for its toys, and a JDK in $JAVA_HOME to run them.

# A run on toy servers shows the JVM what to prepare: classes come loaded and linked from then on.
pharos_warmup() ( # with the Java $1 from the jar $2 to the file $3, all of them as they will be named later
  work=$(mktemp -d "${TMPDIR:-/tmp}/pharos-warmup.XXXXXX")
  toy=
  trap '[ -z "$toy" ] || kill "$toy" 2>/dev/null; rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM HUP
  : >"$work/toy"
  "$JAVA_HOME/bin/java" "$here/examples/ToyHttpServer.java" 0 >"$work/toy" 2>&1 &
  toy=$!
  tries=0
  until url=$(sed -n 's/^listening on //p' "$work/toy") && [ -n "$url" ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$toy" 2>/dev/null; then
      echo "pharos: the toy server did not start:" >&2
      tail -n 5 "$work/toy" >&2
      exit 1
    fi
    sleep 0.1
  done
  cat >"$work/mcp.json" <<JSON
{"mcpServers": {
  "http": {"url": "$url"},
  "stdio": {"command": "$JAVA_HOME/bin/java", "args": ["$here/examples/ToyStdioServer.java"]},
  "off": {"command": "off", "disabled": true}
}}
JSON
  rm -f "$3" "$3.new"
  # shellcheck disable=SC2086,SC2154 # several options stand in one variable, which options.sh sets
  "$1" $pharos_options -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput="$3.new" -jar "$2" rehearse "$url" "$work/mcp.json" \
    >"$work/log" 2>&1 || true
  if [ ! -f "$3.new" ]; then
    echo "pharos: no cache was made:" >&2
    tail -n 5 "$work/log" >&2
    exit 1
  fi
  mv "$3.new" "$3"
  rm -f "$3.new.config"
)
