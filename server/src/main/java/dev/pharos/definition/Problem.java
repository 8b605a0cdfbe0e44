package dev.pharos.definition;

/**
 * Something in a file that cannot be used as it stands.
 *
 * @param field where, for example {@code mcpServers.github.url}; empty for the file as a whole
 * @param message what is wrong and what to do, one line, without any value of the file
 */
public record Problem(String field, String message) {}
