package dev.pharos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node this data folder was last used by. Nobody else uses the folder meanwhile, so who finds
 * another name there knows that this one has ended, and takes its place at once.
 */
record NodeFile(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFile.class);

  /** The node before, when there was one. */
  Optional<String> read() {
    try {
      String text = Files.readString(path()).strip();
      return text.matches("[a-zA-Z0-9._-]{1,100}") ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Without it, servers of a killed process wait some seconds for the next: no reason to stop. */
  void write(String node) {
    try {
      Files.writeString(path(), node);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", path()).log("The node's name could not be kept");
    }
  }

  private Path path() {
    return folder.resolve("node");
  }
}
