package dev.pharos.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A connection of its own. Answers are what Redis says: {@code byte[]}, {@code Long}, lists of
 * these, null. Used by one thread, but for {@code close}. Throws {@code JedisException} when the
 * connection fails; it is then of no use any more.
 */
final class Wire implements AutoCloseable {
  private final Connection connection;

  Wire(Connection connection) {
    this.connection = connection;
  }

  /**
   * Sends a command and waits for the answer.
   *
   * @throws JedisDataException when Redis answers with an error
   */
  @Nullable Object ask(Command command) {
    send(command);
    return connection.getOne();
  }

  /**
   * Sends all commands at once and waits for all answers; an error that Redis answers with is one
   * of them, as a {@link JedisDataException}.
   */
  @SuppressWarnings("NullAway") // its element type is not annotated: an answer may be null
  List<@Nullable Object> askAll(List<Command> commands) {
    commands.forEach(this::send);
    return connection.getMany(commands.size());
  }

  static @Nullable String text(@Nullable Object answer) {
    return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : null;
  }

  private void send(Command command) {
    connection.sendCommand(command.name(), command.bytes());
  }

  /** At once, also while another thread waits for an answer. */
  @Override
  public void close() {
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      // It is gone in any case.
    }
  }
}
