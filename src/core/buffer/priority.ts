/**
 * Who waits for a request, most urgent first.
 *
 * - `write`       a person changes something
 * - `asked`       a person asked to read just this, and waits for it
 * - `shown`       a view needs it for what is unfolded
 * - `background`  nobody asked; what is shown is only brought up to date
 */
export type Priority = (typeof priorities)[number];
export const priorities = ['write', 'asked', 'shown', 'background'] as const;

export function isHigherPriority(one: Priority, other: Priority): boolean {
  return priorities.indexOf(one) < priorities.indexOf(other);
}
