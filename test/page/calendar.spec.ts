// The calendar's page: how it looks, and how updates are moved in it by mouse and by keyboard.
import type { Locator, Page } from '@playwright/test';
import { deedOf } from '../harness/requests.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type CalendarPage, expect, test } from './calendarFixtures.ts';
import { knownServices, networkOf } from '../../src/core/networks/networks.ts';
import { pseudoBundle } from '../harness/pseudoLocale.ts';
import { vscodeStub } from '../unit/support/vscodeStub.ts';
import { cutOff, untranslated } from './otherWords.ts';
import { graveViolations, overflowOf } from './steps.ts';

const day = 86_400_000;
const none = { hiddenProfiles: [], hiddenKinds: [], tagIds: [] };
/** A week that lies wholly ahead, whatever day it is. */
const ahead = (days = 7) => ({ date: new Date(Date.now() + days * day).toISOString().slice(0, 10), ...none });

/** Of one who moves an update: what was asked of the service, reading and writing. */
const deeds = (sandbox: Sandbox) => sandbox.requests().map((each) => deedOf(each));
const writes = (sandbox: Sandbox) => deeds(sandbox).filter((deed) => /edit/iu.test(deed));

/** An update that waits, alone in its row. */
const movable = (page: Page): Locator => page.locator('.item.is-pending:not(.is-slim)').first();

/** Of the first that is there once all are: they come a part at a time, and those of one reading after those of another. */
async function idAndTime(item: Locator): Promise<{ id: string; at: number }> {
  const read = () => item.evaluate((element) => ({ id: element.getAttribute('data-id')!, at: Number(element.getAttribute('data-at')) }));
  for (let before = await read(); ;) {
    await item.page().waitForTimeout(300);
    const now = await read();
    if (now.id === before.id && now.at === before.at) return now;
    before = now;
  }
}

function movesOf({ host }: CalendarPage): { id: unknown; at: number }[] {
  return host.asked.flatMap(([what, id, at]) => (what === 'move' ? [{ id, at: Date.parse(at as string) }] : []));
}

for (const theme of ['light', 'dark', 'highContrast'] as const)
  test(`a week, a month and a list: accessible in the theme ${theme}`, async ({ openCalendar }) => {
    test.slow();
    const { page, picture } = await openCalendar({ theme });
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await expect(page.getByRole('checkbox', { name: 'Free posting times' })).toBeVisible();
    await picture(`calendar-filters-${theme}`);
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    for (const view of ['Week', 'Month', 'List']) {
      await page.getByRole('button', { name: view, exact: true }).click();
      await expect(page.locator(`.${view.toLowerCase()}`)).toBeVisible();
      await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
      await picture(`calendar-${view.toLowerCase()}-${theme}`);
      expect(await graveViolations(page)).toEqual([]);
    }
  });

test('in 320 pixels it is a list that fits', async ({ openCalendar }) => {
  const { page, picture } = await openCalendar({ size: { width: 320, height: 640 } });
  await expect(page.locator('.list')).toBeVisible();
  await picture('calendar-narrow');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await graveViolations(page)).toEqual([]);
});

test('a week costs one request at most, and none when it is looked at again', async ({ openCalendar, sandbox }) => {
  const { page } = await openCalendar();
  expect(sandbox.requests().length).toBeLessThanOrEqual(1);
  await page.getByRole('button', { name: 'Next Week' }).click();
  await expect(page.locator('.item').first()).toBeVisible();
  await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
  expect(sandbox.requests().length).toBeLessThanOrEqual(2);
  while (await page.getByRole('button', { name: 'Load More' }).isVisible()) {
    await page.getByRole('button', { name: 'Load More' }).click();
    await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
  }
  sandbox.resetRequests();
  await page.getByRole('button', { name: 'Month', exact: true }).click();
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await expect(page.locator('.item').first()).toBeVisible();
  expect(sandbox.requests().length).toBeLessThanOrEqual(1);
});

