package dev.pharos.http;

import dev.pharos.access.TrustedProxies;
import java.net.URI;
import java.util.List;

/**
 * Where the server listens and what it takes.
 *
 * @param host the address to bind
 * @param port 0 for any that is free
 * @param baseUrls under which people reach it, for example through a proxy
 * @param proxies whose word about where a request comes from is believed
 * @param maxBodyBytes of a request, but for imports
 * @param maxImportBytes of an import
 */
public record WebSettings(
    String host,
    int port,
    List<URI> baseUrls,
    TrustedProxies proxies,
    int maxBodyBytes,
    int maxImportBytes) {
  public WebSettings {
    baseUrls = List.copyOf(baseUrls);
  }

  /** The same with addresses under which people reach it otherwise. */
  public WebSettings under(List<URI> urls) {
    return new WebSettings(host, port, urls, proxies, maxBodyBytes, maxImportBytes);
  }

  /** The same behind proxies that are trusted. */
  public WebSettings behind(TrustedProxies some) {
    return new WebSettings(host, port, baseUrls, some, maxBodyBytes, maxImportBytes);
  }

  public WebSettings(String host, int port) {
    this(host, port, List.of(), TrustedProxies.NONE, 256 * 1024, 4 * 1024 * 1024);
  }
}
