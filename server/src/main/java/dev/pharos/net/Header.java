package dev.pharos.net;

/** One HTTP header line; names are compared without regard to case. */
public record Header(String name, String value) {}
