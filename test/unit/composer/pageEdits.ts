import type { Profile } from '../../../src/core/buffer/model.ts';
import { type Draft, picturesOf } from '../../../src/core/drafts/draft.ts';
import { isDeepStrictEqual } from 'node:util';
import { answered } from '../../../src/composer/page/answered.ts';
import {
  addToThread,
  chooseMedia,
  moveInThread,
  movePicture,
  partsOf,
  removeFromThread,
  setBoard,
  setDetails,
  setInThread,
  setMedia,
  setPartPictures,
  setParts,
  setPictures,
  setText,
  setWhen,
  undoRemoval,
} from '../../../src/composer/page/edits.ts';
import type { Page } from '../../../src/composer/page/page.ts';
import { removeTag } from '../../../src/composer/page/tags.ts';
import { fieldsFor, networkNeeds } from '../../../src/core/networks/networkNeeds.ts';
import type { Post } from '../buffer/graphql/postWays.ts';
import { fieldsOf, typed, withText } from './composerFields.ts';

// What a person can do on the composer's page with an update that is there, by the page's own edits.

export interface PageEdit {
  readonly name: string;
  readonly act: (page: Page, words: string) => Page;
  /** The post as it should be then. */
  readonly after: (before: Post, words: string) => Post;
  /** What follows from it at the service, and is not the person's. */
  readonly excepted?: readonly string[];
}

/** @param tags  those that the person can choose of */
export function pageEdits(page: Page, before: Post, profile: Profile, tags: readonly Post[]): readonly PageEdit[] {
  const draft = page.draft!;
  return [
    // Each field that a draft has, typed on the page.
    ...fieldsOf(draft, before, profile).map(({ name, type, after, excepted }): PageEdit => ({
      name,
      act: (now, words) => typedOn(now, type(now.draft!, words), profile),
      after,
      excepted,
    })),
    ...textEdits(page, profile),
    ...tagEdits(page, before, tags),
    ...pictureEdits(draft, before),
    ...threadEdits(page, before, profile),
    ...timeEdits(before),
    ...backAgain(page, profile),
  ];
}

/** Brings a page's draft to be another one, by what the page offers for each of its parts. */
export function typedOn(page: Page, wanted: Draft, { id, service }: Pick<Profile, 'id' | 'service'>): Page {
  let now = page;
  const draft = () => now.draft!;
  if (wanted.text !== draft().text) now = setText(now, wanted.text);
  if (!isDeepStrictEqual(wanted.media, draft().media)) {
    if (wanted.media.kind !== draft().media.kind) now = chooseMedia(now, wanted.media.kind);
    const isPictures = wanted.media.kind === 'picture';
    if (!isDeepStrictEqual(wanted.media, draft().media))
      now = isPictures ? setPictures(now, picturesOf(wanted.media)) : setMedia(now, wanted.media);
  }
  const { boards, thread, threadPictures, ...plain } = wanted.details?.[service] ?? {};
  const known = draft().details?.[service] ?? {};
  if (boards?.[id] !== undefined && boards[id] !== known.boards?.[id]) now = setBoard(now, service, id, boards[id]);
  if (!isDeepStrictEqual([thread, threadPictures], [known.thread, known.threadPictures]))
    now = setParts(
      now,
      service,
      (thread ?? []).map((text, index) => ({ text, pictures: threadPictures?.[index] ?? [] })),
    );
  const changed = Object.entries(plain).filter(([name, value]) => !isDeepStrictEqual(value, known[name as keyof typeof known]));
  if (changed.length > 0) now = setDetails(now, service, Object.fromEntries(changed));
  return now;
}

/** A text that is cut in its middle, and one that is typed where the page shows the network's own. */
function textEdits({ draft }: Page, { service }: Profile): PageEdit[] {
  const { text } = draft!;
  const characters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
  const cut = [...characters.slice(0, characters.length >> 1), ...characters.slice((characters.length >> 1) + 1)].join('');
  return [
    {
      name: 'a text for its network',
      act: (page, words) => setText({ ...page, network: service }, `${page.draft!.text}${typed(words)}`),
      after: (post, words) => withText(post, `${post.text}${typed(words)}`),
    },
    // Which of two line breaks of two kinds is gone, nobody can tell.
    ...(characters.length > 1 && cut.trim() && !draft!.editing!.text.includes('\r')
      ? [{ name: 'one letter less', act: (page: Page) => setText(page, cut), after: (post: Post) => withText(post, cut) }]
      : []),
  ];
}

function tagEdits({ draft }: Page, before: Post, tags: readonly Post[]): PageEdit[] {
  const now = draft!.tagIds ?? [];
  const others = tags.filter(({ id }) => !now.includes(id));
  const choose = (page: Page, chosen: readonly string[]) => answered(page, { type: 'tags', draftId: draft!.id, tags: [], chosen });
  return [
    ...(others.length > 0
      ? [
          {
            name: 'one more tag',
            act: (page: Page) => choose(page, [...now, others[0].id]),
            after: (post: Post): Post => ({ ...post, tags: tags.filter(({ id }) => now.includes(id) || id === others[0].id) }),
          },
        ]
      : []),
    ...(now.length > 0
      ? [
          {
            name: 'one tag less',
            act: (page: Page) => removeTag(page, now[0]!),
            after: (post: Post): Post => ({ ...post, tags: before.tags.filter(({ id }: Post) => id !== now[0]) }),
          },
        ]
      : []),
  ];
}

