import type { Organization, Profile, State, Update } from './state.ts';

// What waits for somebody, or is on its way: none of it is known to REST API v1.

interface Sketch {
  readonly profile: number;
  readonly text: string;
  readonly status: 'draft' | 'needs_approval' | 'sending';
  /** Hours from now; left out, nobody chose a time. */
  readonly inHours?: number;
  readonly more?: Partial<Update>;
}

const thread = [
  'What we learned from a year of reading our own error messages, in three parts.',
  'Part one: nobody reads the second sentence. Whatever the reader has to do goes into the first.',
  'Part two: a number is worth more than an adjective. “After 30 s” beats “a long time”.',
];

function sketchesOf(origin: string): readonly Sketch[] {
  return [
    { profile: 0, status: 'draft', text: 'Draft: a short history of our build cache, told by its worst bug.' },
    {
      profile: 0,
      status: 'draft',
      inHours: 50,
      text: thread[0]!,
      more: { details: { thread: thread.map((text) => ({ text, assets: [] })) } },
    },
    { profile: 1, status: 'draft', text: 'We are writing down how we decide what not to build. Numbers to follow.' },
    { profile: 3, status: 'draft', inHours: 27, text: 'Field notes from the docs sprint, part one. Pictures still missing.' },
    {
      profile: 1,
      status: 'needs_approval',
      inHours: 74,
      text: 'Larkspur 6 drops the old configuration format. Here is what that means for your team, and how long you have.',
    },
    { profile: 4, status: 'needs_approval', text: 'Should we say this in public? The benchmark against last year, warts and all.' },
    {
      profile: 12,
      status: 'sending',
      text: 'Live from the build farm: one hundred machines, one very small change.',
      more: {
        details: { title: 'A tour of the build farm', categoryId: '28', privacy: 'public', madeForKids: false },
        assets: [{ kind: 'video', url: `${origin}/media/videos/bars-84.mp4`, thumbnail: `${origin}/media/pictures/bars-84.png` }],
      },
    },
  ];
}

export function sowDrafts(state: State, origin: string): void {
  const now = state.now();
  sketchesOf(origin).forEach(({ profile: index, text, status, inHours, more }, place) => {
    const profile: Profile = state.profiles[index]!;
    const createdAt = status === 'sending' ? now : now - 7200 * (place + 1);
    const update: Update = {
      id: state.newId(),
      profileId: profile.id,
      userId: profile.userId,
      createdAt,
      updatedAt: createdAt,
      via: 'chrome',
      status,
      text,
      dueAt: inHours === undefined ? now : (Math.floor(now / 3600) + inHours) * 3600 + 17 * 60,
      isCustomScheduled: inHours !== undefined,
      isUndated: status !== 'sending' && inHours === undefined,
      placed: status === 'sending' ? 'now' : inHours === undefined ? 'queue' : 'time',
      ...more,
    };
    state.updates.set(update.id, update);
  });
}

interface SownIdea {
  readonly group?: number;
  readonly title: string;
  readonly text: string;
  readonly services?: readonly string[];
  /** Days from now. */
  readonly inDays?: number;
  readonly tags?: readonly number[];
  readonly pictures?: number;
}

const ideas: readonly SownIdea[] = [
  {
    group: 0,
    title: 'Glossary week',
    text: 'Five days, five words that we use in two ways. Ask readers which one they meant.',
    services: ['twitter', 'bluesky'],
    inDays: 9,
    tags: [1],
  },
  {
    group: 0,
    title: 'Before and after',
    text: 'One page of the docs, as it was and as it is. Show the diff, not the result.',
    services: ['linkedin'],
    tags: [1, 2],
    pictures: 2,
  },
  {
    group: 1,
    title: 'Release day on film',
    text: 'Thirty seconds of a release, filmed over the shoulder.',
    services: ['tiktok', 'youtube'],
  },
  { title: 'The longest stack trace', text: 'A competition with no prize but the fix.' },
  { title: 'Office plants, ranked', text: 'By uptime.', services: ['instagram'], pictures: 1 },
];

const templates = [
  ['Release note', '🚀', '{{version}} is out: {{what changed}}. Notes: {{link}}', 'For the day of a release.', 'internal'],
  ['Question of the week', '💬', 'Question of the week: {{question}}', 'Every Tuesday.', 'internal'],
  ['My own sign-off', '🌱', 'Merged: {{count}}. Reverted: 0. Have a good weekend!', 'For Fridays.', 'private'],
  ['Ask me anything', '🎤', 'I am {{name}}. Ask me anything about {{topic}}!', 'Start a conversation.', 'public'],
] as const;

export function sowLibrary(state: State, origin: string, first: Organization, second: Organization): void {
  const { library } = state;
  const now = state.now();
  const addGroup = (organizationId: string, name: string, isLocked = false) => {
    const group = { id: state.newId(), organizationId, name, isLocked };
    library.groups.push(group);
    return group;
  };
  const groups = [addGroup(first.id, 'To do'), addGroup(first.id, 'In progress'), addGroup(first.id, 'Done', true)];
  addGroup(second.id, 'Workshop topics');
  const tags = state.tags.filter(({ organizationId }) => organizationId === first.id);
  ideas.forEach(({ group, title, text, services = [], inDays, tags: tagged = [], pictures = 0 }, index) => {
    const createdAt = now - 86_400 * (index + 2);
    library.ideas.push({
      id: state.newId(),
      organizationId: first.id,
      groupId: group === undefined ? undefined : groups[group]!.id,
      title,
      text,
      services,
      date: inDays === undefined ? undefined : (Math.floor(now / 86_400) + inDays) * 86_400 + 9 * 3600,
      media: Array.from({ length: pictures }, (_, number) => ({
        id: state.newId(),
        url: `${origin}/media/pictures/bars-${index * 10 + number}.png`,
        type: 'image',
        alt: `Bars, number ${number + 1}`,
        thumbnailUrl: null,
      })),
      tags: tagged.map((each) => tags[each]!).map(({ id, name, color }) => ({ id, name, color })),
      aiAssisted: false,
      createdAt,
      updatedAt: createdAt,
      position: index + 1,
    });
  });
  templates.forEach(([title, emoji, body, description, visibility], index) => {
    const createdAt = now - 86_400 * (90 - index);
    library.templates.push({
      id: state.newId(),
      ownerId: visibility === 'public' ? undefined : first.ownerId,
      organizationId: first.id,
      title,
      emoji,
      body,
      description,
      visibility,
      createdAt,
      updatedAt: createdAt,
    });
  });
}
