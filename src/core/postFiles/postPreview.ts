import { draftDetailsOf, draftMediaOf } from '../drafts/draftUpdate.ts';
import { draftPreview } from '../preview/draftPreview.ts';
import type { PreviewProfile, PreviewUpdate } from '../preview/previewUpdate.ts';
import { sentText } from '../preview/sentText.ts';
import type { CheckedPost } from './check.ts';
import { type PostText, textOf } from './postFile.ts';
import { readProfile } from './profileNames.ts';
import { addressed, type Target } from './resolve.ts';

/** Who a target is for, as far as that is known: without an account, what the file calls it. */
export type Shown = Pick<NonNullable<Target['profile']>, 'id' | 'service' | 'name' | 'username'>;

export interface PostPreviewOptions {
  /** A profile as it is shown. */
  readonly profileOf: (shown: Shown) => PreviewProfile;
  /** What a file of the repository is asked for by, of its path. */
  readonly addressOf: (path: string) => string;
}

/** A post as each of its networks will show it, in the order of its profiles. */
export function postPreview(checked: CheckedPost, { profileOf, addressOf }: PostPreviewOptions): PreviewUpdate[] {
  return checked.targets.map((target) => {
    const { service, text } = target;
    const { media, details } = addressed(target, addressOf);
    const profile = profileOf(shownOf(target));
    const sent = (each: string, index?: number) => {
      // A first comment has no limit that is known here.
      const limit = checked.counts.find((count) => count.service === service && count.part === index)?.limit;
      return sentText(each, service, limit);
    };
    const draft = { text, variants: {}, media: draftMediaOf(media), details: { [service]: draftDetailsOf(details, profile.id) } };
    return draftPreview(draft, profile, idOf(checked, target), { takesDetails: true, sent });
  });
}

/**
 * What is shown of a place in a file: the text it stands in, of the first profile that gets it.
 * @param offset  in UTF-16 units from the beginning of the file
 * @returns `update` is the id of a preview, `part` one of its thread, and `fraction` how far into that;
 *   undefined where nothing is shown of it
 */
export function previewPlace(
  posts: readonly CheckedPost[],
  offset: number,
): { readonly update: string; readonly part: number; readonly fraction: number } | undefined {
  const checked = posts.findLast(({ post }) => post.range.start.offset <= offset) ?? posts[0];
  const [first] = checked?.targets ?? [];
  if (!checked || !first) return undefined;
  const { post, targets } = checked;
  const before = [post.text, ...Object.values(post.variants)].filter((text) => beginOf(text) <= offset);
  const text = before.sort((one, other) => beginOf(one) - beginOf(other)).at(-1);
  if (!text) return { update: idOf(checked, first), part: 0, fraction: 0 };
  const target = targets.find(({ service }) => beginOf(textOf(post, service)) === beginOf(text));
  // Nobody gets this text: what the first profile gets is shown instead.
  if (!target) return { update: idOf(checked, first), part: 0, fraction: 0 };
  const part = Math.max(
    0,
    text.parts.findLastIndex(({ range }) => range.start.offset <= offset),
  );
  const { start, end } = text.parts[part]!.range;
  const fraction = Math.min(1, Math.max(0, (offset - start.offset) / Math.max(1, end.offset - start.offset)));
  return { update: idOf(checked, target), part, fraction };
}

/** Where a text begins: with the comment that names its networks. */
function beginOf({ mark, parts }: PostText): number {
  return mark?.start.offset ?? parts[0]!.range.start.offset;
}

function shownOf({ profile, written, service }: Target): Shown {
  if (profile) return profile;
  const named = readProfile(written);
  const name = ('handle' in named && named.handle) || written.value;
  return { id: written.value, service, name, username: name };
}

/** Stays while one types in the post. */
function idOf({ post }: CheckedPost, { profile, written }: Target): string {
  return `${post.index} ${profile?.id ?? written.value}`;
}
