import type { DetailName, DetailOf } from '../../../src/core/buffer/networkDetails.ts';
import { movedSpan } from '../../../src/core/buffer/mentions.ts';
import type { Profile } from '../../../src/core/buffer/model.ts';
import { fieldsFor, networkNeeds } from '../../../src/core/networks/networkNeeds.ts';
import type { Draft, DraftDetails } from '../../../src/core/drafts/draft.ts';
import { mark } from '../buffer/graphql/anyPost.ts';
import { differences } from '../support/differences.ts';
import type { Post } from '../buffer/graphql/postWays.ts';

// What a person can change in the composer, one field at a time, and what of the post changes with it.

export interface Field {
  readonly name: string;
  /** The draft after the person typed. */
  readonly type: (draft: Draft, words: string) => Draft;
  /** The post as it should be then. */
  readonly after: (before: Post, words: string) => Post;
  /** What follows from it at the service, and is not the person's. */
  readonly excepted?: readonly string[];
}

/** Words between marks, that stand nowhere else. */
export const typed = (words: string) => `${mark}${words.replace(/\s+/gu, ' ').trim()}${mark}`;

/** A text with words put in at one of the places between its words. */
export function textWith(text: string, words: string, pick: number): string {
  const places = [0, ...[...text.matchAll(/\s+/gu)].map(({ index }) => index), text.length];
  const place = places[pick % places.length]!;
  return `${text.slice(0, place)}${typed(words)}${text.slice(place)}`;
}

/** A post with another text: a thread begins with it, and mentions stand where they stood or, behind what was put in, further on. */
export function withText(before: Post, text: string): Post {
  const { thread, annotations, ...rest } = before.metadata ?? {};
  const stands = annotations?.flatMap((each: Post) => {
    const [start, end] = each.indices as [number, number];
    const span = movedSpan({ start, end }, before.text, text);
    return span ? [{ ...each, indices: [span.start, span.end] }] : [];
  });
  const metadata = before.metadata && {
    ...rest,
    ...(annotations && { annotations: stands }),
    ...(thread && { thread: thread.map((part: Post, index: number) => (index === 0 ? { ...part, text } : part)) }),
  };
  return { ...before, text, metadata };
}

/** The fields that the composer shows of a post, and that can be changed in it. */
export function fieldsOf(draft: Draft, before: Post, profile: Profile): readonly Field[] {
  return [textField, ...mediaFields(draft, before, profile), ...detailFields(draft, before, profile)];
}

const textField: Field = {
  name: 'text',
  type: (draft, words) => ({ ...draft, text: textWith(draft.text, words, words.length) }),
  after: (before, words) => withText(before, textWith(before.text, words, words.length)),
};

/** The card of a thread's part, in whichever of its two places it is told. */
function cardIn(part: Post): Post {
  return part?.linkAttachment ?? part?.metadata?.bluesky?.linkAttachment ?? part?.metadata?.threads?.linkAttachment;
}

/** A post with other files. On Threads the first part of a thread has the same where it had the same before. */
function withAssets(post: Post, assets: readonly Post[]): Post {
  const [first, ...others] = post.metadata?.thread ?? [];
  const isSame = post.channelService === 'threads' && first?.assets.length > 0 && differences(first.assets, post.assets).length === 0;
  return { ...(isSame ? inMetadata(post, { thread: [{ ...first, assets }, ...others] }) : post), assets };
}

