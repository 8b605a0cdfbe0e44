package dev.pharos.cli;

import dev.pharos.config.BadConfiguration;
import dev.pharos.config.Configuration;
import dev.pharos.fleet.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which monitor's definitions are meant: those at a URL, or those of a data folder. */
final class FleetPlace {
  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "A running monitor (default: the one of the data folder). Its password, if it has one, is"
              + " taken from PHAROS_ADMIN_PASSWORD.")
  private @Nullable URI url;

  FleetAccess open(Monitors monitors, Shell shell)
      throws IOException, UsageException, BadConfiguration {
    String password = shell.environment().apply("PHAROS_ADMIN_PASSWORD");
    Secret secret = password == null || password.isEmpty() ? null : new Secret(password);
    URI told = url;
    if (told != null) {
      return new RemoteFleet(web(told), secret);
    }
    Configuration configuration = configuration(shell);
    Optional<FleetAccess> folder = monitors.open(configuration);
    return folder.isPresent()
        ? folder.get()
        : new RemoteFleet(
            monitors
                .running(configuration)
                .orElseThrow(() ->
                    new IOException(
                        "a monitor runs on "
                            + configuration.data()
                            + " but does not say where: give its --url")),
            secret);
  }

  Configuration configuration(Shell shell) throws BadConfiguration {
    return place.reader(shell, false, null, null).read(place.file(shell));
  }

  private static URI web(URI url) throws UsageException {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new UsageException("--url: write it as http://HOST:PORT/");
    }
    return url.toString().endsWith("/") ? url : URI.create(url + "/");
  }
}