test('by keyboard alone an update goes to another day, with one write', async ({ openCalendar, sandbox }) => {
  const opened = await openCalendar({ kept: ahead() });
  const { page } = opened;
  await expect(page.locator('.item.is-pending').first()).toBeVisible();
  for (let presses = 0; presses < 20 && !(await page.locator('.item:focus').count()); presses++) await page.keyboard.press('Tab');
  for (let presses = 0; presses < 20 && !(await page.locator('.item.is-pending:focus').count()); presses++)
    await page.keyboard.press('ArrowDown');
  const { id, at } = await idAndTime(page.locator('.item:focus'));
  sandbox.resetRequests();
  await page.keyboard.press('Space');
  await expect(page.locator('.item.is-held')).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator(`.item[data-id="${id}"]`)).toHaveAttribute('data-at', String(at + day));
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.locator(`.item[data-id="${id}"]`)).toBeFocused();
  expect(deeds(sandbox)).toEqual([]);
  await page.keyboard.press('Enter');
  const quarter = 900_000;
  const to = Math.floor((at + day) / quarter) * quarter + quarter;
  await expect.poll(() => movesOf(opened)).toEqual([{ id, at: to }]);
  await expect(page.locator(`.item[data-id="${id}"]:not(.is-moving)`)).toHaveAttribute('data-at', String(to));
  expect(writes(sandbox)).toHaveLength(1);
  expect(sandbox.state.updates.get(id)!.dueAt * 1000).toBe(to);
});

test('by keyboard an update goes into the week after, which is shown while it is held', async ({ openCalendar, sandbox }) => {
  const { page } = await openCalendar({ kept: ahead() });
  const item = movable(page);
  const { id, at } = await idAndTime(item);
  await item.focus();
  sandbox.resetRequests();
  await page.keyboard.press('Space');
  const held = page.locator(`.item[data-id="${id}"]`);
  for (let days = 1; days <= 8; days++) {
    await page.keyboard.press('ArrowRight');
    await expect(held).toHaveAttribute('data-at', String(at + days * day));
    await expect(held).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect.poll(() => sandbox.state.updates.get(id)!.dueAt * 1000).toBe(at + 8 * day);
  await expect(page.locator(`.item[data-id="${id}"]:not(.is-moving)`)).toHaveAttribute('data-at', String(at + 8 * day));
  expect(writes(sandbox)).toHaveLength(1);
});

test('Escape leaves it where it was, Enter opens it, and on a free time one writes', async ({ openCalendar, sandbox }) => {
  const { page, host } = await openCalendar({ kept: ahead() });
  const item = movable(page);
  const { id, at } = await idAndTime(item);
  await item.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await expect(page.locator(`.item[data-id="${id}"]`)).toHaveAttribute('data-at', String(at));
  await page.keyboard.press('Enter');
  await expect.poll(() => host.asked).toEqual([['open', id]]);
  expect(writes(sandbox)).toEqual([]);
});

test('of a week what is in sight is drawn first, the rest behind it, and keys reach all of it', async ({ openCalendar }) => {
  const { page } = await openCalendar({ kept: { ...ahead(), view: 'week' }, size: { width: 1280, height: 500 } });
  const items = page.locator('.item');
  await expect(items.first()).toBeAttached();
  await page.getByRole('button', { name: 'Previous Week' }).click();
  await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
  await page.evaluate(() => {
    const drawn: { items: number; beyond: number }[] = [];
    const count = () => {
      const { top, bottom } = document.querySelector('.week')!.getBoundingClientRect();
      const boxes = [...document.querySelectorAll('.item')].map((each) => each.getBoundingClientRect());
      const beyond = boxes.filter((box) => box.top > bottom + 120 || box.bottom < top - 120);
      drawn.push({ items: boxes.length, beyond: beyond.length });
    };
    new MutationObserver(count).observe(document.querySelector('.columns')!, { childList: true, subtree: true });
    Object.assign(globalThis, { drawn });
  });
  await page.getByRole('button', { name: 'Next Week' }).click();
  await expect(items.last()).toBeAttached();
  const drawn = () => page.evaluate(() => (globalThis as unknown as { drawn: { items: number; beyond: number }[] }).drawn);
  await expect.poll(async () => (await drawn()).at(-1)!.beyond).toBeGreaterThan(0);
  // The week before is gone, then this one comes.
  const steps = await drawn();
  const empty = steps.findIndex((each) => each.items === 0);
  expect(steps.slice(empty).find((each) => each.items > 0)).toMatchObject({ beyond: 0 });
  await expect(items.last()).not.toBeInViewport();
  await items.first().focus();
  await page.keyboard.press('End');
  await expect(page.locator('.item:focus')).toBeInViewport();
});

test('a free posting time begins an update for it', async ({ openCalendar, sandbox }) => {
  const { page, host } = await openCalendar({ kept: { ...ahead(), view: 'list' } });
  // One queue is emptied elsewhere, and all is read again.
  const youtube = sandbox.state.profiles.find(({ service }) => service === 'youtube')!;
  for (const update of [...sandbox.state.updates.values()]) if (update.profileId === youtube.id) sandbox.state.remove(update);
  await page.getByRole('button', { name: 'Refresh' }).click();
  const free = page.locator('.item.is-free').first();
  await expect(free).toContainText('Larkspur Builds');
  const at = Number(await free.getAttribute('data-at'));
  await free.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => host.asked).toEqual([['compose', new Date(at).toISOString(), [youtube.id]]]);
});

