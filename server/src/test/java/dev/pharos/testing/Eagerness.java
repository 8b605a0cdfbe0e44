package dev.pharos.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every everyday test that waits for something look at once and often, instead of after a
 * tenth of a second and each tenth of a second. Tests of the whole program look seldom: their
 * questions would be a load of their own. Found by JUnit itself.
 */
public final class Eagerness implements BeforeAllCallback {
  private static final Duration OFTEN = Duration.ofMillis(10);

  @Override
  public void beforeAll(ExtensionContext context) {
    if (context.getRequiredTestClass().getSimpleName().endsWith("IT")) {
      return;
    }
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(OFTEN);
  }
}
