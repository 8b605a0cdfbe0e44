package dev.pharos.telemetry;

import dev.pharos.fleet.SpanState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The metrics of this process. Thread-safe. */
public final class Telemetry implements AutoCloseable {
  /** Of what {@link #scrape} gives. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Those of the summary and of the event {@code monitor_state} that last. */
  private static final List<String> STATES =
      List.of("live", "late", "blind", "store_failing", "redis_lost", "cut_off");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final CheckMeter checks = new CheckMeter(registry);
  private final RequestMeter requests = new RequestMeter(registry);
  private final StoreMeter store = new StoreMeter(registry);

  public Telemetry(String version) {
    Gauge.builder("pharos.build", () -> 1)
        .description("Which Pharos this is")
        .tag("version", version)
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  public CheckMeter checks() {
    return checks;
  }

  public RequestMeter requests() {
    return requests;
  }

  public StoreMeter store() {
    return store;
  }

  /** Binds what is asked for at each scrape; once. */
  public void bind(Sources from) {
    for (SpanState state : SpanState.values()) {
      Gauge.builder("pharos.servers", () -> from.fleet().get().getOrDefault(state, 0))
          .description("Servers by what their time counts as now")
          .tag("state", state.wire())
          .register(registry);
    }
    gauge(
        "pharos.lateness.p99",
        "99th percentile of the lateness of looks, of late",
        from.latenessSeconds(),
        "seconds");
    total("pharos.sessions.opened", "MCP sessions opened", from.sessionsOpened());
    total("pharos.sessions.ended", "MCP sessions ended", from.sessionsEnded());
    total("pharos.children.started", "Processes started", from.childrenStarted());
    total("pharos.children.reaped", "Processes that are gone", from.childrenReaped());
    gauge(
        "pharos.conversations",
        "Conversations kept with servers, with or without a session",
        from.conversations()::getAsLong,
        null);
    gauge("pharos.watches", "Connections and processes held", from.watches()::getAsLong, null);
    from.queues()
        .forEach((name, depth) ->
            Gauge.builder("pharos.queue.depth", depth::getAsLong)
                .description("What waits")
                .tag("queue", name)
                .register(registry));
    clients("websocket", from.webSockets());
    clients("sse", from.streams());
    total("pharos.push.sent", "Events handed to clients of the feed", from.pushSent());
    total(
        "pharos.push.coalesced",
        "Events replaced by newer ones before they were sent",
        from.pushCoalesced());
    total(
        "pharos.push.dropped",
        "Clients sent away because they did not keep up",
        from.pushDropped());
    gauge("pharos.store.size", "Size of the database", from.storeBytes()::getAsLong, "bytes");
  }

  /**
   * Binds what is known of the processes that share the fleet; once.
   *
   * @param live how many take part now
   * @param looks whether this one may look at its servers
   */
  public void bindNodes(LongSupplier live, BooleanSupplier looks) {
    gauge("pharos.nodes.live", "Processes that share the fleet", live::getAsLong, null);
    gauge(
        "pharos.node.looks",
        "Whether this process may look at its servers; not while it alone lost the database",
        () -> looks.getAsBoolean() ? 1 : 0,
        null);
  }

  /**
   * Binds what goes through Redis; once, and only where there is one.
   *
   * @param lag by how many ids the stream is behind the journal
   */
  public void bindRedis(
      BooleanSupplier connected,
      LongSupplier published,
      LongSupplier figures,
      LongSupplier dropped,
      LongSupplier heard,
      LongSupplier lag) {
    gauge(
        "pharos.redis.connected",
        "Whether Redis can be used",
        () -> connected.getAsBoolean() ? 1 : 0,
        null);
    total("pharos.redis.published", "Events of the journal put into the stream", published);
    total("pharos.redis.figures", "Other events put into the stream", figures);
    total("pharos.redis.dropped", "Other events given up while Redis was away", dropped);
    total("pharos.redis.heard", "Events of other nodes read from the stream", heard);
    gauge("pharos.redis.lag", "Ids by which the stream is behind", lag::getAsLong, null);
  }

  /**
   * Binds what the monitor says of itself; once.
   *
   * @param said the name of its state, asked for at each scrape
   */
  public void state(Supplier<String> said) {
    for (String state : STATES) {
      Gauge.builder("pharos.monitor.state", () -> said.get().equals(state) ? 1 : 0)
          .description("What the monitor says of itself: 1 at the state it is in")
          .tag("state", state)
          .register(registry);
    }
  }

  private void clients(String transport, LongSupplier now) {
    Gauge.builder("pharos.push.clients", now::getAsLong)
        .description("Clients of the feed")
        .tag("transport", transport)
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier now, @Nullable String unit) {
    Gauge.builder(name, now::getAsDouble).description(help).baseUnit(unit).register(registry);
  }

  private void total(String name, String help, LongSupplier total) {
    FunctionCounter.builder(name, total, LongSupplier::getAsLong)
        .description(help)
        .register(registry);
  }

  /** All metrics in the text form of Prometheus, version 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
