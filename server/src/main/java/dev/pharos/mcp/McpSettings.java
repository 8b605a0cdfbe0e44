package dev.pharos.mcp;

import java.time.Duration;

/**
 * Who we say we are, and the bounds of a conversation.
 *
 * @param maxMessageBytes of one body, one event or one line, after inflation
 * @param maxDepth of nested JSON
 * @param discoverWait how long a server may stay silent to {@code server/discover} before the
 *     handshake is tried as well, and how long the endpoint event of HTTP+SSE may take
 * @param processGrace how long a process may take to leave when its stdin is closed, and again
 *     after SIGTERM
 */
public record McpSettings(
    String clientName,
    String clientVersion,
    int maxMessageBytes,
    int maxPages,
    int maxItems,
    int maxDepth,
    Duration discoverWait,
    Duration processGrace) {}
