/** Events by the reader's day, in the order in which they come. */
export function byDay<E extends { timestamp: string }>(
  events: readonly E[],
): Array<{ day: string; events: E[] }> {
  const days: Array<{ day: string; events: E[] }> = [];
  for (const event of events) {
    const day = dayOf(new Date(event.timestamp));
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return merged(days);
}

/** An event is stamped with its first evidence, so that one may stand a little out of order around midnight. */
function merged<E>(days: Array<{ day: string; events: E[] }>): Array<{ day: string; events: E[] }> {
  const byName = new Map<string, E[]>();
  for (const { day, events } of days) byName.set(day, [...(byName.get(day) ?? []), ...events]);
  return [...byName].map(([day, events]) => ({ day, events }));
}

const two = (n: number): string => String(n).padStart(2, "0");

const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
