import { expect, test } from './fixtures.ts';

test.describe('sixty requests a minute', () => {
  test.skip(({ api }) => api !== 'v1', 'Buffer’s current API gives the queues of all profiles with one request.');
  // So that every row is there to be clicked.
  test.use({ viewport: { width: 900, height: 6_000 } });

  test('50 profiles unfolded one after another cause no refusal, and what waits is counted down', async ({ workbench, page, sandbox }) => {
    test.setTimeout(180_000);
    const { profiles } = sandbox.state;
    const [first] = profiles;
    for (let serial = 1; serial <= 50; serial++) {
      profiles.push({
        ...first!,
        id: `5160746d13f04a5e3b${String(serial).padStart(6, '0')}`,
        isDefault: false,
        formattedUsername: `@petal_${serial}`,
      });
    }
    await workbench.openView();
    const ofMany = workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: '@petal_' });
    await expect(ofMany).toHaveCount(50);
    for (const row of (await ofMany.all()).reverse()) await row.click();
    for (const section of ['Sent', 'Pending']) {
      const rows = workbench.treeRows(new RegExp(`^${section}`));
      await expect(rows).toHaveCount(50);
      for (const row of (await rows.all()).reverse()) await row.click();
    }
    await page.setViewportSize({ width: 900, height: 700 });
    const countdown = workbench.page.getByText(/wait; the next goes out in \d+ s/);
    await expect(countdown).toBeVisible();
    await workbench.screenshot('pace-countdown');
    await expect.poll(() => sandbox.requests().length, { timeout: 100_000 }).toBeGreaterThan(100);
    await expect(countdown).toHaveCount(0);
    expect(sandbox.requests().map(({ status }) => status)).not.toContain(429);
  });
});
