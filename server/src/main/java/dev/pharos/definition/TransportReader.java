package dev.pharos.definition;

import dev.pharos.field.Fields;
import dev.pharos.field.TextRule;
import dev.pharos.fleet.Secret;
import dev.pharos.fleet.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a server is reached: {@code protocol}, and {@code url} or {@code command}. */
final class TransportReader {
  private static final int MAX_COMMAND = 1024;
  private static final int MAX_ARGS = 100;
  private static final int MAX_ARG = 8192;
  private static final int MAX_ENV = 100;
  private static final int MAX_ENV_VALUE = 32 * 1024;
  private static final Pattern ENV_NAME = Pattern.compile("[^=\\p{C}\\s]{1,128}");

  private static final Map<String, TransportName> PROTOCOLS = protocols();
  private static final List<String> OF_PROCESS = List.of("command", "args", "env", "directory");
  private static final List<String> OF_HTTP = List.of("url", "headers", "auth_config");

  private final Fields fields;
  private final Kept kept;
  private final Rules rules;

  TransportReader(Fields fields, Kept kept, Rules rules) {
    this.fields = fields;
    this.kept = kept;
    this.rules = rules;
  }

  private static Map<String, TransportName> protocols() {
    Map<String, TransportName> words = new LinkedHashMap<>();
    words.put("auto", TransportName.AUTO);
    words.put("http", TransportName.AUTO);
    words.put("streamable-http", TransportName.STREAMABLE_HTTP);
    words.put("sse", TransportName.SSE);
    words.put("stdio", TransportName.STDIO);
    return words;
  }

  @Nullable Transport read() {
    TransportName protocol = fields.choice("protocol", PROTOCOLS);
    boolean process =
        protocol == TransportName.STDIO || (!fields.has("url") && fields.has("command"));
    if (process && protocol != null && protocol != TransportName.STDIO) {
      fields.wrong("protocol", "must be stdio where a command is given");
    }
    refuse(process ? OF_HTTP : OF_PROCESS, process ? "a command" : "a url");
    return process ? process() : http(protocol == null ? TransportName.AUTO : protocol);
  }

  private void refuse(List<String> keys, String kind) {
    for (String key : keys) {
      if (fields.has(key)) {
        fields.wrong(key, "does not go with a server that has " + kind + ": leave it out");
      }
    }
  }

  private @Nullable Transport http(TransportName protocol) {
    if (!fields.has("url")) {
      fields.wrong("url", "is missing: give a url, or a command for a server to be started here");
      return null;
    }
    return AddressText.read(fields, "url", protocol.choice(), rules, kept);
  }

  private @Nullable Transport process() {
    if (!rules.allowStdio()) {
      fields.wrong("command", "is not allowed here: allow_stdio would permit processes");
    }
    List<String> command = new ArrayList<>();
    String program = fields.text("command", TextRule.LINE, MAX_COMMAND);
    if (program == null ? !fields.has("command") : program.isBlank()) {
      fields.wrong("command", "is missing: give the program to start");
    }
    command.add(program == null ? "" : program.strip());
    command.addAll(fields.texts("args", TextRule.ARGUMENT, MAX_ARGS, MAX_ARG));
    Map<String, Secret> env =
        kept.secrets(fields, "env", TextRule.ARGUMENT, MAX_ENV, MAX_ENV_VALUE, kept.env());
    for (String name : env.keySet()) {
      if (!ENV_NAME.matcher(name).matches()) {
        fields.wrongIn("env", name, "is no name of a variable: no spaces and no equals sign");
      }
    }
    String directory = fields.text("directory", TextRule.LINE, MAX_COMMAND);
    return command.getFirst().isEmpty()
        ? null
        : new Transport.Stdio(
            command, env, directory == null || directory.isBlank() ? null : directory);
  }
}
