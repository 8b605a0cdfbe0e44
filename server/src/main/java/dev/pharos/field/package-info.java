/**
 * Reads JSON and YAML that people wrote, field by field, and collects everything that is wrong with
 * it at once. Sees nothing of ours. Face: {@link dev.pharos.field.Fields}.
 */
@NullMarked
package dev.pharos.field;

import org.jspecify.annotations.NullMarked;
