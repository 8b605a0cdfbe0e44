/** The monitor as it runs out of the packaged program: started, asked, measured and ended. */
@NullMarked
package dev.pharos.testing.monitor;

import org.jspecify.annotations.NullMarked;
