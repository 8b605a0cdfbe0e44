/**
 * Who may use the monitor: the administrator's password and the sessions it opens. Sees nothing of
 * ours. Face: {@link dev.pharos.access.Access}.
 */
@NullMarked
package dev.pharos.access;

import org.jspecify.annotations.NullMarked;
