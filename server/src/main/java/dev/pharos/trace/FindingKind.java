package dev.pharos.trace;

import java.util.Locale;

/** The sorts of findings. The names are public: they stand in answers. */
public enum FindingKind {
  /** The server is reached over HTTP+SSE, deprecated since revision 2025-03-26. */
  DEPRECATED_TRANSPORT,
  /** A server of the session era that offers no session id: each request stands alone. */
  NO_SESSION,
  /** An unknown session is answered with 400 where the protocol wants 404. */
  SESSION_STATUS,
  /** The given address answered 404 and {@code /mcp} below it works. */
  PATH_ADDED,
  /** The server redirected within its host; its address should be registered directly. */
  REDIRECTED,
  CERTIFICATE_EXPIRES_SOON,
  /** Invisible or direction-changing characters in text that a model reads. */
  HIDDEN_UNICODE,
  /** A tool without a usable input schema. */
  TOOL_SCHEMA,
  /** A tool whose {@code x-mcp-header} is invalid: HTTP clients must leave the tool out. */
  TOOL_HEADER,
  /** The same name twice in one list. */
  DUPLICATE_NAME,
  /** A name outside the recommended characters or length. */
  ODD_NAME,
  /** A field that the negotiated revision requires or forbids. */
  SCHEMA,
  /** The server asked for something we did not declare. */
  UNDECLARED_REQUEST,
  /** Lines on stdout that are no messages. */
  STDOUT_NOISE,
  /** A message we did not ask for: an answer that came twice or late. */
  STRAY_MESSAGE,
  /** A challenge without the metadata that a client needs to get a token. */
  INCOMPLETE_CHALLENGE,
  /** The session was lost and opened again within this look. */
  SESSION_REOPENED,
  /** The server refused to end the session. */
  SESSION_NOT_ENDED,
  /** The process had to be killed, or left children behind that had to be. */
  PROCESS_KILLED,
  /** An advertised list could not be read to its end. */
  LIST_INCOMPLETE,
  /** The protocol era or transport differs from what was remembered or pinned. */
  ERA_CHANGED,
  /** Text follows the message in the body. */
  TRAILING_DATA;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The public name: lower case. */
  public String wire() {
    return wire;
  }
}
