package dev.pharos.settings;

import java.time.Duration;

/**
 * How often what is done beside the looks.
 *
 * @param freshHandshake the longest time between two handshakes from the beginning
 * @param knock between two knocks at the door of a server that refused
 * @param capabilityTtl how long what a server offers is taken from the cache; then all lists are
 *     read again
 */
public record Rhythm(Duration freshHandshake, Duration knock, Duration capabilityTtl) {}
