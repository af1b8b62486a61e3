import * as v from 'valibot';
import type { Media, NetworkDetails, NewUpdateOptions, Picture, TaggedUser } from '../buffer/model.ts';
import { byDetail } from '../buffer/networkDetails.ts';

/** Shapes of the model as they are after a way through JSON, for whatever is kept in files. */

/** A schema for every field, so that none is forgotten when the model grows. */
export type Fields<Shape> = Record<keyof Shape, v.GenericSchema>;

export const text = v.optional(v.string());
export const flag = v.optional(v.boolean());

export const taggedUsers = v.optional(v.array(v.object({ handle: v.string(), x: v.number(), y: v.number() } satisfies Fields<TaggedUser>)));
export const picture = v.object({ url: v.string(), description: text, taggedUsers } satisfies Fields<Picture>);

export const media = v.object({
  link: text,
  title: text,
  description: text,
  picture: text,
  thumbnail: text,
  taggedUsers,
  video: text,
  coverAt: v.optional(v.number()),
  document: text,
  cover: text,
  more: v.optional(v.array(picture)),
} satisfies Fields<Media>);

export const newUpdateOptions = v.object({
  isReminder: flag,
  tagIds: v.optional(v.array(v.string())),
  ideaId: text,
} satisfies Fields<NewUpdateOptions>);

/** @param date  how strict a keeper is with times */
export const detailsWith = (date: v.GenericSchema<string, Date>) => {
  const fields = byDetail((kind) => {
    if (kind === 'flag') return flag;
    if (kind === 'time') return v.optional(date);
    if (kind === 'pictures') return v.optional(v.array(v.array(picture)));
    return kind === 'texts' ? v.optional(v.array(v.string())) : text;
  });
  return v.object(fields) as v.GenericSchema<unknown, NetworkDetails>;
};
