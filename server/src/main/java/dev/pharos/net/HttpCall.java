package dev.pharos.net;

import java.util.List;

/**
 * One request.
 *
 * @param target path and query as they go on the wire, starting with {@code /}
 * @param headers without {@code Host}, {@code Content-Length}, {@code Accept-Encoding} and {@code
 *     Connection}, which the connection adds itself
 * @param body empty for none; the array is not copied and must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each check would cost
public record HttpCall(String method, String target, List<Header> headers, byte[] body) {}
