package dev.pharos.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A shell that keeps what is printed. */
final class TestShell {
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final Map<String, String> environment = new HashMap<>();
  final AtomicLong nanos = new AtomicLong();
  private boolean terminal;
  private Charset charset = StandardCharsets.UTF_8;

  TestShell onTerminal() {
    terminal = true;
    return this;
  }

  TestShell withCharset(Charset other) {
    charset = other;
    return this;
  }

  TestShell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell shell() {
    return new Shell(
        new PrintWriter(out),
        new PrintWriter(err),
        terminal,
        terminal,
        charset,
        environment,
        nanos::get);
  }

  int run(Looker looker, String... args) {
    return new Cli(looker, noMonitor(), shell()).run(args);
  }

  /** Where a command must not start one. */
  static Monitors noMonitor() {
    return new NoMonitors(new AssertionError("no monitor is to be started here"));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }
}
