// Where things stand: what is always in sight, what folds, and where an error is told.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { ToApp } from '../../src/composer/messages.ts';
import { type Draft, emptyDraft } from '../../src/core/drafts/draft.ts';
import { ids } from '../unit/support/ids.ts';
import { type ComposeOptions, expect, test } from './fixtures.ts';
import { everyNetwork, innerScrollers, isWhole, overflowOf, pictureAt, seenHeight, sizes } from './steps.ts';

/** Three lines and what is around them. */
const readable = 80;

const withGroups = (message: ToApp): ToApp =>
  message.type === 'profiles'
    ? { ...message, groups: ['Docs', 'Team', 'Everybody who writes', 'Weekend', 'Releases'].map((name) => ({ name, profileIds: [ids.x] })) }
    : message;

const states: readonly { readonly name: string; readonly options?: ComposeOptions; readonly then?: (page: Page) => Promise<unknown> }[] = [
  { name: 'a new update' },
  { name: 'three profiles', options: { draft: { profileIds: [ids.x, ids.bluesky, ids.linkedin], text: 'To three' } } },
  { name: 'every network', options: { draft: { profileIds: everyNetwork, text: 'To all' } } },
  { name: 'groups', options: { draft: { profileIds: [ids.bluesky] }, retell: withGroups } },
  { name: 'an error', then: (page) => page.locator('#text-field').press('Control+Enter') },
  {
    name: 'a time',
    options: { draft: { profileIds: [ids.x, ids.linkedin], text: 'Later' } },
    then: async (page) => {
      await page.locator('#when-kind').selectOption('At a Time');
      await page.locator('#time-words').fill('tomorrow 9:30');
      await expect(page.locator('.resolved')).toContainText('9:30');
    },
  },
  {
    name: 'a time that means nothing',
    options: { draft: { profileIds: [ids.x], text: 'Later' } },
    then: async (page) => {
      await page.locator('#when-kind').selectOption('At a Time');
      await page.locator('#time-words').fill('whenever it suits');
      await expect(page.locator('#time-words-note')).toBeVisible();
    },
  },
];

for (const [size, viewport] of Object.entries(sizes)) {
  for (const { name, options, then } of states) {
    test(`the text is in sight with ${name}, ${size}`, async ({ compose }) => {
      const { page, picture } = await compose({ size: viewport, ...options });
      await then?.(page);
      await expect.poll(() => seenHeight(page, '#text-field')).toBeGreaterThan(readable);
      await expect.poll(() => isWhole(page, '#send')).toBe(true);
      expect(await innerScrollers(page)).toEqual([]);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await picture(`layout-${size}-${name.replaceAll(' ', '-')}`);
    });
  }
}

test('the text is in sight where the draft and its profiles come in the same moment', async ({ compose }) => {
  let told: ToApp | undefined;
  const { page, tell } = await compose({
    size: sizes.small,
    retell: (message) => (message.type === 'profiles' && message.status === 'loaded' ? (told = message) : message),
  });
  await tell({
    type: 'profiles',
    status: 'signedOut',
    profiles: [],
    groups: [],
    abilities: { details: false, requeue: false, drafts: false },
  });
  await expect(page.getByRole('button', { name: 'Sign In' })).toBeVisible();
  const draft = { ...emptyDraft(randomUUID()), profileIds: everyNetwork, text: 'Another to all' };
  // Before the next picture is drawn, as on a busy machine.
  await page.evaluate(
    (messages) => {
      for (const data of messages) dispatchEvent(new MessageEvent('message', { data, origin: window.origin }));
    },
    [told!, { type: 'open', draft, location: 'editor' } as const],
  );
  await expect(page.locator('#text-field')).toBeFocused();
  await expect(page.locator('#text-field')).toHaveValue('Another to all');
  expect(await page.locator('.scroll').evaluate(({ scrollTop }) => scrollTop)).toBe(0);
  await expect.poll(() => seenHeight(page, '#text-field')).toBeGreaterThan(readable);
});

