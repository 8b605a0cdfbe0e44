package dev.pharos.http;

/** Whom a route serves when a password is set. Later users will differ in it. */
enum Role {
  /** Everybody: the look of the log-in page, and whether we live. */
  ANYONE,
  /** Who may see. */
  VIEWER,
  /** Who may change servers and make looks. */
  OPERATOR,
  /** Who may change the monitor itself. */
  ADMINISTRATOR
}
