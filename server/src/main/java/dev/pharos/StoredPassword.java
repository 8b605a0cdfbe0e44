package dev.pharos;

import dev.pharos.access.PasswordFile;
import dev.pharos.access.PasswordHash;
import dev.pharos.config.Configuration;
import dev.pharos.fleet.Secret;
import dev.pharos.store.Sharing;
import dev.pharos.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code passwd} does: the password goes into the data folder, or where nodes share a database
 * into that, for all of them.
 */
record StoredPassword(Configuration configuration, InstantSource clock) {
  /** Stores a password, or removes it. */
  void store(@Nullable Secret password) throws IOException {
    PasswordHash hash = password == null ? null : hash(password);
    if (configuration.databaseUrl() == null) {
      inFolder(hash);
      return;
    }
    try (Stores stores = Backing.beside(configuration, clock)) {
      Sharing sharing = Objects.requireNonNull(stores.sharing());
      sharing.password(hash == null ? null : hash.text());
    }
    // One of before would come back when that of the database is removed.
    Files.deleteIfExists(new PasswordFile(configuration.data()).path());
  }

  private static PasswordHash hash(Secret password) throws IOException {
    String complaint = PasswordHash.complaint(password.reveal());
    if (complaint != null) {
      throw new IOException("the password " + complaint);
    }
    return PasswordHash.of(password.reveal());
  }

  private void inFolder(@Nullable PasswordHash hash) throws IOException {
    Path folder = configuration.data();
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    PasswordFile file = new PasswordFile(folder);
    if (hash == null) {
      Files.deleteIfExists(file.path());
    } else {
      file.write(hash);
    }
  }
}
