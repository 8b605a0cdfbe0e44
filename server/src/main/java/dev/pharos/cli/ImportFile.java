package dev.pharos.cli;

import dev.pharos.definition.FleetFile;
import dev.pharos.field.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of definitions that a person names. */
final class ImportFile {
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  private ImportFile() {}

  /** A file that cannot be read at all is a mistake of the call; single bad servers are not. */
  static FleetFile read(Path path, Shell shell) throws UsageException {
    FleetFile file = FleetFile.parse(text(path), path, shell.environment());
    for (Problem problem : file.problems()) {
      if (problem.field().isEmpty()) {
        throw new UsageException(path + " " + problem.message());
      }
    }
    return file;
  }

  private static String text(Path path) throws UsageException {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new UsageException(path + " is larger than 8 MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UsageException(path + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UsageException(path + " cannot be read: is it there, and may you read it?");
    }
  }
}
