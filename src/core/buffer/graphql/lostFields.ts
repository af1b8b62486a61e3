import { cardOfPart } from './fitted.ts';
import { type AssetInput, type FullPost, type Metadata, type ThreadInput, typeOfParts } from './fullPost.ts';
import { isSameText } from '../sameText.ts';

/**
 * What came back of an edit otherwise than it was meant, in a person's words for it. The service may cut seconds off,
 * shorten links and move files to addresses of its own: none of that is a loss.
 */
export function lostIn(meant: FullPost, came: FullPost): readonly Lost[] {
  const lost = new Set<Lost>();
  if (!isSameText(meant.text, came.text)) lost.add('text');
  for (const each of lostAssets(meant.assets, came.assets)) lost.add(each);
  if (!isSubset(meant.tagIds, came.tagIds) || !isSubset(came.tagIds, meant.tagIds)) lost.add('tags');
  if (meant.ideaId && meant.ideaId !== came.ideaId) lost.add('idea');
  if (meant.schedulingType && meant.schedulingType !== came.schedulingType) lost.add('reminder');
  for (const each of lostMetadata(meant.metadata, came.metadata)) lost.add(each);
  return [...lost];
}

/** What can be lost, by name: `lostWords` of the user interface says it in sentences. */
export type Lost =
  | 'text'
  | 'attachments'
  | 'alternativeText'
  | 'tags'
  | 'idea'
  | 'reminder'
  | 'thread'
  | 'threadAttachments'
  | 'link'
  | 'mentions'
  | 'details';

function lostAssets(meant: readonly AssetInput[], came: readonly AssetInput[]): readonly Lost[] {
  const kinds = (assets: readonly AssetInput[]) => assets.map((each) => Object.keys(each)[0]).join();
  // In another order the addresses tell; a file that was moved to another address is none of the others.
  const others = (index: number) => meant.filter((_, at) => at !== index).map(addressOf);
  const isMoved = came.some((each, index) => addressOf(each) !== addressOf(meant[index]) && others(index).includes(addressOf(each)));
  if (kinds(meant) !== kinds(came) || isMoved) return ['attachments'];
  const says = (each: AssetInput | undefined) =>
    JSON.stringify([
      each?.image?.metadata?.altText ?? '',
      each?.image?.metadata?.userTags ?? [],
      each?.video?.metadata ?? {},
      each?.document?.title ?? '',
    ]);
  return meant.some((each, index) => says(each) !== says(came[index])) ? ['alternativeText'] : [];
}

function addressOf(asset: AssetInput | undefined): string | undefined {
  return asset?.image?.url ?? asset?.video?.url ?? asset?.document?.url ?? asset?.link?.url;
}

interface Known {
  readonly thread?: readonly ThreadInput[] | null;
  readonly linkAttachment?: { readonly url: string } | null;
  readonly annotations?: readonly object[] | null;
}

function lostMetadata(meant: Metadata | undefined, came: Metadata | undefined): readonly Lost[] {
  const lost: Lost[] = [];
  for (const [network, value] of Object.entries(meant ?? {})) {
    const { thread, linkAttachment, annotations, ...rest } = withType(network, value as Known & Record<string, unknown>);
    const now = withType(network, ((came ?? {})[network as keyof Metadata] ?? {}) as Known & Record<string, unknown>);
    const texts = (parts: Known['thread']) => (parts ?? []).map(({ text }) => text ?? '');
    const [wanted, got] = [texts(thread), texts(now.thread)];
    if (wanted.length !== got.length || wanted.some((text, index) => !isSameText(text, got[index]!))) lost.push('thread');
    else if ((thread ?? []).some((part, index) => isPartLost(network, part, now.thread?.[index]))) lost.push('threadAttachments');
    if (Boolean(linkAttachment) !== Boolean(now.linkAttachment)) lost.push('link');
    if ((annotations ?? []).length !== (now.annotations ?? []).length) lost.push('mentions');
    for (const [name, each] of Object.entries(rest))
      if (each !== undefined && each !== null && !isSameValue(each, now[name])) lost.push('details');
  }
  return lost;
}

/** Threads does not tell what files the parts of a thread carry, so there is nothing to be seen of those. */
function isPartLost(network: string, meant: ThreadInput, came: ThreadInput | undefined): boolean {
  const filesOf = (part: ThreadInput | undefined) => (part?.assets ?? []).filter(({ link }) => !link);
  if (network !== 'threads' && lostAssets(filesOf(meant), filesOf(came)).length > 0) return true;
  return Boolean(cardOfPart(meant)) !== Boolean(came && cardOfPart(came));
}

/** With its type also where that is left out because the parts say it: parts come and go, and the type with them. */
function withType<Value extends Known & Record<string, unknown>>(network: string, value: Value): Value {
  return network === 'threads' ? { ...value, type: value.type ?? typeOfParts(value.thread) } : value;
}

/** Times may lose their seconds, links their length, and an empty text may come as none. */
function isSameValue(meant: unknown, came: unknown): boolean {
  if (typeof meant === 'string') {
    if (came === undefined || came === null) return meant === '';
    if (typeof came !== 'string') return false;
    const [a, b] = [Date.parse(meant), Date.parse(came)];
    if (/^\d{4}-\d{2}-\d{2}T/.test(meant)) return Math.abs(a - b) < 60_000;
    return isSameText(meant, came);
  }
  if (typeof meant === 'object' && meant !== null) {
    const other = (came ?? {}) as Record<string, unknown>;
    return Object.entries(meant).every(([name, each]) => each === undefined || each === null || isSameValue(each, other[name]));
  }
  return meant === false ? came !== true : meant === came;
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((each) => all.includes(each));
}