function mediaFields({ media }: Draft, before: Post, { service }: Profile): Field[] {
  const asset = (change: (first: Post) => Post) => (post: Post) => withAssets(post, [change(post.assets[0]), ...post.assets.slice(1)]);
  const card = (change: object) => (post: Post) => inMetadata(post, { linkAttachment: { ...post.metadata.linkAttachment, ...change } });
  switch (media.kind) {
    case 'picture':
      return [
        {
          name: 'alternative text',
          type: (draft, words) => ({ ...draft, media: { ...media, description: typed(words) } }),
          after: (post, words) => asset((first) => ({ ...first, image: { ...first.image, altText: typed(words) } }))(post),
        },
        {
          name: 'one more tagged account',
          type: (draft, words) => ({
            ...draft,
            media: { ...media, taggedUsers: [...(media.taggedUsers ?? []), { handle: typed(words), x: '25%', y: '0.1' }] },
          }),
          after: (post, words) =>
            asset((first) => ({
              ...first,
              image: { ...first.image, userTags: [...first.image.userTags, { handle: typed(words), x: 0.25, y: 0.1 }] },
            }))(post),
        },
        ...(media.taggedUsers?.length
          ? [
              {
                name: 'one tagged account less',
                type: (draft: Draft): Draft => ({ ...draft, media: { ...media, taggedUsers: media.taggedUsers!.slice(1) } }),
                after: asset((first) => ({ ...first, image: { ...first.image, userTags: first.image.userTags.slice(1) } })),
              },
            ]
          : []),
        {
          name: 'picture',
          type: (draft) => ({ ...draft, media: { ...media, url: 'https://larkspur.example/another.png' } }),
          after: asset((first) => ({ ...first, source: 'https://larkspur.example/another.png' })),
          // All that is known of another picture is its address and the words that stay.
          excepted: [
            'metadata.thread.0.assets.0',
            'assets.0.thumbnail',
            'assets.0.mimeType',
            'assets.0.image.width',
            'assets.0.image.height',
            'assets.0.image.isAnimated',
            'assets.0.image.animatedThumbnail',
            'assets.0.image.userTags',
          ],
        },
        ...(media.more
          ? [
              // Where there has to be one, the composer does not send it.
              ...(networkNeeds(service).attach
                ? []
                : [
                    {
                      name: 'no picture',
                      type: (draft: Draft): Draft => ({ ...draft, media: { kind: 'none' } }),
                      after: (post: Post): Post => withAssets(post, []),
                    },
                  ]),
              ...severalPictures(media, media.more),
            ]
          : before.assets.length > 1 && before.assets.slice(1).some((each: Post) => each.type === 'image')
            ? [
                {
                  name: 'the picture before other files',
                  type: (draft: Draft): Draft => ({ ...draft, media: { kind: 'none' } }),
                  after: (post: Post): Post => withAssets(post, post.assets.slice(1)),
                },
              ]
            : []),
      ];
    case 'link':
      return [
        {
          name: 'title of the card',
          type: (draft, words) => ({ ...draft, media: { ...media, title: typed(words) } }),
          after: (post, words) => card({ title: typed(words) })(post),
        },
        {
          name: 'description of the card',
          type: (draft, words) => ({ ...draft, media: { ...media, description: typed(words) } }),
          after: (post, words) => card({ text: typed(words) })(post),
        },
        {
          name: 'picture of the card',
          type: (draft) => ({ ...draft, media: { ...media, picture: 'https://larkspur.example/card.png' } }),
          after: card({ thumbnail: 'https://larkspur.example/card.png', thumbnails: ['https://larkspur.example/card.png'] }),
        },
        {
          name: 'address of the card',
          type: (draft) => ({ ...draft, media: { ...media, url: 'https://larkspur.example/card' } }),
          after: card({ url: 'https://larkspur.example/card', expandedUrl: 'https://larkspur.example/card' }),
        },
      ];
    case 'video':
      return [
        {
          name: 'title of the video',
          type: (draft, words) => ({ ...draft, media: { ...media, title: typed(words) } }),
          after: (post, words) => asset((first) => ({ ...first, video: { ...first.video, title: typed(words) } }))(post),
        },
        {
          name: 'cover of the video',
          type: (draft) => ({ ...draft, media: { ...media, coverAt: '1:01.5' } }),
          after: asset((first) => ({ ...first, video: { ...first.video, thumbnailOffset: 61_500 } })),
        },
        {
          name: 'no cover of the video',
          type: (draft) => ({ ...draft, media: { ...media, coverAt: '' } }),
          after: asset((first) => ({ ...first, video: { ...first.video, thumbnailOffset: null } })),
        },
      ];
    case 'document': {
      const cover = 'https://larkspur.example/cover.png';
      return [
        {
          name: 'title of the document',
          type: (draft, words) => ({ ...draft, media: { ...media, title: typed(words) } }),
          after: (post, words) => asset((first) => ({ ...first, document: { ...first.document, title: typed(words) } }))(post),
        },
        {
          name: 'cover of the document',
          type: (draft) => ({ ...draft, media: { ...media, cover } }),
          after: asset((first) => ({ ...first, thumbnail: cover, document: { ...first.document, thumbnails: [cover] } })),
        },
      ];
    }
    default:
      return [];
  }
}

