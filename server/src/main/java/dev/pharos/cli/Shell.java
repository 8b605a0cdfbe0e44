package dev.pharos.cli;

import dev.pharos.trace.Ticker;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the command line.
 *
 * @param outIsTerminal whether a person reads {@code out}: colours are for them only
 * @param errIsTerminal whether a person reads {@code err}: the progress line is for them only
 * @param charset of both writers
 * @param variables of the environment
 */
public record Shell(
    PrintWriter out,
    PrintWriter err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    Charset charset,
    Map<String, String> variables,
    Ticker ticker) {

  /** The process's own. */
  public static Shell system(Ticker ticker) {
    Charset charset = System.out.charset();
    return new Shell(
        writer(FileDescriptor.out, charset),
        writer(FileDescriptor.err, charset),
        isTerminal("pharos.stdout.terminal"),
        isTerminal("pharos.stderr.terminal"),
        charset,
        System.getenv(),
        ticker);
  }

  /** The launcher looks at each stream by itself; the JVM can only tell about all of them. */
  @SuppressWarnings("SystemConsoleNull") // it does, with the console that -Djdk.console can choose
  private static boolean isTerminal(String property) {
    String told = System.getProperty(property);
    if (told != null) {
      return told.equals("true");
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static PrintWriter writer(FileDescriptor stream, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), charset));
  }

  public Shell {
    variables = Map.copyOf(variables);
  }

  /** Gives a variable's value or null. */
  Function<String, @Nullable String> environment() {
    return variables::get;
  }

  /** Whether a variable is set to something. */
  boolean has(String variable) {
    String value = variables.get(variable);
    return value != null && !value.isEmpty();
  }
}
