package dev.pharos.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a socket, a pipe, a thread (a virtual one too) or a child process
 * behind. Descriptors are seen on Linux only.
 */
public final class NothingLeftBehind implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(NothingLeftBehind.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Pattern THREAD = Pattern.compile("^#(\\d+) \"([^\"]*)\"( virtual)?.*");

  /** Threads that the JVM starts when it first needs them, and keeps. */
  private static final List<String> THE_JVMS =
      List.of(
          "ForkJoinPool",
          "CommonPool",
          "VirtualThread-",
          "Read-Poller",
          "Write-Poller",
          "MasterPoller",
          "SubPoller",
          "junit-",
          "process reaper",
          "Attach Listener",
          "C1 ",
          "C2 ",
          "Keep-Alive",
          "Cleaner",
          "Common-Cleaner",
          "surefire",
          "Java2D",
          "awaitility");

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    warmUp();
    context.getStore(SPACE).put("before", things());
  }

  @Override
  @SuppressWarnings("unchecked")
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      return; // one complaint is enough
    }
    Set<String> before = (Set<String>) context.getStore(SPACE).get("before", Set.class);
    Awaitility.await("nothing left behind")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> {
          Set<String> rest = things();
          rest.removeAll(before);
          if (!rest.isEmpty()) {
            throw new AssertionError("left behind: " + rest);
          }
        });
  }

  /** The JVM makes a socket of its own when it closes its first one. */
  private static void warmUp() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket server = listener.accept()) {
      server.getOutputStream().write(1);
      client.getInputStream().read();
    }
  }

  /** What a test must not leave behind, as it is now. */
  static Set<String> things() {
    Set<String> things = new TreeSet<>();
    try {
      descriptors(things);
      threads(things);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .forEach(process -> things.add("process " + process.pid()));
    return things;
  }

  private static void descriptors(Set<String> things) throws IOException {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return;
    }
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      for (Path each : all.toList()) {
        try {
          String target = Files.readSymbolicLink(each).toString();
          if (target.startsWith("socket:") || target.startsWith("pipe:")) {
            things.add(target);
          }
        } catch (IOException e) {
          // closed meanwhile
        }
      }
    }
  }

  private static void threads(Set<String> things) throws IOException {
    Path folder = Files.createTempDirectory("threads");
    Path dump = folder.resolve("dump");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      for (String line : Files.readAllLines(dump)) {
        Matcher thread = THREAD.matcher(line);
        if (thread.matches() && THE_JVMS.stream().noneMatch(thread.group(2)::startsWith)) {
          things.add("thread #" + thread.group(1) + " " + thread.group(2));
        }
      }
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(folder);
    }
  }
}
