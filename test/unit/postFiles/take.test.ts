import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Profile, Update } from '../../../src/core/buffer/model.ts';
import { usualConfig } from '../../../src/core/postFiles/config.ts';
import { fingerprintOf, fingerprintThere } from '../../../src/core/postFiles/fingerprint.ts';
import { planOf } from '../../../src/core/postFiles/plan.ts';
import type { RecordEntry } from '../../../src/core/postFiles/record.ts';
import { wantedIn } from '../../../src/core/postFiles/status.ts';
import { applied, takeTheirs } from '../../../src/core/postFiles/take.ts';
import { profileWith } from '../support/profile.ts';

const path = 'posts/a.buffer.md';
const now = new Date('2099-01-05T12:00:00Z');
const profiles: readonly Profile[] = ['bluesky', 'mastodon', 'linkedin'].map((service) =>
  profileWith({ id: service, service, username: 'larkspur', name: 'larkspur', serviceType: 'profile', timeZone: 'Europe/Berlin' }),
);
const around = { config: usualConfig, now, profiles, tags: [], hashOf: (each: string) => Promise.resolve(each) };

/** What the record has of a file at a network, and what Buffer has now. */
async function changedThere(text: string, service: string, change: Partial<Update>, part = 1) {
  const { wanted } = (await wantedIn(path, text, around))!;
  const one = wanted.find((each) => each.part === part && each.profile.service === service)!;
  const { when, content } = one;
  const before: Update = {
    id: 'u',
    profileId: service,
    service,
    status: when === 'draft' ? 'draft' : 'pending',
    text: content.text,
    details: content.details,
    isFixedTime: typeof when === 'object',
    dueAt: typeof when === 'object' ? when.at : new Date('2099-01-06T08:00:00Z'),
    createdAt: now,
  } as Update;
  const entry: RecordEntry = {
    ...{ post: path, part, profile: one.handle, account: 'me', state: 'queued', at: now, update: 'u' },
    sent: fingerprintOf(one),
    seen: fingerprintThere(before),
  };
  return { entry, update: { ...before, ...change } };
}

/** Takes what Buffer has into a file that was changed itself. @returns what the file says then, and what a plan says of it */
async function take(text: string, { entry, update }: { readonly entry: RecordEntry; readonly update: Update }) {
  const plan = async (file: string, record: RecordEntry) => {
    const { wanted } = (await wantedIn(path, file, around))!;
    const items = planOf({ wanted, paths: [path], record: [record], updates: [update], account: 'me', now });
    return items.find((each) => each.entry)!;
  };
  const taken = await takeTheirs(path, text, await plan(text, entry), update, around);
  if ('byHand' in taken) return taken;
  const after = applied(text, taken.edits);
  return { after, action: (await plan(after, taken.note)).action };
}

const file = (head: string, ...lines: string[]) => ['---', head, '---', ...lines, ''].join('\n');
const alone = file('profiles: bluesky # ours', '<!-- note: for reviewers -->', 'One', 'Two', '<!-- note: more -->', 'Three');

