/** The packaged program, run as people run it. */
@NullMarked
package dev.pharos.up;

import org.jspecify.annotations.NullMarked;
