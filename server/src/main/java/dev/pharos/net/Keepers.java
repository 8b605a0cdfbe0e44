package dev.pharos.net;

import org.apache.hc.core5.http.config.Http1Config;

/**
 * What all connections of a dialer share.
 *
 * @param watchdog bounds their exchanges
 * @param idle watches them between exchanges
 * @param room for how many there is room
 * @param codec the codec's bounds
 */
record Keepers(Watchdog watchdog, IdleWatch idle, Room room, Http1Config codec) {}
