package dev.pharos.push;

/**
 * What the live feed did since the start.
 *
 * @param webSockets clients now
 * @param streams clients of server-sent events now
 * @param sent events that were handed to clients
 * @param coalesced results of looks that were replaced by newer ones before they were sent
 * @param replayed events of {@code sent} that were read from the journal
 * @param overflows times when a client's queue was full and the journal took over
 * @param dropped clients that were sent away because they did not keep up
 */
public record PushCounts(
    int webSockets,
    int streams,
    long sent,
    long coalesced,
    long replayed,
    long overflows,
    long dropped) {}