test('dragged, an update goes where it is dropped, with one write; elsewhere it is left', async ({ openCalendar, sandbox }) => {
  const opened = await openCalendar({ kept: ahead() });
  const { page, picture } = opened;
  const item = movable(page);
  // Not under the names of the days, where it counts as in sight.
  await item.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const { id } = await idAndTime(item);
  const box = (await item.boundingBox())!;
  const columns = page.locator('.day');
  const own = await item.evaluate((element) => [...document.querySelectorAll('.day')].indexOf(element.closest('.day')!));
  const other = (await columns.nth(own === 6 ? 5 : own + 1).boundingBox())!;
  await page.mouse.move(box.x + 30, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 4 });
  await page.mouse.move(other.x + 40, box.y + 60, { steps: 4 });
  await expect(page.locator('.ghost')).toBeVisible();
  await picture('calendar-dragging');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(movesOf(opened)).toEqual([]);
  sandbox.resetRequests();
  await page.mouse.move(box.x + 30, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(other.x + 40, box.y + 60, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => movesOf(opened)).toHaveLength(1);
  const { at } = movesOf(opened)[0]!;
  await expect(page.locator(`.item[data-id="${id}"]:not(.is-moving)`)).toHaveAttribute('data-at', String(at));
  expect(writes(sandbox)).toHaveLength(1);
  expect(sandbox.state.updates.get(id)!.dueAt * 1000).toBe(at);
  // A drag is no click.
  expect(opened.host.asked.map(([what]) => what)).toEqual(['move']);
});

test('filters leave out profiles, states and what has no such tag, and are kept', async ({ openCalendar }) => {
  const { page } = await openCalendar({ kept: { ...ahead(), view: 'list' } });
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('button', { name: 'Hide All' }).click();
  await expect(page.locator('.item')).toHaveCount(0);
  await page.getByRole('checkbox', { name: '@larkspur_dev' }).check();
  await expect(page.locator('.item').first()).toBeVisible();
  for (const words of await page.locator('.item b').allTextContents()) expect(words).toBe('@larkspur_dev');
  const before = await page.locator('.item').count();
  await page.getByRole('checkbox', { name: 'Docs', exact: true }).check();
  await expect.poll(() => page.locator('.item').count()).toBeLessThan(before);
  await page.getByRole('checkbox', { name: 'Pending' }).uncheck();
  await expect(page.locator('.item.is-pending')).toHaveCount(0);
  const kept = await page.evaluate(() => (globalThis as unknown as { keptState: { hiddenKinds: string[]; tagIds: string[] } }).keptState);
  expect(kept.hiddenKinds).toEqual(['pending']);
  expect(kept.tagIds).toHaveLength(1);
});

