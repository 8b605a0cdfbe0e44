package dev.pharos.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The toy server {@code notes}: a process of its own, spoken to over stdin and stdout. */
final class NotesServer {
  static final String NAME = "notes";

  private NotesServer() {}

  /** The command that starts it with the Java and the classes of this very program. */
  static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx32m"));
    command.addAll(List.of("-cp", classes(), NotesServer.class.getName()));
    return List.copyOf(command);
  }

  /** Of the whole class path what it needs, since a command line has its bounds. */
  private static String classes() {
    String separator = System.getProperty("path.separator");
    Path own = Path.of(URI.create(source().toString()));
    return Arrays.stream(System.getProperty("java.class.path").split(separator, -1))
        .filter(part -> !part.isEmpty())
        .map(part -> Path.of(part).toAbsolutePath().normalize())
        .filter(part -> part.equals(own) || part.getFileName().toString().startsWith("jackson-"))
        .map(Path::toString)
        .collect(Collectors.joining(separator));
  }

  private static URL source() {
    return NotesServer.class.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Answers line by line until stdin ends. */
  public static void main(String[] args) throws IOException {
    Catalogue catalogue = Catalogue.read(NAME);
    Toy toy = new Toy(() -> catalogue, false);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        ObjectNode answer = answer(toy, line);
        if (answer != null) {
          out.write((answer + "\n").getBytes(UTF_8));
          out.flush();
        }
      }
    }
  }

  private static @Nullable ObjectNode answer(Toy toy, String line) {
    try {
      return toy.answer(JsonMapper.shared().readTree(line));
    } catch (JacksonException e) {
      return Toy.refusal(-32700, "Parse error");
    }
  }
}
