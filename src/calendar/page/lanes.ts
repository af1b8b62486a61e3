/** What is drawn from one height to another, in pixels. */
export interface Box {
  readonly top: number;
  readonly height: number;
}

export interface Placed<Item> {
  readonly item: Item;
  /** From 0 on, beside one another. */
  readonly lane: number;
  /** How many lanes share the width here. */
  readonly lanes: number;
}

/** Some that overlap: those that have room beside one another, and how many have not. */
export interface Cluster<Item> {
  readonly placed: readonly Placed<Item>[];
  readonly left: readonly Item[];
  readonly top: number;
}

/**
 * Puts what overlaps beside one another, as calendars do.
 * @param items  the topmost first
 * @param most   lanes; where more are needed, the last one is for a word that says how many are left out
 */
export function inLanes<Item>(items: readonly Item[], boxOf: (item: Item) => Box, most: number): Cluster<Item>[] {
  const clusters: Cluster<Item>[] = [];
  let members: { item: Item; lane: number }[] = [];
  let ends: number[] = [];
  let top = 0;
  const close = () => {
    if (members.length === 0) return;
    const isFull = ends.length > most;
    const lanes = Math.min(ends.length, most);
    const isShown = ({ lane }: { lane: number }) => !isFull || lane < most - 1;
    clusters.push({
      placed: members.filter(isShown).map((each) => ({ ...each, lanes })),
      left: members.filter((each) => !isShown(each)).map(({ item }) => item),
      top,
    });
  };
  for (const item of items) {
    const box = boxOf(item);
    if (ends.every((end) => end <= box.top)) {
      close();
      members = [];
      ends = [];
      top = box.top;
    }
    const free = ends.findIndex((end) => end <= box.top);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = box.top + box.height;
    members.push({ item, lane });
  }
  close();
  return clusters;
}
