package dev.pharos.benchmarks;

/** The simulated servers as one client sees them: what is measured. Thread-safe across servers. */
interface Fleet extends AutoCloseable {
  int size();

  /** Initialize, initialized, tools/list and DELETE over a connection of its own. */
  void full(int server) throws Exception;

  /** Opens the session that is kept. */
  void open(int server) throws Exception;

  /** Asks the kept session for its tools. */
  void kept(int server) throws Exception;

  /** Holds the kept session's stream. */
  void watch(int server) throws Exception;

  /** Ends the kept session. */
  void end(int server) throws Exception;

  @Override
  void close();
}