for (const [date, hours] of [
  ['2027-03-28', 23],
  ['2027-10-31', 25],
] as const)
  test(`a day of ${hours} hours is as long as it is, and the zone can be changed`, async ({ openCalendar }) => {
    const { page, picture } = await openCalendar({ kept: { date, zone: 'Europe/Berlin', view: 'week', ...none } });
    const changed = page.locator(`.day[data-date="${date}"]`);
    const height = async (column: Locator) => (await column.first().boundingBox())!.height;
    const regular = page.locator(`.day:not([data-date="${date}"])`);
    expect((await height(changed)) / (await height(regular))).toBeCloseTo(hours / 24, 2);
    await expect(page.locator(`#day-${date}`)).toContainText(`${hours} hours`);
    await expect(changed.locator('.line')).toHaveCount(hours);
    await page.locator('.week').evaluate((week) => (week.scrollTop = 0));
    await picture(`calendar-${hours}-hours`);
    await page.getByRole('combobox', { name: 'Time zone' }).selectOption('UTC');
    await expect(changed.locator('.line')).toHaveCount(0);
  });

test('what changes elsewhere moves in place, and nothing else is drawn anew', async ({ openCalendar, sandbox }) => {
  const { page, host } = await openCalendar({ kept: { ...ahead(), view: 'list' } });
  // One with a time of its own: no other moves up.
  const ids = await page.locator('.item.is-pending').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['id']!));
  const id = ids.find((each) => sandbox.state.updates.get(each)!.isCustomScheduled)!;
  const { at } = await idAndTime(page.locator(`.item[data-id="${id}"]`));
  await page.evaluate(() => document.querySelectorAll('.item').forEach((each) => ((each as HTMLElement).dataset['seen'] = '')));
  await host.store.edit(id, { when: { at: new Date(at + 3_600_000) } });
  await expect(page.locator(`.item[data-id="${id}"]`)).toHaveAttribute('data-at', String(at + 3_600_000));
  // Into another day at most.
  expect(await page.locator('.item:not([data-seen])').count()).toBeLessThanOrEqual(1);
});

test('REST API v1 has no ranges: the queues are shown as they are, and loading them says what it costs', async ({
  openCalendar,
  sandbox,
}) => {
  const { page } = await openCalendar({ api: 'v1' });
  expect(sandbox.requests()).toHaveLength(0);
  const load = page.getByRole('button', { name: /Load Queues/u });
  const requests = Number(/\d+/u.exec((await load.textContent())!)![0]);
  await load.click();
  await expect(page.locator('.item').first()).toBeVisible();
  await expect.poll(() => sandbox.requests().length).toBe(requests);
  await expect(load).toBeHidden();
});

test('a month counts the free posting times of each day, and shows them as a list', async ({ openCalendar, sandbox }) => {
  const { page, picture } = await openCalendar({ kept: { ...ahead(), view: 'month' } });
  const youtube = sandbox.state.profiles.find(({ service }) => service === 'youtube')!;
  for (const update of [...sandbox.state.updates.values()]) if (update.profileId === youtube.id) sandbox.state.remove(update);
  await page.getByRole('button', { name: 'Refresh' }).click();
  const cell = page.locator('.cell').filter({ has: page.getByText(/^\s*\d+ free\s*$/u) });
  await expect(cell.first()).toBeVisible();
  await picture('calendar-month-free');
  const count = Number(/(\d+) free/u.exec((await cell.last().textContent())!)![1]);
  const date = await cell.last().getAttribute('data-date');
  await cell
    .last()
    .getByRole('button', { name: /free posting times/u })
    .press('Enter');
  await expect(page.locator(`.listed[data-date="${date}"] .item.is-free`)).toHaveCount(count);
});

