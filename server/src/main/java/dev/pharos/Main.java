package dev.pharos;

import dev.pharos.cli.Cli;
import dev.pharos.cli.Shell;
import dev.pharos.probe.ProbeSettings;
import dev.pharos.probe.Prober;
import dev.pharos.trace.Ticker;
import java.time.InstantSource;

/** The program's entry. */
public final class Main {
  private Main() {}

  /** Runs the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    Ticker ticker = Ticker.system();
    InstantSource clock = InstantSource.system();
    Prober prober = new Prober(ProbeSettings.DEFAULT, clock, ticker);
    Cli cli = new Cli(prober::look, new LocalMonitors(clock, ticker), Shell.system(ticker));
    // The one place that closes: every way out leads here, and Ctrl-C too must end the processes
    // that a look has started.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("pharos-stop")
                .unstarted(() -> {
                  boolean monitor = cli.stop();
                  prober.close();
                  if (monitor) {
                    // A monitor that was asked to end and did has not failed: no 130 or 143.
                    Runtime.getRuntime().halt(0);
                  }
                }));
    return cli.run(args);
  }
}
