import { crc32, deflateSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { pictureRules } from './networks.ts';

// Pictures drawn by arithmetic, so that a sandbox needs neither files nor the network. Their address says what is on
// them: /media/avatars/petals-265.png is petals in the hue 265.

type Colour = readonly [red: number, green: number, blue: number];
/** Positive inside of a shape, about 1 per unit of distance; x and y run from -1 to 1. */
type Shape = (x: number, y: number) => number;

const shapes: Readonly<Record<string, Shape>> = {
  petals: (x, y) => 0.42 + 0.24 * Math.cos(6 * Math.atan2(y, x)) - Math.hypot(x, y),
  ring: (x, y) => 0.16 - Math.abs(Math.hypot(x, y) - 0.46),
  diamond: (x, y) => (0.66 - Math.abs(x) - Math.abs(y)) * 0.7,
  hills: (x, y) => y - 0.22 * Math.cos(4 * x) + 0.06,
  bars: (x, y) => Math.min(0.11 - Math.abs(((x + 3.17) % 0.34) - 0.17), 0.62 - Math.abs(x), y + 0.15 + 0.6 * x, 0.55 - y),
  moon: (x, y) => Math.min(0.58 - Math.hypot(x, y), Math.hypot(x - 0.3, y + 0.2) - 0.46),
  star: (x, y) => 0.4 + 0.17 * Math.cos(5 * (Math.atan2(y, x) + Math.PI / 2)) - Math.hypot(x, y),
  wave: (x, y) => 0.13 - Math.abs(y - 0.28 * Math.sin(4.2 * x)),
  leaf: (x, y) => Math.min(0.86 - Math.hypot(x + 0.36, y + 0.36), 0.86 - Math.hypot(x - 0.36, y - 0.36)),
  lantern: (x, y) => Math.max(0.44 - Math.hypot(x, y * 1.25), Math.min(0.2 - Math.abs(x), 0.62 - Math.abs(y))),
  brackets: (x, y) => Math.min(0.1 - Math.abs(Math.abs(x) + 0.62 * Math.abs(y) - 0.58), 0.5 - Math.abs(y)),
  blocks: (x, y) => Math.min(0.26 - Math.abs(Math.abs(x) - 0.31), 0.26 - Math.abs(Math.abs(y) - 0.31)),
};

export const shapeNames: readonly string[] = Object.keys(shapes);

/** Adds the pictures to a server: no token, no limit, and none of the faults. */
export function addPictures(app: FastifyInstance): void {
  const drawn = new Map<string, Buffer>();
  app.get<{ Params: { kind: string; file: string } }>('/media/:kind/:file', (request, reply) => {
    const { kind, file } = request.params;
    const key = `${kind}/${file}`;
    const image = drawn.get(key) ?? draw(kind, file);
    if (!image) return reply.code(404).send();
    drawn.set(key, image);
    return reply.type('image/png').header('cache-control', 'max-age=3600').send(image);
  });
}

function draw(kind: string, file: string): Buffer | undefined {
  if (file === 'too-large.png') return Buffer.concat([avatar(shapes.ring!, 0, 32), Buffer.alloc(pictureRules.maxBytes)]);
  const [, name = '', number] = /^([a-z]+)-(\d+)\.png$/u.exec(file) ?? [];
  const shape = shapes[name];
  if (kind === 'icons')
    return avatar(
      shapes.ring!,
      [...name].reduce((sum, letter) => sum + 29 * letter.charCodeAt(0), 0),
      Math.min(Number(number), 64),
    );
  if (!shape) return undefined;
  if (kind === 'avatars') return avatar(shape, Number(number), 96);
  return kind === 'pictures' ? banner(shape, Number(number)) : undefined;
}

/** A light shape on a flat, calm colour. */
function avatar(shape: Shape, hue: number, size: number): Buffer {
  const ground = colour(hue, 0.48, 0.4);
  const figure = colour(hue + 28, 0.85, 0.9);
  return png(size, size, (column, row) => {
    const inside = shape((2 * column + 1) / size - 1, (2 * row + 1) / size - 1);
    return mix(ground, figure, edge(inside, size / 2));
  });
}

/** 600 by 314, as link previews like it: dusk over hills, with a shape on the right. */
function banner(shape: Shape, hue: number): Buffer {
  const [width, height] = [600, 314];
  const [top, bottom] = [colour(hue, 0.5, 0.3), colour(hue + 40, 0.7, 0.72)];
  const [near, figure] = [colour(hue - 12, 0.45, 0.2), colour(hue + 60, 0.9, 0.92)];
  return png(width, height, (column, row) => {
    const sky = mix(top, bottom, row / height);
    const lit = mix(sky, figure, edge(shape((column - 440) / 110, (row - 140) / 110), 110));
    const hill = row - 250 - 26 * Math.sin(column / 83) - 11 * Math.sin(column / 31);
    return mix(lit, near, edge(hill, 1));
  });
}

/** From outside, 0, to inside, 1, within one pixel. */
function edge(inside: number, pixels: number): number {
  return Math.min(1, Math.max(0, inside * pixels + 0.5));
}

function mix(from: Colour, to: Colour, share: number): Colour {
  return [0, 1, 2].map((channel) => from[channel]! + (to[channel]! - from[channel]!) * share) as unknown as Colour;
}

function colour(hue: number, saturation: number, lightness: number): Colour {
  const channel = (offset: number): number => {
    const place = (offset + hue / 30 + 12) % 12;
    const swing = saturation * Math.min(lightness, 1 - lightness);
    return 255 * (lightness - swing * Math.max(-1, Math.min(place - 3, 9 - place, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

function png(width: number, height: number, pixel: (column: number, row: number) => Colour): Buffer {
  // Each row begins with its filter, none.
  const data = Buffer.alloc(height * (3 * width + 1));
  for (let row = 0, at = 0; row < height; row += 1) {
    at += 1;
    for (let column = 0; column < width; column += 1) {
      for (const channel of pixel(column, row)) data[at++] = Math.round(channel);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // eight bits, red green blue
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(data)), chunk('IEND')]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