test('what was deleted elsewhere, of which nobody tells, is gone after a refresh, and ends the move of whoever moves it', async ({
  openCalendar,
  sandbox,
}) => {
  const opened = await openCalendar({ kept: { ...ahead(), view: 'list' } });
  const { page, host } = opened;
  const pending = page.locator('.item.is-pending');
  await expect(pending.first()).toBeVisible();
  const [moved, other] = await pending.evaluateAll((all) => all.slice(0, 2).map((each) => (each as HTMLElement).dataset['id']!));
  for (const id of [moved!, other!]) sandbox.state.remove(sandbox.state.updates.get(id)!);
  await page.locator(`.item[data-id="${moved}"]`).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect.poll(() => movesOf(opened)).toHaveLength(1);
  await expect(page.locator('.item.is-moving, .item.is-held')).toHaveCount(0);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.locator(`.item[data-id="${moved}"], .item[data-id="${other}"]`)).toHaveCount(0);
  // Nothing brings it back, such as another read of it in vain.
  sandbox.faults.add({ kind: 'status', status: 500, times: 20 });
  await host.store.refresh().catch(() => undefined);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
  await expect(page.locator(`.item[data-id="${other}"]`)).toHaveCount(0);
});

test('what a refresh in the background brings moves in place, and nothing else is drawn anew', async ({ openCalendar, sandbox }) => {
  // Whatever day it is: the one of the first that has a time of its own.
  const due = [...sandbox.state.updates.values()].filter(({ status, isCustomScheduled }) => status === 'buffer' && isCustomScheduled);
  const date = new Date(Math.min(...due.map(({ dueAt }) => dueAt)) * 1000).toISOString().slice(0, 10);
  const { page, host } = await openCalendar({ kept: { date, ...none, view: 'list' } });
  await expect(page.locator('.item.is-pending').first()).toBeVisible();
  const ids = await page.locator('.item.is-pending').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['id']!));
  const id = ids.find((each) => sandbox.state.updates.get(each)!.isCustomScheduled)!;
  const { at } = await idAndTime(page.locator(`.item[data-id="${id}"]`));
  await page.evaluate(() => document.querySelectorAll('.item').forEach((each) => ((each as HTMLElement).dataset['seen'] = '')));
  sandbox.state.edit(sandbox.state.updates.get(id)!, { when: { at: at / 1000 + 60 } });
  await host.store.refresh();
  await expect(page.locator(`.item[data-id="${id}"]`)).toHaveAttribute('data-at', String(at + 60_000));
  expect(await page.locator('.item:not([data-seen])').count()).toBeLessThanOrEqual(1);
});

test('text is data, and stays within its place, whatever it holds', async ({ openCalendar, sandbox }) => {
  const hostile = '<img src=x onerror="document.title=1"> ${1+1} <b>bold</b> \u202eturned';
  const long = `${hostile} ${'Larkspur'.repeat(60)}`;
  const { page, picture } = await openCalendar({ kept: { ...ahead(), view: 'list' } });
  const [first, second, third] = sandbox.state.profiles;
  const rename = (profile: typeof first, formattedUsername: string) => Object.assign(profile!, { formattedUsername });
  rename(first, long);
  rename(second, '\u202eשלום \u2066');
  rename(third, 'Larkspur'.repeat(40));
  for (const update of sandbox.state.updates.values())
    update.text = update.profileId === first!.id ? hostile : `${'🌼'.repeat(200)} ${long}`;
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.locator('.item', { hasText: '<img src=x' }).first()).toBeVisible();
  for (const [width, views] of [
    [1280, ['Week', 'Month', 'List']],
    [320, ['List']],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    for (const view of views) {
      await page.getByRole('button', { name: view, exact: true }).click();
      await expect(page.locator(`.${view.toLowerCase()} .item`).first()).toBeAttached();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await picture(`calendar-hostile-${view.toLowerCase()}-${width}`);
    }
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
  }
  expect(await page.title()).not.toBe('1');
  await expect(page.locator('.item :is(img, script)')).toHaveCount(0);
  // A name that turns what follows it ends with itself, also where it is told.
  const labels = await page.locator('.item').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')!));
  expect(labels.filter((label) => /\u202e/u.test(label) && !/\u2068[^\u2069]*\u202e[^]*\u2069/u.test(label))).toEqual([]);
  expect(labels.some((label) => label.includes('\ufffd'))).toBe(false);
});

