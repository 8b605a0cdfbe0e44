package dev.pharos.field;

/**
 * Something that a person wrote and that cannot be used as it stands.
 *
 * @param field where, for example {@code mcpServers.github.url}; empty for the whole
 * @param message what is wrong and what to do, one line, without any value that was given
 */
public record Problem(String field, String message) {}
