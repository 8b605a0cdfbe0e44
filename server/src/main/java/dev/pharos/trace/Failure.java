package dev.pharos.trace;

/**
 * Why a look failed: where it got to, what went wrong, and a sentence for a person.
 *
 * @param message one line without secrets and without control characters
 */
public record Failure(Stage stage, FailureKind kind, String message) {}