test.describe('in another language', () => {
  test.beforeEach(() => {
    vscodeStub.l10n.bundle = pseudoBundle();
  });
  test.afterEach(() => {
    vscodeStub.l10n.bundle = undefined;
  });

  for (const width of [360, 1280])
    test(`the calendar says everything in it, and whole, ${width} pixels wide`, async ({ openCalendar, sandbox }) => {
      test.slow();
      const { page, picture } = await openCalendar({ size: { width, height: 800 } });
      const { profiles, updates } = sandbox.state;
      const data = [
        ...profiles.flatMap((profile) => Object.values(profile).filter((each) => typeof each === 'string')),
        ...knownServices.map((service) => networkOf(service).label),
      ];
      const texts = [...updates.values()].map(({ text }) => text);
      const views = page.locator('.views button');
      for (const [index, view] of ['week', 'month', 'list'].entries()) {
        await views.nth(index).click();
        await expect(page.locator(`.${view}`)).toBeVisible();
        await expect(page.locator('.notice .codicon-loading')).toHaveCount(0);
        expect(await untranslated(page, data, texts)).toEqual([]);
        expect(await cutOff(page, '.item')).toEqual([]);
        expect(await overflowOf(page)).toBeLessThanOrEqual(0);
        await picture(`calendar-language-${width}-${view}`);
      }
    });
});

test.describe('in a language that runs from right to left', () => {
  test.beforeEach(() => {
    vscodeStub.env.language = 'he';
  });
  test.afterEach(() => {
    vscodeStub.env.language = 'en';
  });

  test('the week begins on the right, and keys and arrows lead to where one reads on', async ({ openCalendar }) => {
    test.slow();
    const { page, picture } = await openCalendar({ kept: ahead() });
    const days = page.locator('.week .day');
    const middleOf = async (locator: Locator) => {
      const { x, width } = (await locator.boundingBox())!;
      return x + width / 2;
    };
    expect(await middleOf(days.first())).toBeGreaterThan(await middleOf(days.last()));
    // Each update stands in its day, also where several share a time.
    const strays = await page.locator('.week .item').evaluateAll((items) =>
      items.filter((item) => {
        const [own, day] = [item.getBoundingClientRect(), item.closest('.day')!.getBoundingClientRect()];
        return own.left < day.left - 1 || own.right > day.right + 1;
      }),
    );
    expect(strays).toHaveLength(0);
    // What is cut off of words is their end.
    const words = page.locator('.item .words').first();
    await expect(words).toContainText(/[a-z]/u);
    expect(await words.evaluate((each) => getComputedStyle(each).direction)).toBe('ltr');
    const item = movable(page);
    const { id, at } = await idAndTime(item);
    await item.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator(`.item[data-id="${id}"]`)).toHaveAttribute('data-at', String(at + 86_400_000));
    await page.keyboard.press('Escape');
    for (const [index, view] of ['week', 'month', 'list'].entries()) {
      await page.locator('.views button').nth(index).click();
      await expect(page.locator(`.${view}`)).toBeVisible();
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
      await picture(`calendar-right-to-left-${view}`);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await expect(page.locator('.list')).toBeVisible();
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await picture('calendar-right-to-left-narrow');
  });
});
