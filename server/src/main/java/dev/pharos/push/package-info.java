/**
 * The live feed for programs and screens: WebSocket and server-sent events, with a resume that
 * leaves no gap and gives nothing twice. Sees {@code event}, {@code fleet} and {@code trace}. Face:
 * {@link dev.pharos.push.Push}.
 */
@NullMarked
package dev.pharos.push;

import org.jspecify.annotations.NullMarked;
