/**
 * Who may use the monitor: the administrator's password and the sessions it opens; port {@link
 * dev.pharos.access.SessionStore}. Sees nothing of ours. Face: {@link dev.pharos.access.Access}.
 */
@NullMarked
package dev.pharos.access;

import org.jspecify.annotations.NullMarked;
