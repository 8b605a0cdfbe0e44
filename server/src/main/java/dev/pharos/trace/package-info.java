/**
 * The words in which one look at a server is told: stages and their times, failures, findings, and
 * the tap that hears the wire. Sees nothing but the JDK.
 */
@NullMarked
package dev.pharos.trace;

import org.jspecify.annotations.NullMarked;
