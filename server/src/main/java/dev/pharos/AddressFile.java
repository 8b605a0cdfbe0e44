package dev.pharos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where in its data folder a running monitor says how it is reached: for our own command line. */
final class AddressFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddressFile.class);

  private final Path file;

  AddressFile(Path data) {
    this.file = data.resolve("address");
  }

  /** Without it the command line asks for a URL: no reason not to start. */
  void write(URI address) {
    try {
      Files.writeString(file, address + "\n");
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("The monitor's address could not be noted in its data folder");
    }
  }

  Optional<URI> read() {
    try {
      return Optional.of(URI.create(Files.readString(file).strip()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("The monitor's address stays in its data folder");
    }
  }
}
