# shellcheck shell=sh
# The options of the JVM in every run of Pharos: sourced by ./pharos, and by ./bench, which measures what users run.
# The heap begins small and grows in small steps: else the JVM takes a share of the machine's memory, whatever the fleet needs. What
# is never touched costs nothing, so it may begin with more than a few servers need.
# The young part has room for what lives from one look at a server to the next, so that it is not kept for longer.
# A collection of the old part gives back at once what it does not need (the program asks for one in good time: HeapBound), and texts that
# are equal are kept once.
# What the compilers used is given back to the system each half minute.
# -Xlog:disable: a cache that does not fit is ignored, and nobody needs to read why.
pharos_options="-XX:+UseSerialGC -Xms128m -Xmn40m -Xmx${PHAROS_XMX:-512m} -XX:SurvivorRatio=4 -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=25 -XX:-ShrinkHeapInSteps \
-XX:TrimNativeHeapInterval=30000 -XX:+UseCompactObjectHeaders -XX:+UseStringDeduplication -XX:-UsePerfData -Xlog:disable --enable-native-access=ALL-UNNAMED"
# The C library keeps what was freed for each processor apart, unless told not to.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export MALLOC_ARENA_MAX
