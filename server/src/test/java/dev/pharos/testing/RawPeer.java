package dev.pharos.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection, in the hands of a script. Used by one thread. */
public final class RawPeer {
  private final RawServer server;
  private final Socket top;
  private final Socket bottom;
  private final int number;

  RawPeer(RawServer server, Socket top, Socket bottom, int number) {
    this.server = server;
    this.top = top;
    this.bottom = bottom;
    this.number = number;
  }

  /** The number of this connection, from 0. */
  public int number() {
    return number;
  }

  /**
   * Reads a request with its body, as far as {@code Content-Length} says.
   *
   * @throws EOFException when the client hung up before a whole request came
   */
  public RawRequest readRequest() throws IOException {
    InputStream in = top.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the client hung up");
      }
      head.write(next);
    }
    List<String> lines = head.toString(ISO_8859_1).strip().lines().toList();
    String length = new RawRequest(number, lines, "").header("Content-Length");
    byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    RawRequest request = new RawRequest(number, lines, new String(body, UTF_8));
    server.add(request);
    return request;
  }

  /** Reads a line without its end, or null when the client hung up. */
  public @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = top.getInputStream().read(); next >= 0; next = top.getInputStream().read()) {
      if (next == '\n') {
        return line.toString(UTF_8);
      }
      line.write(next);
    }
    return null;
  }

  /** Sends text as UTF-8. */
  public void write(String text) throws IOException {
    write(text.getBytes(UTF_8));
  }

  /** Sends bytes at once. */
  public void write(byte[] bytes) throws IOException {
    top.getOutputStream().write(bytes);
    top.getOutputStream().flush();
  }

  /** Sends a whole answer with its {@code Content-Length}. */
  public void answer(int status, String contentType, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    write(
        "HTTP/1.1 %d Any\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, contentType, bytes.length));
    write(bytes);
  }

  /** Sends one chunk of a chunked body; an empty text ends the body. */
  public void chunk(String text) throws IOException {
    write(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
  }

  /** Does nothing until the client hangs up or the server is closed. */
  public void hold() throws IOException {
    InputStream in = top.getInputStream();
    byte[] any = new byte[16_384];
    while (in.read(any) >= 0) {
      // whatever it says
    }
  }

  /** Waits, in a script that must be slow. */
  public void pause(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Waits until the test lets go. */
  public void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Ends the connection with a reset instead of an orderly end. */
  public void reset() throws IOException {
    bottom.setSoLinger(true, 0);
    bottom.close();
  }

  /** Ends our half in an orderly way; what the client sends is still taken. */
  public void finish() throws IOException {
    top.shutdownOutput();
  }

  /** Text compressed with gzip. */
  public static byte[] gzip(String text) {
    return gzip(text.getBytes(UTF_8));
  }

  /** Bytes compressed with gzip. */
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
