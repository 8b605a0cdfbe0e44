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
    Prober prober = new Prober(ProbeSettings.DEFAULT, InstantSource.system(), ticker);
    Cli cli = new Cli(prober::look, Shell.system(ticker));
    // The one place that closes: every way out leads here, and Ctrl-C too must end the processes
    // that a look has started.
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("pharos-stop")
                .unstarted(() -> {
                  cli.stop();
                  prober.close();
                }));
    return cli.run(args);
  }
}
