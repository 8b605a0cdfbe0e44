/**
 * Looks at one server once and says what was seen, as an {@code Outcome}; keeps sessions for cheap
 * further looks. Sees {@code fleet}, {@code mcp}, {@code oauth}, {@code net}, {@code process} and
 * {@code trace}.
 */
@NullMarked
package dev.pharos.probe;

import org.jspecify.annotations.NullMarked;
