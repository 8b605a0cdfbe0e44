package dev.pharos.mcp;

/** The lists a server can offer. */
public enum ListKind {
  TOOLS("tools/list", "tools", "tools", "name"),
  PROMPTS("prompts/list", "prompts", "prompts", "name"),
  RESOURCES("resources/list", "resources", "resources", "uri"),
  RESOURCE_TEMPLATES("resources/templates/list", "resourceTemplates", "resources", "uriTemplate");

  private final String method;
  private final String field;
  private final String capability;
  private final String key;

  ListKind(String method, String field, String capability, String key) {
    this.method = method;
    this.field = field;
    this.capability = capability;
    this.key = key;
  }

  /** The request's method. */
  public String method() {
    return method;
  }

  /** The result's array. */
  String field() {
    return field;
  }

  /** The capability under which a server advertises the list. */
  String capability() {
    return capability;
  }

  /** The field that tells the items apart. */
  String key() {
    return key;
  }
}