const between = 'https://larkspur.example/between.png';

/** Of a file that is new, all but its address and its kind is the service's. */
function aboutFile(at: string): string[] {
  return [`${at}.id`, `${at}.thumbnail`, `${at}.mimeType`, `${at}.image`, 'metadata.thread.0.assets'];
}

type PictureMedia = Extract<Draft['media'], { kind: 'picture' }>;

/** Of a post of several pictures and nothing else, all can be changed, and each keeps what it is not told of. */
function severalPictures({ url, description, taggedUsers }: PictureMedia, more: NonNullable<PictureMedia['more']>): Field[] {
  const all = [{ url, description, taggedUsers }, ...more];
  const isDistinct = new Set(all.map((each) => each.url)).size === all.length;
  const chosen = ([first, ...others]: typeof all): PictureMedia => ({ kind: 'picture', ...first!, more: others });
  const field = (name: string, change: (pictures: typeof all) => typeof all, after: (assets: Post[]) => Post[], excepted?: string[]) => ({
    name,
    type: (draft: Draft): Draft => ({ ...draft, media: chosen(change(all)) }),
    after: (post: Post): Post => withAssets(post, after(post.assets)),
    excepted,
  });
  // Of two pictures at one address nobody can tell which is which.
  if (!isDistinct) return [];
  return [
    field(
      'pictures in another order',
      (pictures) => pictures.toReversed(),
      (assets) => assets.toReversed(),
    ),
    field(
      'one picture less',
      (pictures) => pictures.slice(0, -1),
      (assets) => assets.slice(0, -1),
    ),
    field(
      'a picture between the others',
      (pictures) => pictures.toSpliced(1, 0, { url: between, description: undefined, taggedUsers: undefined }),
      (assets) => assets.toSpliced(1, 0, { ...assets[0], source: between }),
      aboutFile('assets.1'),
    ),
    {
      name: 'words of the last picture',
      type: (draft, words) => ({ ...draft, media: chosen(all.with(-1, { ...all.at(-1)!, description: typed(words) })) }),
      after: (post, words) => {
        const last = post.assets.at(-1);
        return withAssets(post, post.assets.with(-1, { ...last, image: { ...last.image, altText: typed(words) } }));
      },
    },
  ];
}

const laterStart = '2039-02-03T04:05:00.000Z';
const laterEnd = '2046-02-03T04:05:00.000Z';

