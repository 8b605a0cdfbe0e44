package dev.pharos.mcp;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The arguments of a tool call.
 *
 * @param json an object in one line
 */
public record ToolArguments(String json) {
  /**
   * Takes a JSON object as somebody wrote it.
   *
   * @throws IllegalArgumentException when it is none; the message is for a person
   */
  public ToolArguments {
    boolean object;
    try {
      object = JsonMapper.shared().readTree(json).isObject();
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the arguments are not JSON", e);
    }
    if (!object) {
      throw new IllegalArgumentException("the arguments are not a JSON object");
    }
    // Line ends can only stand between tokens, and a message to a process is one line.
    json = json.replaceAll("[\r\n]+", " ");
  }
}
