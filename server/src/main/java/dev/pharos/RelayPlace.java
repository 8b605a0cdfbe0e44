package dev.pharos;

import dev.pharos.redis.RelayMark;
import dev.pharos.store.Sharing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Where it is kept how far the journal was relayed: with the journal, or beside it. */
interface RelayPlace extends RelayMark {
  static RelayPlace in(Sharing sharing) {
    return new RelayPlace() {
      @Override
      public OptionalLong read() {
        return sharing.relayed();
      }

      @Override
      public void write(long id) {
        sharing.relayed(id);
      }
    };
  }

  static RelayPlace in(Path dataFolder) {
    return new InFile(dataFolder.resolve("relayed"));
  }

  /** One number in a file. */
  record InFile(Path file) implements RelayPlace {
    @Override
    public OptionalLong read() {
      try {
        return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
      } catch (IOException | NumberFormatException e) {
        return OptionalLong.empty();
      }
    }

    @Override
    public void write(long id) {
      try {
        Files.writeString(file, Long.toString(id));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
