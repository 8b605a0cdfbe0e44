import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A toy MCP server over standard input and output: {@code java examples/ToyStdioServer.java}. One
 * message a line; it ends when its input ends.
 */
public final class ToyStdioServer {
  private ToyStdioServer() {}

  /** Serves until the input ends. */
  public static void main(String[] args) throws IOException {
    System.err.println("toy: ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer = line.isBlank() ? null : ToyMcp.answer(line);
      if (answer != null) {
        System.out.write(ToyMcp.bytes(answer + "\n"));
        System.out.flush();
      }
    }
  }
}
