/**
 * OAuth 2.1 as a monitor needs it: reading challenges, discovery, client credentials. Sees {@code
 * net} and {@code trace}.
 */
@NullMarked
package dev.pharos.oauth;

import org.jspecify.annotations.NullMarked;
