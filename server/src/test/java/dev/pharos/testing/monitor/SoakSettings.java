package dev.pharos.testing.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How a soak runs.
 *
 * @param jar the program
 * @param options of its JVM
 * @param data a folder for it
 * @param time how long faults go on
 * @param servers how many are simulated
 * @param interval between two looks at a server, in whole seconds
 * @param every how long from one sample to the next
 * @param seed of the faults
 */
public record SoakSettings(
    Path jar,
    List<String> options,
    Path data,
    Duration time,
    int servers,
    Duration interval,
    Duration every,
    long seed) {}
