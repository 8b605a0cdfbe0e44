package dev.pharos;

import dev.pharos.access.Access;
import dev.pharos.access.PasswordFile;
import dev.pharos.access.PasswordHash;
import dev.pharos.config.Configuration;
import dev.pharos.config.FileWatch;
import dev.pharos.fleet.Secret;
import dev.pharos.push.Push;
import dev.pharos.store.Sharing;
import dev.pharos.store.StoreException;
import dev.pharos.trace.Ticker;
import dev.pharos.watch.Pulse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's password: the configured one, else the one that {@code passwd} left in the
 * shared database or in the data folder, which is obeyed at once. One that was taken away is asked
 * for until the end.
 */
final class Guardian implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration BEAT = Duration.ofSeconds(2);

  private final Closing closing = new Closing();
  private final PasswordFile file;
  private final @Nullable Sharing sharing;
  private final boolean configured;
  private final Access access;

  /** The hash that holds, or empty; guarded by this, like the one below. */
  private String holds;

  private boolean complained;

  /**
   * @throws IOException with one sentence that says why there can be no start
   */
  Guardian(
      Configuration configuration, @Nullable Sharing sharing, InstantSource clock, Ticker ticker)
      throws IOException {
    this.file = new PasswordFile(configuration.data());
    this.sharing = sharing;
    this.configured = configuration.adminPassword() != null;
    PasswordHash password = password(configuration);
    if (password == null && !Address.isLoopback(configuration.host())) {
      throw new IOException(
          "to be reached from other machines ("
              + configuration.host()
              + ") Pharos needs an administrator's password: set one with ./pharos passwd, or in"
              + " PHAROS_ADMIN_PASSWORD");
    }
    holds = password == null ? "" : password.text();
    access =
        sharing == null
            ? Access.alone(password, clock, ticker::nanos)
            : Access.shared(
                password, sharing.sessions(), sharing.key("logins"), clock, ticker::nanos);
    access.endOthers();
    if (!configured) {
      closing.own(new FileWatch(file.path(), this::look).start(LOOK));
      access.follow(this::look);
    }
  }

  private @Nullable PasswordHash password(Configuration configuration) throws IOException {
    Secret given = configuration.adminPassword();
    if (given == null) {
      return stored();
    }
    // The hash is part of what a session is bound to: all nodes have to come to the same.
    return sharing == null
        ? PasswordHash.of(given.reveal())
        : PasswordHash.of(given.reveal(), sharing.key("salt of the configured password"));
  }

  private @Nullable PasswordHash stored() throws IOException {
    String shared = sharing == null ? null : sharing.password();
    try {
      return shared == null ? file.read().orElse(null) : PasswordHash.parse(shared);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the password in the database is damaged: set it again with ./pharos passwd", e);
    }
  }

  Access access() {
    return access;
  }

  /** Begins to follow what other nodes do, and to send away whose session has ended. */
  void start(Pulse pulse, Push push) {
    closing.own(
        pulse.every(
            "logins",
            BEAT,
            () -> {
              access.tend();
              if (sharing != null && !configured) {
                look();
              }
              push.review();
            }));
  }

  /** Takes a password that was stored since. */
  private synchronized void look() {
    try {
      PasswordHash now = stored();
      complained = false;
      if (now != null && !now.text().equals(holds)) {
        holds = now.text();
        access.change(now);
      }
    } catch (StoreException e) {
      LOG.atDebug().setCause(e).log("Whether the password was changed cannot be read now");
    } catch (IOException e) {
      if (!complained) {
        LOG.atWarn().setCause(e).log("The new password is not taken; the old one holds");
      }
      complained = true;
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
