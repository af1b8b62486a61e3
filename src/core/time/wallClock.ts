import { tzOffset } from '@date-fns/tz/tzOffset';

const minuteLength = 60_000;
const dayLength = 86_400_000;

/** What clocks in a zone show, held in the UTC fields of a `Date`. It is no instant: only its parts mean something. */
export function wallClockAt(time: Date, timeZone: string): Date {
  return new Date(time.getTime() + tzOffset(timeZone, time) * minuteLength);
}

/**
 * The instant at which clocks in a zone show what the UTC fields of `wall` hold. Clocks that skip it when summer time
 * begins make it later by the change; of two, when it ends, the first one counts (RFC 5545, section 3.3.5).
 */
export function instantOf(wall: Date, timeZone: string): Date {
  const from = (offset: number) => new Date(wall.getTime() - offset * minuteLength);
  const before = tzOffset(timeZone, new Date(wall.getTime() - dayLength));
  const after = tzOffset(timeZone, new Date(wall.getTime() + dayLength));
  const isAfter = tzOffset(timeZone, from(before)) !== before && tzOffset(timeZone, from(after)) === after;
  return from(isAfter ? after : before);
}

/** The instants at which clocks in a zone show what the UTC fields of `wall` hold: two where clocks go back over it, else one. */
export function instantsOf(wall: Date, timeZone: string): readonly Date[] {
  const first = instantOf(wall, timeZone);
  const after = new Date(wall.getTime() - tzOffset(timeZone, new Date(wall.getTime() + dayLength)) * minuteLength);
  const isSecond = after.getTime() !== first.getTime() && wallClockAt(after, timeZone).getTime() === wall.getTime();
  return isSecond ? [first, after] : [first];
}
