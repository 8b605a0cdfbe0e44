package dev.pharos.redis;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what is wrong with Redis; nothing of what was sent is in it. */
final class Trouble {
  private static final Pattern COMMAND = Pattern.compile("the '([\\w|-]+)' command");

  /** A command that Redis does not know is quoted with what was sent, be it a password. */
  private static final Pattern ARGUMENTS = Pattern.compile("(?s),? with args.*");

  /** By the first word of Redis' errors. */
  private static final Map<String, String> ANSWERS =
      Map.ofEntries(
          Map.entry("OOM", "Redis is out of memory (maxmemory): give it more, or free some"),
          Map.entry("READONLY", "Redis is a read-only replica: redis_url must name the primary"),
          Map.entry("LOADING", "Redis is loading its data"),
          Map.entry("MISCONF", "Redis takes no writes, as it cannot save to its disk"),
          Map.entry("MASTERDOWN", "Redis is a replica that lost its primary"),
          Map.entry("BUSY", "Redis is busy with a script of somebody else"),
          Map.entry("WRONGPASS", "Redis refuses the user or the password of redis_url"),
          Map.entry("NOAUTH", "Redis wants a password: redis_url has none"),
          Map.entry("WRONGTYPE", "a key that Pharos needs in Redis holds something else"),
          Map.entry("MOVED", "Redis Cluster is not supported: redis_url must name a single Redis"),
          Map.entry("CROSSSLOT", "Redis Cluster is not supported: name a single Redis"));

  private Trouble() {}

  static String of(Throwable e) {
    String answer = answer(e);
    if (answer != null) {
      return answer;
    }
    if (causes(e).anyMatch(SSLException.class::isInstance)) {
      return "the encrypted connection to Redis fails: its certificate must be valid for the host"
          + " in redis_url and trusted by Java";
    }
    if (causes(e).anyMatch(UnknownHostException.class::isInstance)) {
      return "the host in redis_url has no address";
    }
    if (causes(e).anyMatch(ConnectException.class::isInstance)) {
      return "Redis refuses the connection";
    }
    return slow(e) ? "Redis does not answer in time" : "the connection to Redis was lost";
  }

  /** Whether Redis itself said, with an error, that it does not let us in or do that. */
  static boolean isRefusal(Throwable e) {
    String word = word(message(e));
    return word.equals("WRONGPASS")
        || word.equals("NOAUTH")
        || word.equals("NOPERM")
        || word.equals("MOVED")
        || message(e).startsWith("ERR AUTH")
        || message(e).contains("DB index")
        || causes(e).anyMatch(SSLException.class::isInstance);
  }

  /** Whether it may have been one connection only: then a second attempt tells. */
  static boolean isBlip(Throwable e) {
    return answer(e) == null
        && !slow(e)
        && causes(e).noneMatch(each -> each instanceof ConnectException);
  }

  private static @Nullable String answer(Throwable e) {
    String message = message(e);
    String known = ANSWERS.get(word(message));
    if (known != null) {
      return known;
    }
    if (message.startsWith("NOPERM")) {
      Matcher command = COMMAND.matcher(message);
      return command.find()
          ? "Redis does not let its user run " + command.group(1).toUpperCase(Locale.ROOT)
          : "Redis does not let its user use a key that Pharos needs";
    }
    if (message.startsWith("ERR AUTH")) {
      return "Redis has no password for this user, but redis_url gives one: leave it out";
    }
    if (message.contains("DB index")) {
      return "Redis has no database of the number in redis_url";
    }
    return message.startsWith("ERR ")
        ? "Redis answered: " + ARGUMENTS.matcher(message).replaceFirst("")
        : null;
  }

  private static boolean slow(Throwable e) {
    return causes(e).anyMatch(each -> each instanceof SocketTimeoutException);
  }

  private static Stream<Throwable> causes(Throwable e) {
    Stream<Throwable> chain = Stream.iterate(e, Objects::nonNull, Throwable::getCause);
    return chain
        .limit(10)
        .flatMap(each -> Stream.concat(Stream.of(each), Stream.of(each.getSuppressed())));
  }

  /** The message that has one of Redis' error codes at its beginning, else the first one's. */
  private static String message(Throwable e) {
    return causes(e)
        .map(each -> Objects.requireNonNullElse(each.getMessage(), ""))
        .filter(each -> each.matches("(?s)[A-Z]{3,}\\b.*"))
        .findFirst()
        .orElse("");
  }

  private static String word(String message) {
    return message.split(" ", 2)[0];
  }
}