test('a long text grows, the page scrolls with it, and the counts stay in sight', async ({ compose }) => {
  const { page, picture } = await compose({ size: sizes.small, draft: { profileIds: [ids.linkedin] } });
  await page.locator('#text-field').fill('A line of many\n'.repeat(60));
  await page.locator('#text-field').press('Control+End');
  await page.keyboard.type('The end');
  const { field, page: shown } = await page.evaluate(() => ({
    field: document.querySelector<HTMLElement>('#text-field')!.getBoundingClientRect().bottom,
    page: document.querySelector('.scroll')!.getBoundingClientRect().bottom,
  }));
  // The caret is in the last line.
  expect(field - shown).toBeLessThan(60);
  expect(await isWhole(page, '#counts')).toBe(true);
  expect(await innerScrollers(page)).toEqual([]);
  await picture('layout-long-text');
});

for (const height of [120, 160, 250]) {
  test(`the text and the button that sends are in sight ${height} pixels high`, async ({ compose }) => {
    // As wide as a sidebar.
    const { page, picture } = await compose({ size: { width: 300, height }, location: 'sidebar', draft: { profileIds: [ids.linkedin] } });
    await expect(page.locator('#text-field')).toBeFocused();
    await expect.poll(() => seenHeight(page, '#text-field')).toBeGreaterThan(45);
    expect(await isWhole(page, '#send')).toBe(true);
    expect(await isWhole(page, '#when-kind')).toBe(true);
    await picture(`layout-${height}-high`);
    await page.locator('#text-field').fill('A line of many\n'.repeat(6));
    await page.locator('#text-field').press('Control+End');
    await page.setViewportSize({ width: 300, height: 500 });
    await page.setViewportSize({ width: 300, height });
    await expect.poll(() => seenHeight(page, '#text-field')).toBeGreaterThan(45);
    expect(await isWhole(page, '#send')).toBe(true);
    expect(await innerScrollers(page)).toEqual([]);
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  });
}

test('a window too low for the fields of a time scrolls as a whole', async ({ compose }) => {
  const { page } = await compose({ size: { width: 640, height: 250 }, draft: { profileIds: [ids.linkedin], when: { kind: 'at' } } });
  expect(await innerScrollers(page)).toEqual([]);
  await page.locator('#send').scrollIntoViewIfNeeded();
  expect(await isWhole(page, '#send')).toBe(true);
  await page.locator('#text-field').scrollIntoViewIfNeeded();
  expect(await seenHeight(page, '#text-field')).toBeGreaterThan(readable);
});

test('a field that has the focus is framed once', async ({ compose }) => {
  const { page } = await compose({ draft: { profileIds: [ids.linkedin], media: { kind: 'picture', url: '' } } });
  for (const id of ['text-field', 'picture-url', 'picture-description', 'detail-linkedin-firstComment']) {
    await page.locator(`#${id}`).press('Shift');
    expect(await page.locator(`#${id}`).evaluate((field) => getComputedStyle(field).outlineStyle)).toBe('none');
  }
});

test('a new update shows few controls', async ({ compose }) => {
  const { page } = await compose({ draft: { profileIds: [ids.linkedin], text: 'A small one' } });
  // Attachments, when, reminder, and LinkedIn's document and first comment.
  await expect(page.locator('.scroll :is(input, select, textarea):visible')).toHaveCount(7);
  await expect(page.locator('.send :is(input, select):visible')).toHaveCount(2);
  await expect(page.locator('.chip:visible')).not.toHaveCount(17);
});

