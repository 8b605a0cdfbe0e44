package dev.pharos.store;

import java.nio.file.Path;

/** Another process holds the data folder. */
public final class FolderInUseException extends StoreException {
  FolderInUseException(Path folder) {
    super("the data folder " + folder + " is in use by another running Pharos");
  }
}
