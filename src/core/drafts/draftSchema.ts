import * as v from 'valibot';
import { byDetail, type DetailName, type DetailOf } from '../buffer/networkDetails.ts';

/** What someone is writing, before any of it is an update. Text is kept as typed. */

const optionalText = v.optional(v.pipe(v.string(), v.maxLength(100_000)));

/** Someone who is tagged in a picture; where, as typed: a fraction such as `0.5`, or `50%`, from its left and its top. */
const draftTaggedUser = v.object({ handle: v.string(), x: v.string(), y: v.string() });
export type DraftTaggedUser = v.InferOutput<typeof draftTaggedUser>;

const draftPicture = v.object({
  url: v.string(),
  /** The alternative text. */
  description: optionalText,
  /** Absent where nothing was said of them, as in drafts of before there were any. */
  taggedUsers: v.optional(v.pipe(v.array(draftTaggedUser), v.maxLength(100))),
});
export type DraftPicture = v.InferOutput<typeof draftPicture>;

/** What goes with the text. Addresses stay as typed until they are sent. */
export const draftMedia = v.variant('kind', [
  v.object({ kind: v.literal('none') }),
  v.object({ kind: v.literal('link'), url: v.string(), title: optionalText, description: optionalText, picture: optionalText }),
  v.object({
    kind: v.literal('picture'),
    ...draftPicture.entries,
    /** The pictures that follow. */
    more: v.optional(v.pipe(v.array(draftPicture), v.maxLength(100))),
  }),
  v.object({
    kind: v.literal('video'),
    url: v.string(),
    title: optionalText,
    /** The moment that stands for it, as typed: seconds, or minutes and seconds (`1:05`). */
    coverAt: optionalText,
  }),
  v.object({ kind: v.literal('document'), url: v.string(), title: optionalText, cover: optionalText }),
]);
export type DraftMedia = v.InferOutput<typeof draftMedia>;

/** When it goes out. `draft` waits at Buffer; `keep` is for an update that is edited and keeps its time. `at` is an instant as ISO 8601. */
export const draftTime = v.variant('kind', [
  v.object({ kind: v.picklist(['queue', 'next', 'now', 'draft', 'keep']) }),
  v.object({ kind: v.literal('at'), at: v.optional(v.pipe(v.string(), v.isoTimestamp())), words: v.optional(v.string()) }),
]);
export type DraftTime = v.InferOutput<typeof draftTime>;

/** What one network asks for beside text and media, as typed; `NetworkDetails` of the model, with times as ISO 8601. */
export type DraftDetails = {
  -readonly [Name in Exclude<DetailName, 'board'>]?: Name extends DetailOf<'texts'>
    ? string[] | undefined
    : Name extends DetailOf<'pictures'>
      ? DraftPicture[][] | undefined
      : Name extends DetailOf<'flag'>
        ? boolean | undefined
        : string | undefined;
} & {
  /** By profile. */
  boards?: Record<string, string> | undefined;
};
const { board: _, ...typedDetails } = byDetail((kind) => {
  if (kind === 'flag') return v.optional(v.boolean());
  if (kind === 'pictures') return v.optional(v.pipe(v.array(v.pipe(v.array(draftPicture), v.maxLength(100))), v.maxLength(100)));
  return kind === 'texts' ? v.optional(v.pipe(v.array(v.string()), v.maxLength(100))) : optionalText;
});
export const draftDetails: v.GenericSchema<unknown, DraftDetails> = v.object({
  ...typedDetails,
  boards: v.optional(v.record(v.string(), v.string())),
}) as v.GenericSchema<unknown, DraftDetails>;

/** A file of an update that is edited, and that stays as it is. */
export const keptFile = v.object({
  kind: v.picklist(['picture', 'video', 'document']),
  /** What is shown of it: the picture, or one that stands for it. */
  picture: optionalText,
  description: optionalText,
  /** The part of a thread that has it, from 1; absent for the update's own. */
  part: v.optional(v.number()),
});
export type KeptFile = v.InferOutput<typeof keptFile>;

/** One thought on its way to some networks. */
export const draft = v.object({
  id: v.pipe(v.string(), v.uuid()),
  /** Grows with every change, so that the newer of two copies can be told. */
  revision: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** What every network gets that has no text of its own. */
  text: v.string(),
  /** Texts of their own, by network (`twitter` …). */
  variants: v.record(v.string(), v.string()),
  profileIds: v.array(v.string()),
  media: draftMedia,
  /** By network. Absent in drafts of before there were any. */
  details: v.optional(v.record(v.string(), draftDetails)),
  when: draftTime,
  /** Buffer reminds the person to publish it. */
  isReminder: v.optional(v.boolean()),
  tagIds: v.optional(v.array(v.string())),
  /** The idea that it is made of. */
  ideaId: v.optional(v.string()),
  /** The update that is edited, and what it held when the editing began; of before there was more, its text alone. */
  editing: v.optional(
    v.object({
      updateId: v.string(),
      profileId: v.string(),
      text: v.string(),
      media: v.optional(draftMedia),
      details: v.optional(draftDetails),
      kept: v.optional(v.array(keptFile)),
      tagIds: v.optional(v.array(v.string())),
    }),
  ),
});
export type Draft = v.InferOutput<typeof draft>;