test.describe('profiles', () => {
  const lines = (page: Page) =>
    page.locator('.profiles > :visible').evaluateAll((chips) => new Set(chips.map((chip) => chip.getBoundingClientRect().top)).size);

  for (const [size, viewport] of Object.entries(sizes)) {
    test(`take two lines and count the others, the chosen ones first, ${size}`, async ({ compose }) => {
      const { page, host } = await compose({ size: viewport, draft: { profileIds: [ids.youtube, ids.google] } });
      await expect.poll(() => lines(page)).toBe(2);
      expect(
        await page.locator('.chip').evaluateAll((chips) => chips.slice(0, 2).map((chip) => chip.getAttribute('aria-pressed'))),
      ).toEqual(['true', 'true']);
      const shown = await page.locator('.chip:visible').count();
      const all = host.store.profiles.items.length;
      const more = page.getByRole('button', { name: `Show ${all - shown} more` });
      await expect(more).toHaveText(`+${all - shown}`);
      await more.press('Enter');
      await expect(page.locator('.chip:visible')).toHaveCount(all);
      // What was asked for is next, for the keyboard as well.
      await expect(page.locator('.chip').nth(0)).not.toBeFocused();
      await expect(page.locator('.chip:focus')).toHaveCount(1);
      await page.getByRole('button', { name: 'Show Fewer' }).click();
      await expect(page.locator('.chip:visible')).toHaveCount(shown);
    });
  }

  test('fold again when one writes, by mouse and by keyboard, so that the text is in sight', async ({ compose }) => {
    const { page, picture } = await compose({ size: sizes.small, draft: { profileIds: [ids.x], text: 'In sight' } });
    const chips = page.locator('.chip:visible');
    const folded = await chips.count();
    const unfold = async () => {
      await page.getByRole('button', { name: /^Show \d+ more/ }).click();
      await expect.poll(() => chips.count()).toBeGreaterThan(folded);
    };
    const isWritten = async () => {
      await expect.poll(() => lines(page)).toBeLessThanOrEqual(2);
      await expect(page.locator('#text-field')).toBeFocused();
      await expect.poll(() => seenHeight(page, '#text-field')).toBeGreaterThan(90);
      expect(await innerScrollers(page)).toEqual([]);
    };
    await unfold();
    await picture('profiles-unfolded-small');
    await page.getByRole('button', { name: 'Show Fewer' }).focus();
    await page.keyboard.press('Tab');
    if (!(await page.locator('#text-field').evaluate((each) => each === document.activeElement))) await page.keyboard.press('Tab');
    await isWritten();
    await picture('profiles-folded-small');
    await unfold();
    // One that is chosen now comes first then.
    const bluesky = page.locator('.chip', { hasText: '@docs.larkspur' }).first();
    await bluesky.click();
    await page.locator('#text-field').click();
    await isWritten();
    await expect(bluesky).toBeVisible();
    // The press of the mouse selected nothing while the page moved.
    expect(await page.locator('#text-field').evaluate((each: HTMLTextAreaElement) => each.selectionEnd - each.selectionStart)).toBe(0);
  });

  test('that are chosen are shown whatever the room', async ({ compose }) => {
    const { page } = await compose({ size: sizes.small, draft: { profileIds: [ids.x] } });
    await page.getByRole('button', { name: 'All Profiles' }).click();
    await expect(page.locator('#send')).toContainText('Queues');
    const chosen = page.locator('.chip[aria-pressed=true]');
    for (const chip of await chosen.all()) await expect(chip).toBeVisible();
    expect(await lines(page)).toBeLessThanOrEqual(2);
    await page.setViewportSize({ width: 300, height: 500 });
    await expect(page.locator('.chip[aria-pressed=true]:visible')).toHaveCount(await chosen.count());
    await expect(page.getByRole('button', { name: /larkspur_dev/ })).toHaveAttribute('aria-pressed', 'true');
  });

  test('do not move under the mouse while they are chosen', async ({ compose }) => {
    const { page } = await compose({ draft: { profileIds: [ids.bluesky] } });
    const places = () =>
      page.locator('.chip:visible').evaluateAll((chips) => chips.map((chip) => [chip.id, chip.getBoundingClientRect().x]));
    const before = await places();
    const unchosen = page.locator('.chip:visible[aria-pressed=false]').first();
    await unchosen.click();
    await expect(page.locator('.chip[aria-pressed=true]')).toHaveCount(2);
    expect(await places()).toEqual(before);
  });

  test('that cannot be chosen say why, to everybody', async ({ compose }) => {
    const { page } = await compose();
    await page.getByRole('button', { name: /^Show \d+ more/ }).click();
    // It says itself that it is disabled, and takes a click to tell why.
    await page.getByRole('button', { name: /lanternfish_ci/ }).click({ force: true });
    await expect(page.locator('#profiles').getByRole('status')).toContainText('Buffer lost its connection to this profile.');
    await expect(page.getByRole('button', { name: /lanternfish_ci/ })).toHaveAttribute('aria-pressed', 'false');
  });

  test('of groups that are many fold to one line', async ({ compose }) => {
    const { page } = await compose({ size: sizes.small, retell: withGroups });
    const groups = page.locator('.groups > :visible');
    expect(await groups.evaluateAll((all) => new Set(all.map((each) => each.getBoundingClientRect().top)).size)).toBe(1);
    await page.getByRole('group', { name: 'Groups' }).getByRole('button', { name: /more$/ }).click();
    await expect(page.getByRole('button', { name: /Releases/ })).toBeVisible();
  });
});

