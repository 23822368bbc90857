#!/usr/bin/env bash
# The packaged sample with TLS, as openssl sees it; needs sample-app's jar, openssl and keytool.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
children=()
passed=0
failed=0

end() {
  for child in "${children[@]}"; do
    kill "$child" 2> /dev/null || true
    wait "$child" 2> /dev/null || true
  done
  rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

check() {
  local title=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    printf 'ok      %s\n' "$title"
  else
    failed=$((failed + 1))
    printf 'FAILED  %s\n' "$title"
  fi
}

# Starts the sample on a free port and writes its log; further arguments are properties.
start() {
  local log=$1 jar
  shift
  jar=$(ls sample-app/target/sample-app-*.jar | head -n 1)
  touch "$log"
  java -jar "$jar" --server.port=0 --ws.server.port=0 --ws.server.address=127.0.0.1 "$@" > "$log" 2>&1 &
  children+=($!)
  for ((i = 0; i < 600; i++)); do
    if grep -q 'WebSocket server started on port' "$log"; then
      return
    fi
    if ! kill -0 "${children[-1]}" 2> /dev/null; then
      break
    fi
    sleep 0.1
  done
  cat "$log" >&2
  return 1
}

port() {
  sed -n 's/.*WebSocket server started on port \([0-9]*\).*/\1/p' "$1" | head -n 1
}

# What s_client says about the handshake
handshake() {
  timeout 10 openssl s_client -connect "127.0.0.1:$tls" -CAfile "$work/server.pem" -verify_return_error "$@" \
    < /dev/null 2>&1
}

speaks() {
  local version=$1 said
  said=$(handshake "-${version}" -alpn h2,http/1.1) || return 1
  grep -q 'Verify return code: 0' <<< "$said" && grep -q 'ALPN protocol: http/1.1' <<< "$said"
}

refuses() {
  ! handshake "$@" > /dev/null
}

upgrades() {
  local request='GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
  request+='Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
  request+='Authorization: Bearer alice-demo-token\r\n\r\n'
  local said
  said=$({ printf "$request"; sleep 1; } | timeout 10 openssl s_client -quiet -connect "127.0.0.1:$tls" \
    -CAfile "$work/server.pem" "-$1" 2> /dev/null | tr -d '\0') || true
  [[ $said == "HTTP/1.1 101 "* ]]
}

# Whether bytes that do not belong on a port end the connection within a second
ends_soon() {
  local port=$1 file=$2
  timeout 1 bash -c 'exec 3<> "/dev/tcp/127.0.0.1/$0"; cat "$1" >&3; cat <&3 > /dev/null' "$port" "$file"
}

# Whether the log has just one line of that kind
says_once() {
  local log=$1 words=$2
  for ((i = 0; i < 20; i++)); do
    if [[ $(grep -c "$words" "$log") == 1 ]]; then
      return
    fi
    sleep 0.1
  done
  return 1
}

keytool -genkeypair -alias server -keyalg EC -groupname secp256r1 -validity 2 -dname CN=localhost \
  -ext SAN=DNS:localhost,IP:127.0.0.1 -storetype PKCS12 -keystore "$work/server.p12" -storepass changeit 2> /dev/null
keytool -exportcert -rfc -alias server -keystore "$work/server.p12" -storepass changeit -file "$work/server.pem" \
  2> /dev/null
start "$work/tls.log" --ws.server.ssl.bundle=main "--spring.ssl.bundle.jks.main.keystore.location=file:$work/server.p12" \
  --spring.ssl.bundle.jks.main.keystore.password=changeit --spring.ssl.bundle.jks.main.keystore.type=PKCS12
start "$work/plain.log"
tls=$(port "$work/tls.log")
plain=$(port "$work/plain.log")

check "TLS 1.2 with ALPN http/1.1" speaks tls1_2
check "TLS 1.3 with ALPN http/1.1" speaks tls1_3
check "upgrade over TLS 1.2" upgrades tls1_2
check "upgrade over TLS 1.3" upgrades tls1_3
check "HTTP/2 alone is refused" refuses -alpn h2
check "TLS 1.1 is refused" refuses -tls1_1

printf 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n' > "$work/http"
check "plain HTTP to the TLS port ends within a second" ends_soon "$tls" "$work/http"
check "the log says so once" says_once "$work/tls.log" 'This port speaks TLS, but the peer begins with plain text'

printf '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' > "$work/hello"
check "TLS to the plain port ends within a second" ends_soon "$plain" "$work/hello"
check "the log says so once" says_once "$work/plain.log" 'This port speaks plain HTTP, but the request begins like TLS'

if [[ -n ${RESULTS:-} ]]; then
  printf '%d %d 0 openssl\n' "$passed" "$failed" >> "$RESULTS"
fi
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
