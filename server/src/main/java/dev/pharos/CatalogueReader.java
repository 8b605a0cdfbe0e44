package dev.pharos;

import dev.pharos.capability.Catalogue;
import dev.pharos.fleet.ServerId;
import dev.pharos.http.CapabilityReader;
import java.util.Optional;

/** What servers offer, through the cache that the watch fills. */
record CatalogueReader(Catalogue catalogue) implements CapabilityReader {
  @Override
  public Optional<Cached> read(ServerId server, String name) {
    return catalogue
        .read(server, name)
        .map(answer ->
            new Cached(answer.cached().snapshot(), answer.cached().cachedAt(), answer.hit()));
  }
}
