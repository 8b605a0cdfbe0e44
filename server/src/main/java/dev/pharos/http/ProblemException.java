package dev.pharos.http;

/** Carries a problem to the one place that answers with it. */
final class ProblemException extends RuntimeException {
  private final transient ProblemDetails problem;

  ProblemException(ProblemDetails problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  ProblemDetails problem() {
    return problem;
  }
}
