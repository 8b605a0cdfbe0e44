package dev.pharos.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.session.NullSessionCache;
import org.eclipse.jetty.session.NullSessionDataStore;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Our own HTTP server. Serves what stands in the route table and nothing else. Handlers run on
 * virtual threads and may block. Thread-safe.
 */
public final class Web implements AutoCloseable {
  private static final String BEGUN = "pharos.begun";
  private static final String OPERATION = "pharos.operation";
  private static final int MAX_THREADS = 32;
  private static final int HEADER_BYTES = 16 * 1024;
  private static final long STOP_MILLIS = 2_000;

  /** How long a connection on which nothing happens may keep us from stopping. */
  private static final long IDLE_STOP_MILLIS = 20;

  private final WebSettings settings;
  private final WebParts parts;
  private final RouteTable table;
  private final Guard guard;
  private final Javalin server;

  public Web(WebSettings settings, WebParts parts) {
    this.settings = settings;
    this.parts = parts;
    this.table = new RouteTable(parts, settings);
    this.guard =
        new Guard(
            Hosts.of(settings.host(), settings.baseUrls()),
            parts.access(),
            new RequestOrigin(settings.proxies()),
            table.routes());
    this.server = Javalin.create(this::configure);
  }

  /**
   * Begins to listen.
   *
   * @throws IOException when the address cannot be bound, with one line that says why
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (RuntimeException e) {
      close();
      throw new IOException(
          "cannot listen on " + settings.host() + ":" + settings.port() + ": " + cause(e), e);
    }
  }

  private static String cause(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? "it is not possible" : message;
  }

  /** The port that was bound. */
  public int port() {
    return server.port();
  }

  /**
   * Does some of the work of a first list before anybody asks for one: some milliseconds. By one
   * thread at a time.
   *
   * @return whether there is more to do
   */
  public boolean rehearse() {
    return table.rehearsal().next(parts.fleet()::all, parts.clock().instant());
  }

  List<Route> routes() {
    return table.routes();
  }

  /** For the test that nothing is served that stands in no table. */
  Javalin server() {
    return server;
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.router.ignoreTrailingSlashes = false;
    config.http.compressionStrategy = CompressionStrategy.GZIP;
    config.http.defaultContentType = "application/json";
    jetty(config);
    config.routes.before(this::begin);
    config.requestLogger.http((ctx, _) -> end(ctx));
    config.routes.wsBeforeUpgrade(this::beforeUpgrade);
    config.routes.exception(Exception.class, Web::failed);
    // Named apart: the library has its own answer to these, which else comes first.
    config.routes.exception(HttpResponseException.class, Web::failed);
    table.routes().forEach(route -> add(config, route));
  }

  private static void failed(Exception e, Context ctx) {
    Problems.answer(ctx, Problems.of(e, ctx.path()));
  }

  private void jetty(JavalinConfig config) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 2);
    threads.setName("pharos-http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    config.jetty.threadPool = threads;
    config.jetty.host = settings.host();
    config.jetty.port = settings.port();
    config.jetty.modifyServer(jetty -> {
      jetty.setErrorHandler(new ErrorPages());
      jetty.setStopTimeout(STOP_MILLIS);
    });
    config.jetty.modifyServletContextHandler(handler -> {
      handler.setErrorHandler(new ErrorPages());
      handler.getServletHandler().setDecodeAmbiguousURIs(true);
      handler.setSessionHandler(noSessions());
    });
    config.jetty.modifyHttpConfiguration(Web::protocol);
  }

  /** The library asks for a session of the servlets at each WebSocket: we have none to give. */
  private static SessionHandler noSessions() {
    SessionHandler none = new SessionHandler();
    none.setUsingCookies(false);
    none.setUsingUriParameters(false);
    NullSessionCache nothing = new NullSessionCache(none);
    nothing.setSessionDataStore(new NullSessionDataStore());
    none.setSessionCache(nothing);
    return none;
  }

  private static void protocol(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    // Names of servers may have a percent sign. Nothing here is looked up by path but routes.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with("PHAROS", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
  }

  private void add(JavalinConfig config, Route route) {
    config.routes.addHttpHandler(route.method().type(), route.path(), ctx -> serve(route, ctx));
    if (route.method() == Method.GET && route.kind() == Route.Kind.PLAIN) {
      // Without one of its own, HEAD would be answered 200 for servers that do not exist.
      config.routes.addHttpHandler(HandlerType.HEAD, route.path(), ctx -> serve(route, ctx));
    }
    if (route.kind() == Route.Kind.WEB_SOCKET) {
      config.routes.ws(route.path(), table.events()::webSocket);
    }
  }

  private void serve(Route route, Context ctx) throws IOException {
    ctx.attribute(OPERATION, route.operation());
    route.answering().answer(new Exchange(ctx, settings, parts.clock().instant()));
  }

  private void begin(Context ctx) {
    ctx.attribute(BEGUN, parts.ticker().nanos());
    SafetyHeaders.put(ctx.res());
    guard.check(ctx);
  }

  /** The answer is written: that is part of what it took. */
  private void end(Context ctx) {
    Long begun = ctx.attribute(BEGUN);
    String operation = ctx.attribute(OPERATION);
    parts
        .requests()
        .served(
            operation == null ? "none" : operation,
            ctx.statusCode(),
            begun == null ? 0 : parts.ticker().nanos() - begun);
  }

  /** An answer here means no upgrade: what comes after it is left out. */
  private void beforeUpgrade(Context ctx) throws IOException {
    SafetyHeaders.put(ctx.res());
    try {
      guard.check(ctx);
      table.events().checkUpgrade(ctx);
    } catch (ProblemException e) {
      Problems.answer(ctx.res(), e.problem());
      ctx.skipRemainingHandlers();
    }
  }

  /** Stops to listen, lets running answers end for a moment, and ends the rest. */
  @Override
  public void close() {
    for (Connector each : server.jettyServer().server().getConnectors()) {
      if (each instanceof AbstractConnector connector) {
        connector.setShutdownIdleTimeout(IDLE_STOP_MILLIS);
      }
    }
    server.stop();
  }
}
