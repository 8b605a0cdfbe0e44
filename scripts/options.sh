# shellcheck shell=sh
# The options of the JVM in every run of Pharos: sourced by ./pharos, and by ./bench, which measures what users run.
# The heap begins small and grows in small steps: else the JVM takes a share of the machine's memory, whatever the fleet needs.
# The young part has room for what lives from one look at a server to the next, so that it is not kept for longer.
# What the compilers used is given back to the system each half minute.
# -Xlog:disable: a cache that does not fit is ignored, and nobody needs to read why.
pharos_options="-XX:+UseSerialGC -Xms48m -Xmn40m -Xmx${PHAROS_XMX:-512m} -XX:SurvivorRatio=4 -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 \
-XX:TrimNativeHeapInterval=30000 -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Xlog:disable --enable-native-access=ALL-UNNAMED"
# The C library keeps what was freed for each processor apart, unless told not to.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export MALLOC_ARENA_MAX
