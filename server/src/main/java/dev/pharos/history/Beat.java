package dev.pharos.history;

import dev.pharos.fleet.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows of a look.
 *
 * @param health the server's health after the look
 * @param responseMicros null when it was not answered
 */
public record Beat(Instant checkedAt, Health health, @Nullable Long responseMicros) {}
