package dev.pharos.http;

/**
 * Something in a request that cannot be used as it stands.
 *
 * @param field where, for example {@code auth_config.token}; empty for the whole
 * @param message what is wrong and what to do, one line, without any value that was given
 */
public record FieldError(String field, String message) {}