/** Those that the composer asks for now, as typed and as the post tells them. */
function detailFields(draft: Draft, before: Post, profile: Profile): Field[] {
  const { service, id, boards = [] } = profile;
  const typedNow = draft.details?.[service] ?? {};
  const asked = new Set(fieldsFor(service, { type: typedNow.type, button: typedNow.button }).map(({ name }) => name));
  const field = (
    name: string,
    change: (details: DraftDetails, words: string) => DraftDetails,
    after: (post: Post, words: string) => Post,
  ): Field => ({
    name,
    type: (to, words) => ({ ...to, details: { ...to.details, [service]: change(to.details?.[service] ?? {}, words) } }),
    after,
  });
  const plain = (name: keyof DraftDetails, at = name as string) =>
    field(
      name,
      (details, words) => ({ ...details, [name]: typed(words) }),
      (post, words) => inMetadata(post, { [at]: typed(words) }),
    );
  /** One that stands among others in a field of its own. */
  const inner = (name: keyof DraftDetails, at: string, place: string) =>
    field(
      name,
      (details, words) => ({ ...details, [name]: typed(words) }),
      (post, words) => inMetadata(post, { [at]: { ...post.metadata[at], [place]: typed(words) } }),
    );
  const flag = (name: DetailOf<'flag'>, at = name as string) =>
    field(
      name,
      (details) => ({ ...details, [name]: !details[name] }),
      (post) => inMetadata(post, { [at]: !post.metadata[at] }),
    );
  const inDetails = (post: Post, change: object) => inMetadata(post, { details: { ...post.metadata.details, ...change } });
  const isGoogle = service === 'googlebusiness';
  const link = 'https://larkspur.example/there';
  const thread = (before.metadata?.thread ?? []) as Post[];
  const partFields = thread.slice(1).map((_, index) =>
    field(
      `part ${index + 2} of the thread`,
      (details, words) => ({ ...details, thread: details.thread?.with(index, typed(words)) }),
      (post, words) =>
        inMetadata(post, { thread: post.metadata.thread.with(index + 1, { ...post.metadata.thread[index + 1], text: typed(words) }) }),
    ),
  );
  const growing =
    thread.length > 0
      ? [
          field(
            'a further part',
            (details, words) => ({
              ...details,
              thread: [...(details.thread ?? []), typed(words)],
              ...(details.threadPictures && { threadPictures: [...details.threadPictures, []] }),
            }),
            (post, words) =>
              inMetadata(post, {
                thread: [...post.metadata.thread, { text: typed(words), assets: [], linkAttachment: null }],
                threadCount: thread.length + 1,
              }),
          ),
        ]
      : [];
  const [first] = thread;
  // Which of two parts with the same words is gone, nobody can tell.
  const isAlone = thread.filter(({ text }) => text === thread.at(-1).text).length === 1;
  const isLeft =
    thread.length > 2 ||
    first?.assets.length > 0 ||
    cardIn(first) ||
    (service === 'threads' && before.assets.length > 0 && thread.every(({ assets }) => assets.length === 0));
  const shrinking =
    thread.length > 1
      ? [
          ...(isAlone
            ? [
                field(
                  'one part less',
                  (details) => ({
                    ...details,
                    thread: details.thread?.slice(0, -1),
                    ...(details.threadPictures && { threadPictures: details.threadPictures.slice(0, -1) }),
                  }),
                  (post: Post): Post =>
                    isLeft
                      ? inMetadata(post, { thread: thread.slice(0, -1), threadCount: thread.length - 1 })
                      : inMetadata(post, {
                          thread: [],
                          threadCount: 0,
                          type: post.metadata.type === 'thread' ? 'post' : post.metadata.type,
                        }),
                ),
              ]
            : []),
          field(
            'one part emptied',
            (details) => ({ ...details, thread: details.thread?.with(0, '') }),
            (post) => {
              const { assets } = thread[1];
              // A part without words is one as long as there is something in it.
              if (assets.length > 0 || cardIn(thread[1]) || !thread[1].text)
                return inMetadata(post, { thread: thread.with(1, { ...thread[1], text: '' }) });
              return inMetadata(post, { thread: thread.toSpliced(1, 1), threadCount: thread.length - 1 });
            },
          ),
        ]
      : [];
  // A detail that nobody said how it is changed does not build.
  const all: Readonly<Record<Exclude<DetailName, 'type'>, readonly Field[]>> = {
    firstComment: [plain('firstComment')],
    spoiler: [plain('spoiler', 'spoilerText')],
    topic: [plain('topic')],
    isGhost: [
      field(
        'isGhost',
        (details) => ({ ...details, isGhost: !details.isGhost }),
        (post) => inMetadata(post, { type: post.metadata.type === 'ghost_post' ? (thread.length > 0 ? 'thread' : 'post') : 'ghost_post' }),
      ),
    ],
    place: [service === 'instagram' ? inner('place', 'geolocation', 'text') : plain('place', 'locationName')],
    placeId: [service === 'instagram' ? inner('placeId', 'geolocation', 'id') : plain('placeId', 'locationId')],
    stickerText: [inner('stickerText', 'stickerFields', 'text')],
    stickerMusic: [inner('stickerMusic', 'stickerFields', 'music')],
    stickerProducts: [inner('stickerProducts', 'stickerFields', 'products')],
    stickerTopics: [inner('stickerTopics', 'stickerFields', 'topics')],
    stickerOther: [inner('stickerOther', 'stickerFields', 'other')],
    thread: [...partFields, ...growing, ...shrinking],
    threadPictures: partPictures(typedNow, thread, field),
    shareToFeed: [
      field(
        'shareToFeed',
        (details) => ({ ...details, shareToFeed: !details.shareToFeed }),
        (post) => inMetadata(post, { shouldShareToFeed: !post.metadata.shouldShareToFeed }),
      ),
    ],
    title: isGoogle
      ? [
          field(
            'title',
            (details, words) => ({ ...details, title: typed(words) }),
            (post, words) => inMetadata(inDetails(post, { title: typed(words) }), { title: typed(words) }),
          ),
        ]
      : [plain('title')],
    link: [
      field(
        'link',
        (details) => ({ ...details, link }),
        (post) => (isGoogle ? inDetails(post, { link }) : inMetadata(post, { url: link })),
      ),
    ],
    board:
      boards.length > 1
        ? [
            field(
              'board',
              (details) => ({ ...details, boards: { [id]: otherBoard(boards, details.boards?.[id]).id } }),
              (post) => {
                const board = otherBoard(boards, post.metadata.board?.serviceId);
                return inMetadata(post, { board: { ...post.metadata.board, serviceId: board.id, name: board.name } });
              },
            ),
          ].map((each) => ({
            ...each,
            excepted: ['metadata.board.id', 'metadata.board.url', 'metadata.board.avatar', 'metadata.board.description'],
          }))
        : [],
    category: [
      field(
        'category',
        (details) => ({ ...details, category: details.category === '10' ? '27' : '10' }),
        (post) =>
          inMetadata(post, {
            category:
              post.metadata.category?.categoryId === '10' ? { categoryId: '27', title: 'Education' } : { categoryId: '10', title: 'Music' },
          }),
      ),
    ],
    privacy: [
      field(
        'privacy',
        (details) => ({ ...details, privacy: details.privacy === 'private' ? 'public' : 'private' }),
        (post) => inMetadata(post, { privacy: post.metadata.privacy === 'private' ? 'public' : 'private' }),
      ),
    ],
    isMadeForKids: [flag('isMadeForKids', 'madeForKids')],
    license: [
      field(
        'license',
        (details) => ({ ...details, license: details.license === 'creativeCommon' ? 'youtube' : 'creativeCommon' }),
        (post) => inMetadata(post, { license: post.metadata.license === 'creativeCommon' ? 'youtube' : 'creativeCommon' }),
      ),
    ],
    isEmbeddable: [flag('isEmbeddable', 'embeddable')],
    notifiesSubscribers: [flag('notifiesSubscribers', 'notifySubscribers')],
    isAiGenerated: [flag('isAiGenerated')],
    isAllDay: before.metadata?.details
      ? [
          field(
            'isAllDay',
            (details) => ({ ...details, isAllDay: !details.isAllDay }),
            (post) => inDetails(post, { isFullDayEvent: !post.metadata.details.isFullDayEvent }),
          ),
        ]
      : [],
    shopLink: [
      field(
        'shopLink',
        (details) => ({ ...details, shopLink: link }),
        (post) => inMetadata(post, { link }),
      ),
    ],
    button: before.metadata?.details?.link
      ? [
          field(
            'button',
            (details) => ({ ...details, button: details.button === 'shop' ? 'order' : 'shop' }),
            (post) => inDetails(post, { button: post.metadata.details.button === 'shop' ? 'order' : 'shop' }),
          ),
        ]
      : [],
    startsAt: before.metadata?.details
      ? [
          field(
            'startsAt',
            (details) => ({ ...details, startsAt: laterStart }),
            (post) => inDetails(post, { startDate: laterStart }),
          ),
        ]
      : [],
    endsAt: before.metadata?.details
      ? [
          field(
            'endsAt',
            (details) => ({ ...details, endsAt: laterEnd }),
            (post) => inDetails(post, { endDate: laterEnd }),
          ),
        ]
      : [],
    coupon: [
      field(
        'coupon',
        (details, words) => ({ ...details, coupon: typed(words) }),
        (post, words) => inDetails(post, { code: typed(words) }),
      ),
    ],
    terms: [
      field(
        'terms',
        (details, words) => ({ ...details, terms: typed(words) }),
        (post, words) => inDetails(post, { terms: typed(words) }),
      ),
    ],
  };
  return Object.entries(all).flatMap(([name, fields]) => (asked.has(name as never) ? fields : []));
}

