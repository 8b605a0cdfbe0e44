package dev.pharos.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Asks a Redis whether it is new enough and lets us do all that we shall need. Changes nothing:
 * what would is sent in a form that fails after the rights were looked at.
 */
final class StartCheck {
  private static final int MAJOR = 6;
  private static final int MINOR = 2;
  private static final Pattern VERSION = Pattern.compile("redis_version:(\\d+)\\.(\\d+)\\S*");

  private static final String NOWHERE = RedisCapabilityCache.PREFIX;

  private static final List<Command> NEEDED =
      List.of(
          new Command(Protocol.Command.TIME),
          new Command(Protocol.Command.EXEC),
          new Command(Protocol.Command.GET, Relay.MARKER),
          new Command(Protocol.Command.WATCH, Relay.MARKER),
          new Command(Protocol.Command.UNWATCH),
          new Command(Protocol.Command.SET, Relay.MARKER, "0", "NX", "XX"),
          Entry.NONE,
          new Command(Protocol.Command.XREAD, "COUNT", "1", "STREAMS", Entry.STREAM, "$"),
          new Command(Protocol.Command.GET, NOWHERE),
          new Command(Protocol.Command.SETEX, NOWHERE, "0", "none"),
          new Command(Protocol.Command.DEL, NOWHERE),
          // Begins a transaction, which the next one gives up.
          new Command(Protocol.Command.MULTI),
          new Command(Protocol.Command.DISCARD));

  private StartCheck() {}

  /**
   * Looks.
   *
   * @throws RedisException when it is too old or forbids something
   */
  static void run(Wire wire, RedisSettings settings) {
    version(wire);
    rights(wire, settings);
  }

  private static void version(Wire wire) {
    Matcher version = VERSION.matcher(Objects.requireNonNullElse(info(wire), ""));
    if (!version.find()) {
      return; // it does not say: some that speak Redis do not, and some users may not ask
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
      throw new RedisException(
          "redis_url names a Redis "
              + major
              + "."
              + minor
              + ": Pharos needs 6.2 or newer; update it or name another");
    }
  }

  private static @Nullable String info(Wire wire) {
    try {
      return Wire.text(wire.ask(new Command(Protocol.Command.INFO, "server")));
    } catch (JedisDataException e) {
      return null;
    }
  }

  private static void rights(Wire wire, RedisSettings settings) {
    List<@Nullable Object> answers = wire.askAll(NEEDED);
    Set<String> commands = new TreeSet<>();
    Set<String> keys = new TreeSet<>();
    List<String> cluster = new ArrayList<>();
    for (int i = 0; i < NEEDED.size(); i++) {
      String error = error(answers.get(i));
      Command asked = NEEDED.get(i);
      if (error.startsWith("NOAUTH")) {
        throw new RedisException("redis_url: Redis wants a password, and there is none in it");
      } else if (isDenied(error) && error.contains("key")) {
        keys.add(key(asked));
      } else if (isDenied(error)) {
        commands.add(asked.name().name().toUpperCase(Locale.ROOT));
      } else if (error.startsWith("MOVED")) {
        cluster.add(error);
      }
    }
    if (!cluster.isEmpty()) {
      throw new RedisException("redis_url: Redis Cluster is not supported; name a single Redis");
    }
    if (!commands.isEmpty() || !keys.isEmpty()) {
      throw new RedisException(denied(commands, keys, settings));
    }
  }

  /** In the words of all versions, and also where a transaction is given up for it. */
  private static boolean isDenied(String error) {
    return error.contains("NOPERM") || error.contains("no permissions");
  }

  private static String error(@Nullable Object answer) {
    return answer instanceof JedisDataException e
        ? Objects.requireNonNullElse(e.getMessage(), "")
        : "";
  }

  private static String key(Command command) {
    return command.arguments().stream()
        .filter(each -> each.indexOf(':') > 0)
        .map(each -> each.equals(NOWHERE) ? NOWHERE + "*" : each)
        .findFirst()
        .orElse("");
  }

  private static String denied(Set<String> commands, Set<String> keys, RedisSettings settings) {
    List<String> denied = new ArrayList<>();
    if (!commands.isEmpty()) {
      denied.add("run " + String.join(", ", commands));
    }
    if (!keys.isEmpty()) {
      denied.add("use the keys " + String.join(", ", keys));
    }
    String user = Objects.requireNonNullElse(settings.user(), "default");
    return "redis_url: Redis does not let its user "
        + user
        + " "
        + String.join(" or ", denied)
        + "; as an administrator of Redis run: ACL SETUSER "
        + user
        + " ~mcp:* ~pharos:* "
        + RedisLink.RIGHTS;
  }
}
