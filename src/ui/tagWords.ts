import type { Tag } from '../core/buffer/model.ts';

/** By hue, in degrees: up to which each is the nearest. VS Code draws them alike in every theme. */
const hues: readonly (readonly [until: number, dot: string])[] = [
  [15, '🔴'],
  [45, '🟠'],
  [70, '🟡'],
  [170, '🟢'],
  [255, '🔵'],
  [330, '🟣'],
  [360, '🔴'],
];

/** The dot that comes nearest to a color; a row has no other place for one that is a tag's own. */
export function dotOf(color: string | undefined): string {
  const [red, green, blue] = (/^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/iu.exec(color ?? '') ?? [])
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16)) as [number?, number?, number?];
  if (red === undefined || green === undefined || blue === undefined) return '⚪';
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const range = most - least;
  if (range < 40) return most > 140 ? '⚪' : '⚫';
  const sixth = most === red ? ((green - blue) / range + 6) % 6 : most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
  const hue = sixth * 60;
  if (hue > 15 && hue <= 45 && most < 170) return '🟤';
  return hues.find(([until]) => hue <= until)![1];
}

/** Tags with their colors, in a line. */
export function tagWords(tags: readonly Tag[]): string {
  return tags.map(({ name, color }) => `${dotOf(color)} ${name}`).join(' ');
}
