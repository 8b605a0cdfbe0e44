package dev.pharos.conformance;

import java.util.List;

/** What the scenarios need of a client that speaks to one server. */
interface ScenarioClient extends AutoCloseable {
  /** A tool as it was listed. */
  record Tool(String name, String json) {}

  /** The tools that a client may call: those with invalid header annotations are not among them. */
  List<Tool> listTools() throws Exception;

  /** Calls a tool of the list. */
  void callTool(String name, String jsonArguments) throws Exception;

  /** The names of all prompts. */
  List<String> listPrompts() throws Exception;

  void getPrompt(String name) throws Exception;

  /** The URIs of all resources. */
  List<String> listResources() throws Exception;

  void readResource(String uri) throws Exception;

  @Override
  void close() throws Exception;
}
