import * as v from 'valibot';
import type { Media, NetworkDetails } from '../buffer/model.ts';

/** Shapes of the model as they are after a way through JSON, for whatever is kept in files. */

/** A schema for every field, so that none is forgotten when the model grows. */
export type Fields<Shape> = Record<keyof Shape, v.GenericSchema>;

export const text = v.optional(v.string());
export const flag = v.optional(v.boolean());

export const media = v.object({
  link: text,
  title: text,
  description: text,
  picture: text,
  thumbnail: text,
  video: text,
} satisfies Fields<Media>);

/** @param date  how strict a keeper is with times */
export const detailsWith = <Schema extends v.GenericSchema<string, Date>>(date: Schema) =>
  v.object({
    type: text,
    shareToFeed: flag,
    firstComment: text,
    thread: v.optional(v.array(v.string())),
    board: text,
    title: text,
    link: text,
    category: text,
    privacy: text,
    isMadeForKids: flag,
    button: text,
    startsAt: v.optional(date),
    endsAt: v.optional(date),
    coupon: text,
    terms: text,
    spoiler: text,
    topic: text,
  } satisfies Fields<NetworkDetails>);
