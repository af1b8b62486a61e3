// An update of every network, as another client made it: opened in the composer, changed there by hand, and sent.
import { draftOf } from '../../src/core/drafts/draftUpdate.ts';
import { clientOf } from '../sandbox/client.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { expect, test } from './fixtures.ts';
import { pictureAt, sizes } from './steps.ts';

const inputs: Readonly<Record<string, (sandbox: Sandbox, boardId?: string) => object>> = {
  twitter: () => ({ metadata: { twitter: { isAiGenerated: true, thread: [{ text: 'First' }, { text: 'Second' }] } } }),
  bluesky: () => ({ metadata: { bluesky: { linkAttachment: { url: 'https://larkspur.example/', title: 'A card' } } } }),
  mastodon: () => ({ metadata: { mastodon: { spoilerText: 'Petals' } } }),
  threads: () => ({ metadata: { threads: { topic: 'gardens', locationName: 'The wharf', locationId: '12', type: 'ghost_post' } } }),
  linkedin: () => ({ metadata: { linkedin: { firstComment: 'More inside' } } }),
  facebook: () => ({ metadata: { facebook: { type: 'post', firstComment: 'More inside' } } }),
  instagram: (sandbox) => ({
    assets: [{ image: { url: pictureAt(sandbox), metadata: { altText: 'Petals' } } }],
    metadata: {
      instagram: {
        type: 'reel',
        shouldShareToFeed: true,
        geolocation: { id: '12', text: 'The wharf' },
        stickerFields: { music: 'Waves', topics: 'gardens' },
      },
    },
  }),
  pinterest: (sandbox, boardServiceId) => ({
    assets: [{ image: { url: pictureAt(sandbox) } }],
    metadata: { pinterest: { boardServiceId, title: 'Petals', url: 'https://larkspur.example/' } },
  }),
  tiktok: (sandbox) => ({ assets: [{ image: { url: pictureAt(sandbox) } }], metadata: { tiktok: { title: 'Petals' } } }),
  youtube: () => ({
    assets: [{ video: { url: 'https://larkspur.example/a.mp4' } }],
    metadata: { youtube: { title: 'A walk', categoryId: '28', privacy: 'unlisted', license: 'creativeCommon' } },
  }),
  google: () => ({
    metadata: {
      google: {
        type: 'event',
        title: 'A walk',
        detailsEvent: {
          title: 'A walk',
          button: 'book',
          link: 'https://larkspur.example/',
          startDate: '2046-01-01T08:00:00.000Z',
          endDate: '2046-01-02T08:00:00.000Z',
          isFullDayEvent: true,
        },
      },
    },
  }),
};

/** What another client asks of the service; what came of it. */
async function ask(sandbox: Sandbox, query: string, input: object) {
  const response = await fetch(sandbox.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sandbox.graphqlToken}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data?: { made?: { post?: { id: string }; message?: string } }; errors?: unknown };
  expect(errors).toBeUndefined();
  expect(data?.made?.message).toBeUndefined();
  return data!.made!.post!.id;
}

for (const service of Object.keys(inputs)) {
  test(`of ${service}`, async ({ compose, sandbox }) => {
    const profile = sandbox.state
      .profilesOf(sandbox.state.users[0]!)
      .find((each) => each.service === service && !each.isLocked && !each.disconnected)!;
    const given = inputs[service]!(sandbox, profile.boards?.[0]?.serviceId);
    const query = `mutation ($input: CreatePostInput!) { made: createPost(input: $input) {
      ... on PostActionSuccess { post { id } } ... on MutationError { message } } }`;
    const common = { channelId: profile.id, mode: 'addToQueue', schedulingType: 'automatic', saveToDraft: true };
    const id = await ask(sandbox, query, { ...common, text: 'First', ...given });
    const { details: before } = structuredClone(sandbox.state.updates.get(id)!);
    const client = clientOf(sandbox, 'graphql');
    const { page, picture } = await compose({ draft: draftOf(await client.update(id)), size: sizes.small });
    await expect(page.locator('#text-field')).toHaveValue('First');
    await page.locator('#text-field').fill('First, and changed');
    if (await page.locator('#details').count()) await page.locator('#details').scrollIntoViewIfNeeded();
    await picture(`edit-${service}`);
    await page.locator('#text-field').press('Control+Enter');
    await expect(page.locator('#finished-title')).toBeVisible();
    const { text, details } = sandbox.state.updates.get(id)!;
    const [first, ...others] = (before?.thread as { text: string }[] | undefined) ?? [];
    const thread = first && [{ ...first, text: 'First, and changed' }, ...others];
    // What was not said before is said as it is told.
    expect({ text, details }).toMatchObject({ text: 'First, and changed', details: { ...before, ...(thread && { thread }) } });
  });
}

