package dev.pharos.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.event.EventJournal;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SqliteEventJournalTest extends EventJournalContract {
  @Override
  Ports open(Path folder, InstantSource clock) {
    return SqlitePorts.open(folder, clock);
  }

  @Test
  void what_a_newer_version_wrote_stops_nobody() {
    registered("a");
    RawDatabase.run(
        folder,
        """
        INSERT INTO events (type, at, mcp_name, payload)
        VALUES ('incident_opened', 1, 'a',
          '{"type":"incident_opened","timestamp":"2026-11-01T12:00:00Z","mcp_name":"a"}')
        """);
    registered("b");

    assertThat(stores().events().after(0, EventJournal.Filter.ALL, 10))
        .extracting(each -> each.event().type())
        .containsExactly("mcp_config_change", "incident_opened", "mcp_config_change");
  }
}
