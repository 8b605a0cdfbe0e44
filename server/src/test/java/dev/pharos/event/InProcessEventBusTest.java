package dev.pharos.event;

import dev.pharos.fleet.FleetEvent;
import dev.pharos.fleet.StoredEvent;
import java.util.concurrent.atomic.AtomicLong;

class InProcessEventBusTest extends EventBusContract {
  private final InProcessEventBus bus = new InProcessEventBus();
  private final AtomicLong ids = new AtomicLong();

  @Override
  EventBus bus() {
    return bus;
  }

  @Override
  StoredEvent store(FleetEvent event) {
    return new StoredEvent(ids.incrementAndGet(), event);
  }
}
