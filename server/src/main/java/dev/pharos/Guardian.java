package dev.pharos;

import dev.pharos.access.Access;
import dev.pharos.access.PasswordFile;
import dev.pharos.access.PasswordHash;
import dev.pharos.config.Configuration;
import dev.pharos.config.FileWatch;
import dev.pharos.fleet.Secret;
import dev.pharos.trace.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's password: the configured one, else the one that {@code passwd} left in the
 * data folder, which is obeyed at once.
 */
final class Guardian implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final PasswordFile file;
  private final Access access;
  private final @Nullable FileWatch watch;

  /**
   * @throws IOException with one sentence that says why there can be no start
   */
  Guardian(Configuration configuration, Ticker ticker) throws IOException {
    file = new PasswordFile(configuration.data());
    Secret configured = configuration.adminPassword();
    PasswordHash password =
        configured == null ? file.read().orElse(null) : PasswordHash.of(configured.reveal());
    if (password == null && !Address.isLoopback(configuration.host())) {
      throw new IOException(
          "to be reached from other machines ("
              + configuration.host()
              + ") Pharos needs an administrator's password: set one with ./pharos passwd, or in"
              + " PHAROS_ADMIN_PASSWORD");
    }
    access = new Access(password, ticker::nanos);
    watch = configured == null ? new FileWatch(file.path(), this::changed).start(LOOK) : null;
  }

  /** Stores a password, or removes it, for the monitor of a data folder. */
  static void store(Configuration configuration, @Nullable Secret password) throws IOException {
    Path folder = configuration.data();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    PasswordFile file = new PasswordFile(folder);
    if (password == null) {
      Files.deleteIfExists(file.path());
      return;
    }
    String complaint = PasswordHash.complaint(password.reveal());
    if (complaint != null) {
      throw new IOException("the password " + complaint);
    }
    file.write(PasswordHash.of(password.reveal()));
  }

  private void changed() {
    try {
      access.change(file.read().orElse(null));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("The new password is not taken; the old one holds");
    }
  }

  Access access() {
    return access;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
