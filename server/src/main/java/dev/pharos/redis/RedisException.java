package dev.pharos.redis;

/**
 * Redis cannot be used as it is set up, and waiting will not help. The message is one sentence for
 * a person, naming the setting and what to do; no password, and so no cause either, which may quote
 * one.
 */
public final class RedisException extends RuntimeException {
  RedisException(String message) {
    super(message);
  }
}
