package dev.pharos.mcp;

import dev.pharos.trace.FailureException;
import tools.jackson.core.JsonParser;

/** Turns the result of an answer into a value while the message is parsed. */
@FunctionalInterface
interface ResultReader<T> {
  /**
   * Reads the result.
   *
   * @param parser stands at the start of the result object; must be left at its end
   * @param source the message's bytes, for keeping items as they came; only lent
   * @param base what to add to the parser's byte offsets to get positions in {@code source}
   */
  T read(JsonParser parser, byte[] source, int base) throws FailureException;
}
