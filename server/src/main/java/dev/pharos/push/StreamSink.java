package dev.pharos.push;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A client of server-sent events. The server's own idle time-out bounds how long a write may take.
 */
final class StreamSink implements Sink {
  private final OutputStream out;

  StreamSink(OutputStream out) {
    this.out = out;
  }

  @Override
  public void send(long id, String json) throws IOException {
    // The JSON is one line: line breaks inside strings are escaped.
    write((id == 0 ? "" : "id: " + id + "\n") + "data: " + json + "\n\n");
  }

  @Override
  public void keepAlive(long position) throws IOException {
    write(": keep-alive\n\n");
  }

  /** The stream ends with its request, which its own thread does. */
  @Override
  public void close(int code, String reason) {}

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
