package dev.pharos.trace;

import java.time.Instant;

/** The peer's own TLS certificate, noted even when its chain was refused. */
public record Certificate(String subject, String issuer, Instant notAfter) {}
