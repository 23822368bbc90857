#!/usr/bin/env bash
# The recipes for nginx (README.md) and HAProxy (docs/proxies.md), as they are written there but for ports, times and
# certificate, in front of the packaged sample: ./mvnw package first. With RESULTS set, appends the sum to that file.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
chmod 755 "$work"
children=()

end() {
  local child
  for child in "${children[@]}"; do
    kill "$child" 2> /dev/null || true
    wait "$child" 2> /dev/null || true
  done
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

install_missing() {
  local packages=() command
  for command in nginx haproxy openssl; do
    command -v "$command" > /dev/null || packages+=("$command")
  done
  if ((${#packages[@]} == 0)); then
    return
  fi
  if [[ ${CI:-} != true && $(id -u) != 0 ]]; then
    printf 'Missing: %s\n' "${packages[*]}" >&2
    return 1
  fi
  apt-get update -q
  # without the services that the packages would start
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${packages[@]}"
}

# What stands between the fences of a language in a Markdown file
recipe() {
  awk -v fence="\`\`\`$2" '$0 == "```" { inside = 0 } inside { print } $0 == fence { inside = 1 }' "$1"
}

# Replaces all that a user would, and fails if one of it is not there
adapt() {
  local text pattern replacement
  text=$(cat)
  while (($# > 0)); do
    pattern=$1 replacement=$2
    shift 2
    if ! grep -q -- "$pattern" <<< "$text"; then
      printf 'The recipe has no "%s"\n' "$pattern" >&2
      return 1
    fi
    text=$(sed "s|$pattern|$replacement|g" <<< "$text")
  done
  printf '%s\n' "$text"
}

start() {
  local log=$1
  shift
  "$@" > "$work/$log.log" 2>&1 < /dev/null &
  children+=($!)
}

install_missing
PATH=$PATH:/usr/sbin

java .ci/Proxies.java ports 4 > "$work/ports"
read -r app web nginx haproxy < "$work/ports"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2> "$work/openssl.log"
cat "$work/cert.pem" "$work/key.pem" > "$work/both.pem"

cat > "$work/nginx.conf" << EOF
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/nginx-error.log;
events { }
http {
access_log off;
client_body_temp_path $work/body;
proxy_temp_path $work/proxy;
fastcgi_temp_path $work/fastcgi;
uwsgi_temp_path $work/uwsgi;
scgi_temp_path $work/scgi;
$(recipe README.md nginx | adapt \
    'listen 443 ssl;' "listen 127.0.0.1:$nginx ssl; ssl_certificate $work/cert.pem; ssl_certificate_key $work/key.pem;" \
    'server_name example.org;' 'server_name localhost;' 'location /rooms/' 'location /' 'http://127.0.0.1:8081' \
    "http://127.0.0.1:$app" 75s 3s)
}
EOF
recipe docs/proxies.md haproxy | adapt 'bind :443' "bind 127.0.0.1:$haproxy" /etc/haproxy/example.org.pem \
  "$work/both.pem" 'path_beg /rooms/' 'path_beg /' 127.0.0.1:8081 "127.0.0.1:$app" 75s 3s > "$work/haproxy.cfg"

start app java -jar sample-app/target/sample-app-*.jar "--server.port=$web" "--ws.server.port=$app" \
  --ws.server.address=127.0.0.1 --ws.inbound.max-message-size=2MB --ws.outbound.queue-size=4MB \
  --ws.heartbeat.interval=1s --ws.endpoints.chat-endpoint.heartbeat.enabled=false
start nginx nginx -p "$work" -c "$work/nginx.conf"
start haproxy haproxy -db -f "$work/haproxy.cfg"

status=0
java .ci/Proxies.java check "$work/cert.pem" "$app" "nginx=$nginx" "haproxy=$haproxy" | tee "$work/checks" || status=$?
if ((status != 0)); then
  tail -n 20 "$work"/*.log
fi
if [[ -n ${RESULTS:-} ]]; then
  awk '$1 == "ok" { ok++ } $1 == "FAILED" { failed++ } END { print ok + 0, failed + 0, 0, "proxies" }' "$work/checks" >> "$RESULTS"
fi
exit "$status"