test('of Instagram, with what whoever is reminded puts in behind More', async ({ compose, sandbox }) => {
  const profile = sandbox.state.profilesOf(sandbox.state.users[0]!).find((each) => each.service === 'instagram')!;
  const media = { kind: 'picture', url: pictureAt(sandbox) } as const;
  const { page, picture } = await compose({ draft: { profileIds: [profile.id], text: 'To the wharf', media }, size: sizes.wide });
  await page.locator('#details summary').click();
  await page.getByLabel('Place', { exact: true }).fill('The wharf');
  await page.getByLabel('ID of the Place').fill('12');
  await page.getByLabel('Reminder: Music').fill('Waves');
  await picture('instagram-more');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#finished-title')).toBeVisible();
  const made = [...sandbox.state.updates.values()].find(({ text }) => text === 'To the wharf')!;
  expect(made.details).toMatchObject({ geolocation: { id: '12', text: 'The wharf' }, stickerFields: { music: 'Waves' } });
});

test('an event of Google Business that lasts whole days shows days alone, and one that is chosen is that day by UTC, too', async ({
  compose,
  sandbox,
}) => {
  const google = sandbox.state.profilesOf(sandbox.state.users[0]!).find((each) => each.service === 'google')!;
  Object.assign(google, { timeZone: 'Asia/Tokyo' });
  const { page, picture } = await compose({
    size: sizes.small,
    draft: {
      profileIds: [google.id],
      text: 'Two days of petals',
      details: { googlebusiness: { type: 'event', title: 'Fair', startsAt: '2046-01-01T00:30:00.000Z' } },
    },
  });
  const [starts, ends] = [page.getByLabel('Starts'), page.getByLabel('Ends')];
  await expect(starts).toHaveValue('2046-01-01T09:30');
  await page.locator('#details summary').click();
  await page.getByLabel('All day').check();
  await expect(starts).toHaveValue('2046-01-01');
  await starts.fill('2046-01-03');
  await ends.fill('2046-01-02');
  await expect(page.getByText('On Google Business, it ends before it starts.')).toBeVisible();
  await ends.fill('2046-01-03');
  await ends.scrollIntoViewIfNeeded();
  await picture('whole-days');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#finished-title')).toBeVisible();
  const made = [...sandbox.state.updates.values()].find(({ text }) => text === 'Two days of petals')!;
  const seconds = (time: string) => Date.parse(time) / 1000;
  // The hour that was chosen before stays with its day; one that never was is midday.
  expect(made.details).toMatchObject({
    detailsEvent: { isFullDayEvent: true, startDate: seconds('2046-01-03T00:30:00Z'), endDate: seconds('2046-01-03T03:30:00Z') },
  });
});

test('a file that is dropped where nothing asks for it is not passed over in silence', async ({ compose, sandbox }) => {
  const linkedin = sandbox.state.profilesOf(sandbox.state.users[0]!).find((each) => each.service === 'linkedin')!;
  const x = sandbox.state.profilesOf(sandbox.state.users[0]!).find((each) => each.service === 'twitter')!;
  const { page, picture } = await compose({ draft: { profileIds: [x.id], text: 'A guide' }, size: sizes.small });
  const give = (event: 'drop' | 'paste', name: string, type: string) =>
    page.evaluate(
      ({ kind, fileName, fileType }) => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], fileName, { type: fileType }));
        document.dispatchEvent(
          kind === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        );
      },
      { kind: event, fileName: name, fileType: type },
    );
  const note = page.locator('#media-note');
  await give('drop', 'guide.pdf', 'application/pdf');
  await expect(note).toContainText('None of the chosen networks shows documents.');
  await expect(note).toBeInViewport();
  await picture('dropped-document');
  await give('paste', 'guide.zip', 'application/zip');
  await expect(note).toContainText('Buffer takes no files, only public addresses of pictures');
  await page.locator(`#profile-${linkedin.id}`).click();
  await give('drop', 'guide.pdf', 'application/pdf');
  await expect(page.locator('#document-url')).toBeFocused();
  await expect(page.locator('#document-url-note')).toContainText('Buffer takes documents by a public address only');
});

test('what REST API v1 has no field for is told before sending, and can be taken away', async ({ compose, sandbox }) => {
  const x = sandbox.state.profilesOf(sandbox.state.users[0]!).find((each) => each.service === 'twitter')!;
  const { page, picture } = await compose({
    api: 'v1',
    size: sizes.small,
    draft: { profileIds: [x.id], text: 'One of several', details: { twitter: { thread: ['Two'] } }, when: { kind: 'draft' } },
  });
  await expect(page.locator('#details')).toContainText('Remove for X: Thread');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#when-kind')).toBeFocused();
  await page.locator('#when-kind').selectOption('queue');
  await expect(page.locator('#when-kind option')).toHaveCount(4);
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#remove-details-twitter')).toBeFocused();
  await picture('v1-left-over');
  await page.keyboard.press('Enter');
  await page.locator('#text-field').press('Control+Enter');
  await expect(page.locator('#finished-title')).toBeVisible();
});
