package dev.pharos.trace;

/**
 * How long one stage of a look took.
 *
 * @param micros microseconds, 0 or more; visits to the same stage are added up
 */
public record StageTime(Stage stage, long micros) {}
