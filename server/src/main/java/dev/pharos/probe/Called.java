package dev.pharos.probe;

import dev.pharos.trace.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What came of running a tool.
 *
 * @param resultJson the result as the server gave it, with our secrets hidden; null when none came
 * @param isError whether the tool ran and says that it failed
 * @param tookMicros how long the tool took, without opening the session; 0 when it was not reached
 * @param failure why there is no result, or why it is no answer yet ({@code tool_needs_input});
 *     null when the tool answered
 */
public record Called(
    @Nullable String resultJson, boolean isError, long tookMicros, @Nullable Failure failure) {}
