/**
 * What is shown of a look wherever results are given: its JSON, and the mask that hides secrets in
 * text. Sees {@code fleet} and {@code trace}.
 */
@NullMarked
package dev.pharos.view;

import org.jspecify.annotations.NullMarked;
