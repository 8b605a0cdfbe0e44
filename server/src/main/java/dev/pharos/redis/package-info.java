/**
 * Redis beside the database: the cache of capabilities, and the feed of events to other nodes and
 * other programs. Never the truth: all of it may be lost at any time. Sees {@code event}, {@code
 * capability}, {@code fleet} and {@code trace}; the only package that sees Jedis. Faces: {@link
 * dev.pharos.redis.RedisLink}, {@link dev.pharos.redis.RedisFeed}, {@link
 * dev.pharos.redis.RedisCapabilityCache}.
 */
@NullMarked
package dev.pharos.redis;

import org.jspecify.annotations.NullMarked;
