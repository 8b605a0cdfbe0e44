package dev.pharos;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.pharos.probe.ProbeSettings;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process' limit of file handles leaves for connections to servers, each of which takes
 * one. The rest is for people who connect to us, child processes, the database and connections of
 * looks under way. Thread-safe.
 */
final class Handles {
  private static final Logger LOG = LoggerFactory.getLogger(Handles.class);

  /** Enough for all that is not kept, by the usual settings. */
  private static final int RESERVE = 1_024;

  private final int connections;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param limit how many the process may have open; 0 or less when there is no limit
   */
  Handles(long limit) {
    long most = limit <= 0 ? Integer.MAX_VALUE : limit - Math.min(RESERVE, limit / 4);
    this.connections = (int) Math.min(Integer.MAX_VALUE, most);
  }

  /** Those of this process. The launcher has raised the limit as far as it may. */
  static Handles ofProcess() {
    return new Handles(
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : 0);
  }

  /** Bounds the connections that are kept between looks, held streams among them. */
  ProbeSettings bound(ProbeSettings settings) {
    return settings.with(settings.net().withMaxOpen(connections));
  }

  /**
   * How many streams may be held where {@code wanted} are: at most half of all connections, since
   * each is beside the connection of its server that the looks use.
   */
  int held(int wanted) {
    int most = connections / 2;
    if (wanted > most && told.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("max_held_streams", wanted)
          .addKeyValue("held", most)
          .log(
              "The limit of file handles leaves room for fewer held streams than are set; raise it"
                  + " (ulimit -n)");
    }
    return Math.min(wanted, most);
  }
}
