/** What the tests of several packages share: listeners, certificates and values of ours. */
@NullMarked
package dev.pharos.testing;

import org.jspecify.annotations.NullMarked;