function pictureEdits({ media }: Draft, before: Post): PageEdit[] {
  const pictures = picturesOf(media);
  const isDistinct = new Set(pictures.map(({ url }) => url)).size === pictures.length;
  if (pictures.length < 2 || !isDistinct) return [];
  const { assets } = before;
  const order = [...assets.slice(1, pictures.length), assets[0], ...assets.slice(pictures.length)];
  return [
    {
      name: 'the first picture dragged behind the last',
      act: (page) => movePicture(page, 0, pictures.length - 1),
      after: (post) => ({ ...post, assets: order }),
      // On Threads the first part of a thread follows.
      excepted: ['metadata.thread.0.assets'],
    },
  ];
}

function threadEdits({ draft }: Page, before: Post, { service }: Profile): PageEdit[] {
  const asks = fieldsFor(service, kindIn(draft!, service)).some(({ name }) => name === 'thread');
  const parts = partsOf(draft!, service);
  const wire = (before.metadata?.thread ?? []) as Post[];
  if (!asks || wire.length === 0) return [];
  const inThread = (post: Post, thread: readonly Post[]) => ({
    ...post,
    metadata: { ...post.metadata, thread, threadCount: thread.length },
  });
  const isDistinct = new Set(wire.map(({ text }) => text)).size === wire.length && wire.every(({ text }) => text.trim());
  const pictures = draft!.details?.[service]?.threadPictures;
  const hasCard = wire.some((each) => each.linkAttachment ?? each.metadata?.[service]?.linkAttachment);
  const urls = [...(pictures ?? []).flat(), ...picturesOf(draft!.media)].map(({ url }) => url);
  const areKnown = pictures !== undefined && new Set(urls).size === urls.length;
  return [
    {
      name: 'a part typed at the end',
      act: (page, words) => setInThread(addToThread(page, service), service, parts.length, typed(words)),
      after: (post, words) => inThread(post, [...post.metadata.thread, { text: typed(words), assets: [], linkAttachment: null }]),
    },
    ...(parts.length > 1 && isDistinct
      ? [
          {
            name: 'the last part dragged to the front',
            act: (page: Page) => moveInThread(page, service, parts.length - 1, 0),
            after: (post: Post) => inThread(post, [post.metadata.thread[0], wire.at(-1), ...wire.slice(1, -1)]),
          },
          {
            name: 'a part taken out between others',
            act: (page: Page) => removeFromThread(page, service, 0),
            after: (post: Post) => inThread(post, post.metadata.thread.toSpliced(1, 1)),
          },
        ]
      : []),
    ...(parts.length > 0 &&
    isDistinct &&
    areKnown &&
    !hasCard &&
    pictures.every((each) => each.length < (networkNeeds(service).pictures ?? 4))
      ? [
          {
            name: 'a picture put before those of a part',
            act: (page: Page) => setPartPictures(page, service, 0, [{ url: 'https://larkspur.example/front.png' }, ...parts[0]!.pictures]),
            after: (post: Post) => {
              const part = post.metadata.thread[1];
              const front = { source: 'https://larkspur.example/front.png' };
              return inThread(post, post.metadata.thread.with(1, { ...part, assets: [front, ...part.assets] }));
            },
            excepted: ['__typename', 'id', 'type', 'thumbnail', 'mimeType', 'image'].map((name) => `metadata.thread.1.assets.0.${name}`),
          },
        ]
      : []),
  ];
}

function timeEdits(before: Post): PageEdit[] {
  const at = '2046-03-04T05:06:00.000Z';
  const placed = before.status === 'needs_approval' ? before : { ...before, status: 'scheduled', error: null };
  return [
    {
      name: 'another time',
      act: (page) => setWhen(page, { kind: 'at', at }),
      after: () => ({ ...placed, dueAt: at, isCustomScheduled: true, shareMode: 'customScheduled' }),
      excepted: ['sharedNow', 'allowedActions'],
    },
    {
      name: 'the next free place',
      act: (page) => setWhen(page, { kind: 'queue' }),
      after: () => ({ ...placed, shareMode: 'addToQueue', isCustomScheduled: false }),
      excepted: ['dueAt', 'sharedNow', 'allowedActions'],
    },
  ];
}

/** What is done and taken back: nothing is changed then. */
function backAgain({ draft }: Page, { service }: Profile): PageEdit[] {
  const { media, text, details } = draft!;
  const parts = partsOf(draft!, service);
  const same = (post: Post): Post => post;
  const fields = fieldsFor(service, kindIn(draft!, service));
  return [
    {
      name: 'another kind of attachment looked at',
      act: (page) => chooseMedia(chooseMedia(page, media.kind === 'link' ? 'picture' : 'link'), media.kind),
      after: same,
    },
    { name: 'a text typed and deleted', act: (page, words) => setText(setText(page, `${text}${words}`), text), after: same },
    {
      name: 'the tags chosen as they are',
      act: (page) => answered(page, { type: 'tags', draftId: draft!.id, tags: [], chosen: [...(draft!.tagIds ?? [])] }),
      after: same,
    },
    // One with nothing in it does not come back.
    ...(parts[0]?.text.trim()
      ? [
          {
            name: 'a part taken out and brought back',
            act: (page: Page) => undoRemoval(removeFromThread(page, service, 0), service),
            after: same,
          },
        ]
      : []),
    ...(fields.some(({ name }) => name === 'firstComment')
      ? [
          {
            name: 'a comment typed and deleted',
            act: (page: Page) => {
              const { firstComment } = details?.[service] ?? {};
              return setDetails(setDetails(page, service, { firstComment: `${firstComment ?? ''}x` }), service, {
                firstComment: firstComment ?? '',
              });
            },
            after: same,
          },
        ]
      : []),
  ];
}

/** What decides which fields are asked for. */
function kindIn({ details }: Draft, service: string) {
  const { type, button } = details?.[service] ?? {};
  return { type, button };
}
