/**
 * A toy fleet of eight MCP servers for a first look at Pharos. Its servers stand for those of other
 * people: this package sees nothing of Pharos, and only the root sees it.
 */
@NullMarked
package dev.pharos.demo;

import org.jspecify.annotations.NullMarked;