type MakeField = (
  name: string,
  change: (details: DraftDetails, words: string) => DraftDetails,
  after: (post: Post, words: string) => Post,
) => Field;

/** The pictures of a thread's parts, where they can be changed. Cards exclude them. */
function partPictures({ thread = [], threadPictures = [] }: DraftDetails, parts: readonly Post[], field: MakeField): Field[] {
  const isAlone = new Set(parts.map(({ text }) => text)).size === parts.length;
  if (threadPictures.length === 0 || !isAlone || parts.some((each) => cardIn(each))) return [];
  const withPart = (post: Post, at: number, change: (part: Post) => Post) =>
    inMetadata(post, { thread: post.metadata.thread.with(at, change(post.metadata.thread[at])) });
  const url = 'https://larkspur.example/part.png';
  const added: Field = {
    ...field(
      'a picture at the end of a part',
      (details, words) => ({
        ...details,
        threadPictures: details.threadPictures!.with(0, [...details.threadPictures![0]!, { url, description: typed(words) }]),
      }),
      (post, words) =>
        withPart(post, 1, (part) => ({ ...part, assets: [...part.assets, { source: url, image: { altText: typed(words) } }] })),
    ),
    excepted: aboutPartFile(1, threadPictures[0]!.length),
  };
  const first = threadPictures[0]![0];
  const isDistinct = new Set(threadPictures.flat().map((each) => each.url)).size === threadPictures.flat().length;
  return [
    added,
    ...(first && isDistinct
      ? [
          field(
            'words of a part’s picture',
            (details, words) => ({
              ...details,
              threadPictures: details.threadPictures!.with(0, [
                { ...first, description: typed(words) },
                ...details.threadPictures![0]!.slice(1),
              ]),
            }),
            (post, words) =>
              withPart(post, 1, ({ assets: [asset, ...others], ...part }) => ({
                ...part,
                assets: [{ ...asset, image: { ...asset.image, altText: typed(words) } }, ...others],
              })),
          ),
          ...(thread[0]!.trim()
            ? [
                field(
                  'a picture of a part less',
                  (details) => ({ ...details, threadPictures: details.threadPictures!.with(0, details.threadPictures![0]!.slice(1)) }),
                  (post) => withPart(post, 1, (part) => ({ ...part, assets: part.assets.slice(1) })),
                ),
              ]
            : []),
        ]
      : []),
    ...(thread.length > 1 && isDistinct && thread.every((each) => each.trim())
      ? [
          field(
            'parts in another order',
            (details) => ({ ...details, thread: details.thread!.toReversed(), threadPictures: details.threadPictures!.toReversed() }),
            (post) => inMetadata(post, { thread: [post.metadata.thread[0], ...post.metadata.thread.slice(1).toReversed()] }),
          ),
        ]
      : []),
  ];
}

/** Of a file that is new, all but its address and its words is the service's. */
function aboutPartFile(part: number, place: number): string[] {
  const at = `metadata.thread.${part}.assets.${place}`;
  const image = ['width', 'height', 'isAnimated', 'animatedThumbnail', 'userTags'].map((name) => `${at}.image.${name}`);
  return [...['__typename', 'id', 'type', 'thumbnail', 'mimeType'].map((name) => `${at}.${name}`), ...image];
}

function otherBoard(boards: NonNullable<Profile['boards']>, chosen: string | undefined) {
  return boards.find((each) => each.id !== chosen)!;
}

function inMetadata(post: Post, change: object): Post {
  return { ...post, metadata: { ...post.metadata, ...change } };
}
