package dev.pharos.redis;

import java.time.Instant;

/**
 * Whether Redis can be used now.
 *
 * @param since when that was noticed
 * @param why one sentence for people; empty while connected
 */
public record LinkState(boolean connected, Instant since, String why) {}
