# shellcheck shell=sh
# The options of the JVM in every run of Pharos: sourced by ./pharos, and by ./bench, which measures what users run.
# -Xlog:disable: a cache that does not fit is ignored, and nobody needs to read why.
pharos_options="-XX:+UseSerialGC -Xmx${PHAROS_XMX:-512m} -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Xlog:disable \
--enable-native-access=ALL-UNNAMED"
