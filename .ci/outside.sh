#!/usr/bin/env bash
# An application outside of this build, with the starter as its only dependency: builds, runs and breaks it.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
outside=$(mktemp -d)
child=

end() {
  if [[ -n $child ]]; then
    kill "$child" 2> /dev/null || true
    wait "$child" 2> /dev/null || true
  fi
  rm -rf "$outside"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background, so that a signal ends it at once
run() {
  "$@" &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=
  return "$status"
}

# The first element of that name in the build's pom.xml
pom() {
  sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$root/pom.xml" | head -n 1
}

cd "$root"
run ./mvnw -B -q install -DskipTests

cp -R .ci/outside/. "$outside"
cp -R mvnw .mvn "$outside"
rm "$outside/.mvn/jvm.config"  # for our compiler plug-ins only
cd "$outside"
sed -i -e "s|@version@|$(pom version)|" -e "s|@spring-boot.version@|$(pom spring-boot.version)|" pom.xml

run ./mvnw -B -q package
run ./mvnw -B -q dependency:list -DoutputFile=target/dependencies.txt -DincludeScope=runtime
run ./mvnw -B -q dependency:copy-dependencies -DoutputDirectory=target/class-path -DincludeScope=runtime
run ./mvnw -B -q dependency:copy -DoutputDirectory=target/class-path \
  -Dartifact="org.java-websocket:Java-WebSocket:$(pom java-websocket.version)"

run node "$root/.ci/clients/outside.mjs" "$outside"
