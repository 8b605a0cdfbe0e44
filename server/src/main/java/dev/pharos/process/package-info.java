/**
 * Child processes: started without a shell, drained always, ended with everything they started.
 * Sees {@code trace}.
 */
@NullMarked
package dev.pharos.process;

import org.jspecify.annotations.NullMarked;
