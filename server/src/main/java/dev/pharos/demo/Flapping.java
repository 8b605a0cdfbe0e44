package dev.pharos.demo;

import java.io.IOException;
import java.time.Duration;

/** A server that is gone for 20 seconds of every 90. */
final class Flapping {
  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration UP = Duration.ofSeconds(70);
  private static final Duration DOWN = Duration.ofSeconds(20);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Host host;
  private final SessionEndpoint endpoint;
  private final Cue cue;

  private Flapping(Host host, SessionEndpoint endpoint, Cue cue) {
    this.host = host;
    this.endpoint = endpoint;
    this.cue = cue;
  }

  static void begin(Host host, SessionEndpoint endpoint, Cue cue) {
    cue.later(FIRST, new Flapping(host, endpoint, cue)::fall);
  }

  private void fall() {
    cue.later(DOWN, this::rise);
    host.shut();
    endpoint.forget();
  }

  private void rise() {
    try {
      host.open();
      cue.later(UP, this::fall);
    } catch (IOException e) {
      cue.later(AGAIN, this::rise); // somebody else has the port for the moment
    }
  }
}
