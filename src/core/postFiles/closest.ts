/** The word that was most likely meant: one with few letters otherwise. Undefined where none is near. */
export function closest(word: string, words: Iterable<string>): string | undefined {
  const typed = word.toLowerCase();
  if (typed.length > 64) return undefined;
  let found: string | undefined;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const each of words) {
    const distance = distanceOf(typed, each.toLowerCase());
    if (distance < least) [found, least] = [each, distance];
  }
  return found;
}

/** Letters that are added, left out, exchanged or swapped with their neighbour. */
function distanceOf(one: string, other: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let least = Math.min(last![column]! + 1, now[column - 1]! + 1, last![column - 1]! + (isSame ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, before![column - 2]! + 1);
      now.push(least);
    }
    [before, last] = [last, now];
  }
  return last![other.length]!;
}
