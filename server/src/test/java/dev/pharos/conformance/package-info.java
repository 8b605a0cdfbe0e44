/** The official conformance suite, run against our client. */
@NullMarked
package dev.pharos.conformance;

import org.jspecify.annotations.NullMarked;
