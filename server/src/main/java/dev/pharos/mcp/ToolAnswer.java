package dev.pharos.mcp;

/**
 * What a tool answered.
 *
 * @param isError whether the tool ran and failed
 * @param needsInput whether the server wants more of its user before it answers
 * @param json the result as it came
 */
public record ToolAnswer(boolean isError, boolean needsInput, String json) {}
