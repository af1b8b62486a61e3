/** Milliseconds. */
export const second = 1_000;
export const minute = 60 * second;
export const day = 1_440 * minute;