test.describe('an error is told next to what it concerns, whole, and read with it:', () => {
  const cases: readonly {
    readonly name: string;
    readonly draft: Partial<Draft>;
    /** Where it is told, and what is described by it. */
    readonly note: string;
    readonly reason: string;
  }[] = [
    { name: 'profiles', draft: { profileIds: [], text: 'To nobody' }, note: 'profiles-note', reason: 'Choose a profile.' },
    { name: 'a profile', draft: { profileIds: [ids.disconnected], text: 'x' }, note: 'profiles-note', reason: '@lanternfish_ci (X): ' },
    { name: 'the text', draft: { profileIds: [ids.x] }, note: 'text-field-note', reason: 'Write something.' },
    {
      name: 'a text that is too long',
      draft: { profileIds: [ids.x], text: 'word '.repeat(60) },
      note: 'text-field-note',
      reason: 'Too long for X by 20.',
    },
    {
      name: 'an attachment',
      draft: { profileIds: [ids.instagram], text: 'Seen from above' },
      note: 'media-note',
      reason: 'Instagram needs a picture or a video.',
    },
    {
      name: 'a picture',
      draft: {
        profileIds: [ids.bluesky],
        text: 'x',
        media: { kind: 'picture', url: 'https://larkspur.example/1.png', more: [{ url: '' }] },
      },
      note: 'picture-url-1-note',
      reason: 'The picture has no address.',
    },
    {
      name: 'a field',
      draft: {
        profileIds: [ids.youtube],
        text: 'A tour',
        media: { kind: 'video', url: 'https://larkspur.example/tour.mp4' },
      },
      note: 'detail-youtube-title-note',
      reason: 'YouTube needs a title.',
    },
    {
      name: 'a part of a thread',
      draft: { profileIds: [ids.x], text: 'First', details: { twitter: { thread: ['Second', 'far too long '.repeat(25)] } } },
      note: 'thread-twitter-1-note',
      reason: 'X, part 3 is too long by 45.',
    },
    {
      name: 'the time',
      draft: { profileIds: [ids.x], text: 'x', when: { kind: 'at' } },
      note: 'time-words-note',
      reason: 'Choose a time.',
    },
  ];
  for (const { name, draft, note, reason } of cases) {
    test(name, async ({ compose }) => {
      const { page, picture } = await compose({ size: sizes.small, draft });
      await expect(page.locator('#send')).toHaveAttribute('aria-disabled', 'true');
      await expect(page.locator(`#${note}`)).toHaveCount(0);
      await page.locator('#send').click({ force: true });
      const told = page.locator(`#${note}`);
      await expect(told).toContainText(reason);
      await expect.poll(() => isWhole(page, `#${note}`)).toBe(true);
      // Said when the focus comes there, which it does by itself.
      await expect(page.locator(`:is(:focus, :has(:focus))[aria-describedby~="${note}"]`)).toHaveCount(1);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await picture(`error-${name.replaceAll(' ', '-')}`);
    });
  }

  test('that of the text of one network stands with that text alone', async ({ compose, sandbox }) => {
    const draft = {
      profileIds: [ids.x, ids.linkedin],
      text: 'Short',
      variants: { twitter: 'word '.repeat(60) },
      media: { kind: 'picture' as const, url: pictureAt(sandbox).replace('http:', 'https:') },
    };
    const { page } = await compose({ draft });
    await page.locator('#send').click({ force: true });
    await expect(page.getByRole('tab', { name: /^X/ })).toHaveAttribute('aria-selected', 'true');
    await expect(page.locator('#text-field-note')).toContainText('Too long for X');
    await page.getByRole('tab', { name: 'All Networks' }).click();
    await expect(page.locator('#text-field-note')).toHaveCount(0);
    await expect(page.locator('#reason')).toContainText('Too long for X');
  });
});

test('what is chosen keeps its colour under the pointer', async ({ compose, page }) => {
  await compose({ draft: { profileIds: [ids.x], text: 'Chosen' } });
  const chip = page.locator('.chip[aria-pressed=true]:visible').first();
  const colour = () => chip.evaluate((each) => getComputedStyle(each).backgroundColor);
  const before = await colour();
  await chip.hover();
  expect(await colour()).toBe(before);
});
