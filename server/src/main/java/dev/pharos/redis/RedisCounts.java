package dev.pharos.redis;

/**
 * What this node's feed did since the start.
 *
 * @param published total of journal events that it put into the stream
 * @param figures total of events of no journal that it put into the stream
 * @param dropped total of such events that were given up, since Redis was away or slow
 * @param heard total of events of other nodes that it read from the stream
 * @param lag by how many ids the stream is behind the journal, as far as this node knows: 0 where
 *     another node relays
 */
public record RedisCounts(long published, long figures, long dropped, long heard, long lag) {}
