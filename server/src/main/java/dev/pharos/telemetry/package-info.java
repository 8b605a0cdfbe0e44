/**
 * Our own metrics, in the text form of Prometheus. Sees {@code fleet} and {@code trace}. Face:
 * {@link dev.pharos.telemetry.Telemetry}, fed by {@link dev.pharos.telemetry.Sources} and the
 * meters that it gives.
 */
@NullMarked
package dev.pharos.telemetry;

import org.jspecify.annotations.NullMarked;
