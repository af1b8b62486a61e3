// How the page looks in VS Code's themes, and whether everybody can use it. The pictures are to be looked at.
import type { Page } from '@playwright/test';
import { ids } from '../unit/support/ids.ts';
import { type ComposeOptions, expect, test } from './fixtures.ts';
import { everyNetwork, graveViolations, innerScrollers, newest, overflowOf, pictureAt, sizes } from './steps.ts';

const text = 'Larkspur 5.2 is out\n\nBuilds say why they fail.\nhttps://larkspur.example/releases/5.2 #docs by @larkspur';

const states: readonly {
  readonly name: string;
  readonly draft: NonNullable<ComposeOptions['draft']>;
  readonly size: keyof typeof sizes;
  /** Done one after the other, with a look after each. */
  readonly steps: readonly ((page: Page) => Promise<unknown>)[];
}[] = [
  {
    name: 'a time',
    size: 'wide',
    draft: { profileIds: [ids.x, ids.bluesky, ids.linkedin], text, when: { kind: 'at' } },
    steps: [
      (page) =>
        page
          .getByLabel('Time in Words')
          .fill('tomorrow 9:30')
          .then(() => expect(page.locator('.resolved')).toContainText('9:30')),
      (page) => page.getByRole('button', { name: /^Show \d+ more$/ }).click(),
    ],
  },
  { name: 'every network', size: 'small', draft: { profileIds: everyNetwork, text }, steps: [] },
  {
    name: 'pictures and a thread',
    size: 'small',
    draft: { profileIds: [ids.x, ids.bluesky], text, details: { twitter: { thread: ['The second part', 'The third part'] } } },
    steps: [(page) => page.locator('#media').scrollIntoViewIfNeeded()],
  },
  {
    name: 'networks with more and an error',
    size: 'wide',
    draft: { profileIds: [ids.x, ids.instagram, ids.pinterest, ids.google, ids.youtube], text: 'One thought for many places' },
    steps: [
      async (page) => {
        for (const more of await page.locator('details.more summary').all()) await more.click();
        await page.locator('#details').scrollIntoViewIfNeeded();
      },
      async (page) => {
        await page.locator('#send').click({ force: true });
        await expect(page.locator('.problem').first()).toBeVisible();
      },
    ],
  },
];

for (const theme of ['light', 'dark', 'highContrast'] as const) {
  for (const { name, draft, size, steps } of states) {
    test(`${name}: accessible, and fits, ${theme}`, async ({ compose, sandbox }) => {
      const media = {
        kind: 'picture' as const,
        url: pictureAt(sandbox),
        description: 'Petals on a table',
        more: [{ url: pictureAt(sandbox, 'hills-150') }, { url: pictureAt(sandbox, 'ring-285'), description: 'A ring' }],
      };
      const hasPictures = name.includes('pictures');
      const { page, picture } = await compose({
        theme,
        size: sizes[size],
        draft: { ...draft, ...(hasPictures && { media }) },
        // An editor and the side bar have backgrounds of their own.
        location: size === 'small' ? 'sidebar' : 'editor',
      });
      for (const [index, step] of (steps.length ? steps : [() => Promise.resolve()]).entries()) {
        await step(page);
        expect(await graveViolations(page)).toEqual([]);
        for (const [each, viewport] of Object.entries(sizes)) {
          await page.setViewportSize(viewport);
          expect(await overflowOf(page)).toBeLessThanOrEqual(0);
          expect(await innerScrollers(page)).toEqual([]);
          await picture(`${name.replaceAll(' ', '-')}-${index}-${theme}-${each}`);
        }
        await page.setViewportSize(sizes[size]);
      }
    });
  }
}

test('what cannot be read or has no name would be found', async ({ compose }) => {
  const { page } = await compose();
  expect(await graveViolations(page)).toEqual([]);
  await page.evaluate(() => {
    const [word, button] = [document.createElement('p'), document.createElement('button')];
    Object.assign(word, { id: 'pale', textContent: 'Pale' }).style.cssText = 'position: fixed; top: 0; color: #aaa; background: #fff';
    document.querySelector('main')!.append(word, Object.assign(button, { id: 'nameless' }));
  });
  const found = await graveViolations(page);
  expect(found).toEqual([
    expect.stringMatching(/^button-name: <button id="nameless">/u),
    expect.stringMatching(/^color-contrast: <p id="pale"[^]*insufficient color contrast/u),
  ]);
});

for (const width of [300, 640]) {
  test(`all networks fit into ${width} pixels`, async ({ compose }) => {
    const { page, picture } = await compose({ size: { width, height: 900 }, draft: { profileIds: everyNetwork, text } });
    await page.getByRole('button', { name: 'Add to Thread on X' }).click();
    for (const more of await page.locator('details.more summary').all()) await more.click();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await page.locator('#details').scrollIntoViewIfNeeded();
    await picture(`networks-${width}`);
  });
}

test('written, addressed, timed and sent by keyboard alone', async ({ compose, sandbox }) => {
  const { page } = await compose({ size: sizes.small, draft: { profileIds: [ids.x] } });
  const focused = () => page.evaluate(() => document.activeElement?.id ?? '');
  // It begins where one writes.
  await expect.poll(focused).toBe('text-field');
  await page.keyboard.type('By keyboard alone');
  // Back to the profiles: the counter is the last of them.
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator(':focus')).toHaveText(/^\+\d+$/);
  await page.keyboard.press('Enter');
  const names: string[] = [];
  for (let steps = 0; steps < 20 && !names.at(-1)?.includes('@larkspur.docs'); steps++) {
    names.push((await page.locator(':focus').textContent()) ?? '');
    if (!names.at(-1)!.includes('@larkspur.docs')) await page.keyboard.press('Tab');
  }
  await page.keyboard.press(' ');
  for (let steps = 0; steps < 20 && (await page.locator(':focus').textContent())?.includes('larkspur_dev') === false; steps++)
    await page.keyboard.press('Shift+Tab');
  await page.keyboard.press(' ');
  await expect(page.locator('.chip[aria-pressed=true]')).toHaveCount(1);
  // On to the end of the page: when, the reminder, and sending.
  for (let steps = 0; steps < 60 && (await focused()) !== 'when-kind'; steps++) await page.keyboard.press('Tab');
  // The focus stays while one looks through the choices; what belongs to one comes behind it.
  for (const label of ['Next', 'Now', 'At a Time', 'Draft at Buffer', 'At a Time']) {
    await page.keyboard.press(
      label === 'At a Time' && (await page.locator('#when-kind').inputValue()) === 'draft' ? 'ArrowUp' : 'ArrowDown',
    );
    await expect(page.locator('#when-kind option:checked')).toHaveText(label);
    expect(await focused()).toBe('when-kind');
  }
  for (let steps = 0; steps < 3 && (await focused()) !== 'time-words'; steps++) await page.keyboard.press('Tab');
  await page.keyboard.type('tomorrow 9:30');
  await expect(page.locator('.resolved')).toContainText('9:30');
  for (let steps = 0; steps < 30 && (await focused()) !== 'send'; steps++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('#finished-title')).toBeFocused();
  expect(newest(sandbox, ids.threads)).toMatchObject({ text: 'By keyboard alone', isCustomScheduled: true });
});
