/** Which chips of a row are shown when not all of them are. */

export interface Chip {
  readonly width: number;
  /** Shown whatever the room. */
  readonly isChosen: boolean;
}

export interface Room {
  readonly width: number;
  readonly gap: number;
  readonly lines: number;
  /** Of what counts the others; it stands behind the last. */
  readonly counter: number;
}

/**
 * Of each chip, whether it is shown: all where there is room for all, else the chosen ones, wherever they stand, and of the
 * others the first ones as far as there is room left. Undefined where there is not even room for the chosen ones.
 */
export function chipsThatFit(chips: readonly Chip[], room: Room): readonly boolean[] | undefined {
  if (
    fits(
      chips.map(({ width }) => width),
      room,
    )
  )
    return chips.map(() => true);
  const shown = chips.map(({ isChosen }) => isChosen);
  const isRoom = () => fits([...chips.filter((_, index) => shown[index]).map(({ width }) => width), room.counter], room);
  if (!isRoom()) return undefined;
  for (const index of chips.keys()) {
    if (shown[index]) continue;
    shown[index] = true;
    if (isRoom()) continue;
    shown[index] = false;
    break;
  }
  return shown;
}

function fits(widths: readonly number[], { width, gap, lines }: Room): boolean {
  let line = 1;
  let end = 0;
  for (const each of widths) {
    if (end > 0 && end + gap + each > width) {
      line++;
      end = 0;
    }
    end += (end > 0 ? gap : 0) + each;
  }
  return line <= lines;
}
