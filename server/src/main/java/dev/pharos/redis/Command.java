package dev.pharos.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Protocol;

/** A command as it is sent. */
record Command(Protocol.Command name, List<String> arguments) {
  Command(Protocol.Command name, String... arguments) {
    this(name, List.of(arguments));
  }

  byte[][] bytes() {
    return arguments.stream()
        .map(each -> each.getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }
}
