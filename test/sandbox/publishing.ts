import type { Asset, ThreadPart } from './content.ts';
import type { Profile, Update } from './state.ts';

// What becomes of a post on its network, which Buffer does not look at before.

/** What was published, post by post of a thread. */
export type Published = readonly { readonly text: string; readonly assets: readonly Asset[] }[];

/** TikTok takes no longer title of photos. */
const photoTitle = 90;

/** Why the network will not take it, though Buffer did. The sentence on TikTok is the sandbox's own. */
export function failureOnNetwork({ service }: Profile, { assets = [], details = {} }: Update): string | undefined {
  // Files are fetched again then; a host that was slow has not answered.
  if (assets.some(({ url }) => /\/slow\.\w+$/u.test(new URL(url).pathname))) return 'Failed to backfill media from URL';
  const arePhotos = assets.some(({ kind }) => kind === 'image');
  const { title } = details as { title?: string };
  if (service === 'tiktok' && arePhotos && (title?.length ?? 0) > photoTitle)
    return `The title of a photo post is limited to ${photoTitle} characters.`;
  return undefined;
}

/** What people on the network get to see. A thread on Threads leaves out the files at its top. */
export function publishedOf({ service }: Profile, { text, assets = [], details = {} }: Update): Published {
  const [first, ...others] = (details.thread ?? []) as readonly ThreadPart[];
  if (!first) return [{ text, assets }];
  const isTop = service !== 'threads' && first.assets.length === 0;
  return [{ text, assets: isTop ? assets : first.assets }, ...others.map((part) => ({ text: part.text, assets: part.assets }))];
}