describe('what was changed at Buffer, taken into its file', () => {
  test('is the lines that differ, between what stays', async () => {
    const there = await changedThere(alone, 'bluesky', { text: 'One\nTwo, otherwise\nThree\nFour' });
    expect(await take(alone.replace('Two', '2'), there)).toEqual({
      after: alone.replace('Two', 'Two, otherwise').replace('Three', 'Three\nFour'),
      action: 'leave',
    });
  });

  test('ends its lines as the file does, and has a backslash before what would be a mark', async () => {
    const windows = alone.replaceAll('\n', '\r\n');
    const there = await changedThere(windows, 'bluesky', { text: 'One\n---thread---\nTwo\nThree' });
    expect(await take(windows, there)).toEqual({ after: windows.replace('One\r\n', 'One\r\n\\---thread---\r\n'), action: 'leave' });
  });

  test.each([
    ['when: queue', { isFixedTime: true, dueAt: new Date('2099-03-02T08:30:00Z') }, 'when: 2099-03-02 09:30'],
    ['when: 2099-02-01 10:00', { isFixedTime: false }, 'when: queue'],
    ['when: 2099-02-01 10:00 # fixed', { status: 'draft' }, 'when: draft # fixed'],
  ] as const)('is its time: %s', async (head, change, meant) => {
    const text = file(`profiles: bluesky\n${head}`, 'One');
    expect(await take(text, await changedThere(text, 'bluesky', change))).toEqual({ after: text.replace(head, meant), action: 'leave' });
  });

  test('is a time of its own where the file has none, or shares it', async () => {
    const moved = { isFixedTime: true, dueAt: new Date('2099-03-02T08:30:00Z') };
    const text = file('profiles: bluesky', 'One');
    expect(await take(text, await changedThere(text, 'bluesky', moved))).toEqual({
      after: file('profiles: bluesky\nwhen: 2099-03-02 09:30', 'One'),
      action: 'leave',
    });
    const two = file('profiles: bluesky\nwhen: next', 'One', '---post---', 'Two');
    expect(await take(two, await changedThere(two, 'bluesky', moved, 2))).toEqual({
      after: file('profiles: bluesky\nwhen: next', 'One', '---post---', '---', 'when: 2099-03-02 09:30', '---', 'Two'),
      action: 'leave',
    });
  });

  test('is a text for that network alone where others have the same', async () => {
    const text = file('profiles: [bluesky, mastodon, linkedin]', 'For all', '<!-- mastodon, linkedin -->', 'For two');
    expect(await take(text, await changedThere(text, 'linkedin', { text: 'For LinkedIn' }))).toEqual({
      after: text.replace('<!-- mastodon, linkedin', '<!-- mastodon').concat('\n<!-- linkedin -->\nFor LinkedIn\n'),
      action: 'leave',
    });
    const shared = file('profiles: [bluesky, mastodon]', 'One', '---post---', 'Two');
    expect(await take(shared, await changedThere(shared, 'bluesky', { text: 'Otherwise' }))).toEqual({
      after: file('profiles: [bluesky, mastodon]', 'One', '', '<!-- bluesky -->', 'Otherwise', '', '---post---', 'Two'),
      action: 'leave',
    });
  });

  test('is left to a person where the file has no words for it that are this profile’s alone', async () => {
    const both = file('profiles: [bluesky, mastodon]', 'One');
    const moved = { isFixedTime: true, dueAt: new Date('2099-03-02T08:30:00Z') };
    expect(await take(both, await changedThere(both, 'bluesky', moved))).toEqual({ byHand: ['when'] });
    const pictured = { media: { picture: 'https://example.com/a.png' }, attachments: ['image'] } as unknown as Partial<Update>;
    expect(await take(alone, await changedThere(alone, 'bluesky', pictured))).toEqual({ byHand: ['media'] });
  });

  test('is nothing else, whatever stands there: the plan leaves it, and all other posts say what they said', async () => {
    const line = fc.constantFrom('One', 'Two', '', '  three', '```', '---thread---', '<!-- bluesky -->', '\\x', '- list', '---', 'A: b');
    const texts = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'));
    const written = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(texts, texts, written, fc.boolean(), async (here, there, end, isShared) => {
        const text = file(`profiles: [bluesky${isShared ? ', mastodon' : ''}]`, 'Begin', 'Body', '---post---', 'Last').replaceAll(
          '\n',
          end,
        );
        const state = await changedThere(text, 'bluesky', { text: `x${there}` });
        const changed = text.replace('Body', here.replaceAll('\n', end));
        // What the writer left broken is told by its own problems.
        const read = await wantedIn(path, changed, around);
        fc.pre(read?.parsed.posts.length === 2 && !read.wanted.some(({ content: { details } }) => details?.thread?.length));
        const taken = await take(changed, state);
        if ('byHand' in taken) expect(taken.byHand).toEqual(['text']);
        else {
          expect(taken.action).toBe('leave');
          expect(taken.after.replaceAll('\r\n', '')).not.toMatch(end === '\r\n' ? /[\r\n]/u : /\r/u);
          const others = (each: typeof read) => each.wanted.filter(({ part, handle }) => part > 1 || !handle.startsWith('bluesky'));
          expect(others((await wantedIn(path, taken.after, around))!)).toEqual(others(read));
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
