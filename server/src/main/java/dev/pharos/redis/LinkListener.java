package dev.pharos.redis;

/** Hears when Redis is lost and when it is back: each once per outage, in turn. */
@FunctionalInterface
public interface LinkListener {
  /** Called one at a time on a thread that nothing else needs; may block. */
  void changed(LinkState state);
}
