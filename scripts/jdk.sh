# shellcheck shell=sh
# Finds a JDK of version 25 or newer without starting a JVM: sourced by ./pharos, ./mvnw and ./test.
# Sets JAVA_HOME and exports it; returns 1 when there is none.

pharos_jdk_version() { # the major version of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

pharos_find_jdk() {
  # The order is a preference: what the user set, what the user runs, what is installed.
  pharos_on_path=$(command -v javac 2>/dev/null) && pharos_on_path=$(readlink -f "$pharos_on_path" 2>/dev/null) || pharos_on_path=
  for pharos_home in "${PHAROS_JAVA_HOME:-}" "${JAVA_HOME:-}" "${pharos_on_path%/bin/javac}" \
    /usr/lib/jvm/* /opt/java/* "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$pharos_home" ] || continue
    pharos_major=$(pharos_jdk_version "$pharos_home")
    if [ -n "$pharos_major" ] && [ "$pharos_major" -ge 25 ]; then
      JAVA_HOME=$pharos_home
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

pharos_need_jdk() {
  pharos_find_jdk && return 0
  echo "pharos: no JDK 25 or newer found (looked at JAVA_HOME, PATH, /usr/lib/jvm, /opt/java, SDKMAN and ~/.jdks)." >&2
  echo "        Install one, for example Eclipse Temurin 25, or set JAVA_HOME to it." >&2
  return 1
}
