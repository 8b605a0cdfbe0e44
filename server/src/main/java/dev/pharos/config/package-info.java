/**
 * Reads {@code pharos.yaml}, the environment and the flags once, and hands out what the packages
 * need; watches the file for other servers. Seen by the root only. Face: {@link
 * dev.pharos.config.Configuration}.
 */
@NullMarked
package dev.pharos.config;

import org.jspecify.annotations.NullMarked;
