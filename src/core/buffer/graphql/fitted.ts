import { BufferError } from '../bufferError.ts';
import { inputType } from './fieldTypes.ts';
import {
  type AssetInput,
  type CreatePostInput,
  type EditPostInput,
  linkAsset,
  type LinkInput,
  type Metadata,
  type ThreadInput,
} from './fullPost.ts';

/** Whether a coordinate of the schema is left out, as the service does not have it. */
type IsLeftOut = (coordinate: string) => boolean;

/**
 * A post's input as this service's schema takes it. What it does not have is left away where it says nothing.
 * @throws BufferError where something would get lost; nothing was sent
 */
export function fittedInput<Input extends Partial<CreatePostInput> | EditPostInput>(
  type: 'CreatePostInput' | 'EditPostInput',
  input: Input,
  isLeftOut: IsLeftOut,
): Input {
  const { metadata } = input;
  return without({ ...input, ...(metadata && { metadata: withCards(metadata, isLeftOut) }) }, type, isLeftOut) as Input;
}

/** Whether a post could not be sent back to this service without a loss. */
export function wouldLose(input: EditPostInput, isLeftOut: IsLeftOut): boolean {
  try {
    fittedInput('EditPostInput', input, isLeftOut);
    return false;
  } catch {
    return true;
  }
}

function withCards(metadata: Metadata, isLeftOut: IsLeftOut): Metadata {
  const networks = Object.entries(metadata).map(([network, value]) => {
    const thread = (value as { readonly thread?: readonly ThreadInput[] | null } | null)?.thread;
    return [network, thread ? { ...value, thread: thread.map((part, index) => withCard(part, network, index === 0, isLeftOut)) } : value];
  });
  return Object.fromEntries(networks) as Metadata;
}

/**
 * A part of a thread with its link's card where the service takes it: in the network's own place, which excludes files,
 * else among the attachments, as it was until December 2026.
 */
function withCard(part: ThreadInput, network: string, isFirst: boolean, isLeftOut: IsLeftOut): ThreadInput {
  const card = cardOfPart(part);
  if (!card) return part;
  const { assets, metadata: _, ...rest } = part;
  const files = (assets ?? []).filter(({ link }) => !link);
  const own = network === 'bluesky' || network === 'threads' ? places[network] : undefined;
  const hasOwn = own !== undefined && !own.some(isLeftOut);
  const asAsset = !isLeftOut('AssetInput.link');
  // Of what the first part on Threads carries only the card is told. Where no other place is left it is all there is.
  const isOnlyCard = files.length === 0 || (network === 'threads' && isFirst && !asAsset);
  if (hasOwn && isOnlyCard) return { ...rest, assets: [], metadata: { [network]: { linkAttachment: card } } };
  return { ...rest, assets: [...files, { link: linkAsset(card) }] };
}

const places = {
  bluesky: ['ThreadedPostInput.metadata', 'ThreadItemMetadataInput.bluesky', 'ThreadItemBlueskyMetadataInput.linkAttachment'],
  threads: ['ThreadedPostInput.metadata', 'ThreadItemMetadataInput.threads', 'ThreadItemThreadsMetadataInput.linkAttachment'],
} as const;

/** The card of a thread's part, wherever it has it. */
export function cardOfPart({ assets, metadata }: Pick<ThreadInput, 'assets' | 'metadata'>): LinkInput | undefined {
  const own = metadata?.bluesky?.linkAttachment ?? metadata?.threads?.linkAttachment;
  if (own) return own;
  const link = (assets as readonly AssetInput[] | undefined)?.find((each) => each.link)?.link;
  if (!link) return undefined;
  const { thumbnailUrl, ...rest } = link;
  return { ...rest, ...(thumbnailUrl && { thumbnail: { url: thumbnailUrl } }) };
}

/** An input without the fields that the service does not have. */
function without(value: unknown, type: string, isLeftOut: IsLeftOut): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, type, isLeftOut));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, each]) => {
    if (!isLeftOut(`${type}.${name}`)) return [[name, without(each, inputType(type, name) ?? '', isLeftOut)] as const];
    if (says(name, each)) throw notTaken(name);
    return [];
  });
  return Object.fromEntries(kept);
}

/** What says no more than nothing would. */
const usual: Readonly<Record<string, unknown>> = { schedulingType: 'automatic', shouldShareToFeed: true };

function says(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || (Object.hasOwn(usual, name) && usual[name] === value))
    return false;
  return typeof value === 'object' ? Object.entries(value).some(([field, each]) => says(field, each)) : true;
}

function notTaken(name: string): BufferError {
  return new BufferError(
    'rejected',
    `Buffer does not take “${name}” any more, and this update has it. Nothing was sent: it would be lost.`,
  );
}
