package dev.pharos.registry;

import dev.pharos.definition.FleetFile;
import dev.pharos.definition.Rules;
import dev.pharos.definition.ServerDocument;
import dev.pharos.event.EventBus;
import dev.pharos.field.UnreadableException;
import dev.pharos.field.YamlText;
import dev.pharos.fleet.Server;
import dev.pharos.fleet.StoredEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A registry over a store in memory, whose listeners note what they hear. */
final class RegistryFixture {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456Z");

  final MemoryServerStore store = new MemoryServerStore();
  final RecordingListener listener = new RecordingListener();
  final List<StoredEvent> published = new ArrayList<>();
  final Registry registry = on(store);

  /** Only hears. */
  private final class Bus implements EventBus {
    @Override
    public Subscription subscribe(Listener subscriber) {
      throw new AssertionError("the registry only publishes");
    }

    @Override
    public void publish(List<StoredEvent> events) {
      published.addAll(events);
    }

    @Override
    public void storeAndPublish(Supplier<List<StoredEvent>> write) {
      publish(write.get());
    }
  }

  /** Another registry with the same listeners. */
  Registry on(ServerStore other) {
    return new Registry(
        other, new Bus(), listener, InstantSource.fixed(NOW.plusNanos(7)), Rules.LOCAL);
  }

  Server add(String yaml) {
    return registry.add(document(yaml), "tester").server();
  }

  Server edit(String name, String yaml) {
    return registry.edit(name, document(yaml), "tester").server();
  }

  Server stored(String name) {
    return store.byName(name).orElseThrow().server();
  }

  static ServerDocument document(String yaml) {
    try {
      return ServerDocument.of(YamlText.read(yaml));
    } catch (UnreadableException e) {
      throw new AssertionError(e.reason(), e);
    }
  }

  static FleetFile file(String yaml) {
    return FleetFile.parseForeign(yaml);
  }
}
