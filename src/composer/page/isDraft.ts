import { byDetail } from '../../core/buffer/networkDetails.ts';
import type { Draft, DraftDetails, DraftMedia, DraftPicture, DraftTaggedUser, DraftTime, KeptFile } from '../../core/drafts/draft.ts';

type Check = (value: unknown) => boolean;
/** A check for every field, so that none is forgotten when drafts grow. */
type Checks<Shape> = { readonly [Name in keyof Required<Shape>]: Check };
type Editing = NonNullable<Draft['editing']>;
type Fields<Shape, Kind> = Checks<Omit<Extract<Shape, { kind: Kind }>, 'kind'>>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isText: Check = (value) => typeof value === 'string';
const isShortText: Check = (value) => typeof value === 'string' && value.length <= 100_000;
const isFlag: Check = (value) => typeof value === 'boolean';
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const recordOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);
const shape =
  <Shape>(checks: Checks<Shape>): Check =>
  (value) =>
    isObject(value) && Object.entries<Check>(checks).every(([name, check]) => check(value[name]));
/** One of several shapes, told apart by their `kind`. */
const variant =
  (kinds: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && typeof value['kind'] === 'string' && Object.hasOwn(kinds, value['kind']) && kinds[value['kind']]!(value);

const optionalText = maybe(isShortText);
const isUuid: Check = (value) => typeof value === 'string' && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(value);
/** ISO 8601, to the second. */
const timestamp = new RegExp(
  String.raw`^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[T ](?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?` +
    String.raw`(?:Z| ?[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$`,
  'u',
);
const isTimestamp: Check = (value) => typeof value === 'string' && timestamp.test(value);

const shortListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= 100 && value.every(check);
const picture = {
  url: isText,
  description: optionalText,
  taggedUsers: maybe(shortListOf(shape<DraftTaggedUser>({ handle: isText, x: isText, y: isText }))),
} satisfies Checks<DraftPicture>;

const isMedia = variant({
  none: () => true,
  link: shape<Omit<Extract<DraftMedia, { kind: 'link' }>, 'kind'>>({
    url: isText,
    title: optionalText,
    description: optionalText,
    picture: optionalText,
  } satisfies Fields<DraftMedia, 'link'>),
  picture: shape({ ...picture, more: maybe(shortListOf(shape(picture))) } satisfies Fields<DraftMedia, 'picture'>),
  video: shape({ url: isText, title: optionalText, coverAt: optionalText } satisfies Fields<DraftMedia, 'video'>),
  document: shape({ url: isText, title: optionalText, cover: optionalText } satisfies Fields<DraftMedia, 'document'>),
});

const isTime = variant({
  ...Object.fromEntries(['queue', 'next', 'now', 'draft', 'keep'].map((kind) => [kind, () => true])),
  at: shape({ at: maybe(isTimestamp), words: maybe(isText) } satisfies Fields<DraftTime, 'at'>),
});

const { board: _, ...detailChecks } = byDetail((kind): Check => {
  if (kind === 'flag') return maybe(isFlag);
  if (kind === 'pictures') return maybe(shortListOf(shortListOf(shape(picture))));
  return kind === 'texts' ? maybe(shortListOf(isText)) : optionalText;
});
const isDetails = shape<DraftDetails>({ ...detailChecks, boards: maybe(recordOf(isText)) });

const isKeptFile = shape<KeptFile>({
  kind: (value) => typeof value === 'string' && ['picture', 'video', 'document'].includes(value),
  picture: optionalText,
  description: optionalText,
  part: maybe((value) => typeof value === 'number' && !Number.isNaN(value)),
});

const isEditing = shape<Editing>({
  updateId: isText,
  profileId: isText,
  text: isText,
  media: maybe(isMedia),
  details: maybe(isDetails),
  kept: maybe(listOf(isKeptFile)),
  tagIds: maybe(listOf(isText)),
});

const isWholeDraft = shape<Draft>({
  id: isUuid,
  revision: (value) => Number.isInteger(value) && (value as number) >= 0,
  text: isText,
  variants: recordOf(isText),
  profileIds: listOf(isText),
  media: isMedia,
  details: maybe(recordOf(isDetails)),
  when: isTime,
  isReminder: maybe(isFlag),
  tagIds: maybe(listOf(isText)),
  ideaId: maybe(isText),
  editing: maybe(isEditing),
});

/**
 * Whether something is a draft, by the same rules as the schema in `draft.ts`; a test holds the two together. The page
 * checks so little that the schema's library would be a twentieth of all it loads.
 */
export function isDraft(value: unknown): value is Draft {
  return isWholeDraft(value);
}
