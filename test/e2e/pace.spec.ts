import { expect, test } from './fixtures.ts';
import { unfold } from './steps.ts';

test.describe('a pause that the service asks for', () => {
  // That many profiles at once cause no refusal in the first place is shown by rateLimiter.test.ts.
  test('is counted down above the rows, and nothing is asked for until it is over @once', async ({ workbench, sandbox }) => {
    await unfold(workbench, '@docs.larkspur.example', 'Pending');
    sandbox.faults.add({ kind: 'status', status: 429, headers: { 'retry-after': '40' } });
    await workbench.treeRows(/^Sent/).click();
    const countdown = workbench.page.getByText(/\d+ waits?; the next goes out in \d+ s/);
    await expect(countdown).toBeVisible();
    await workbench.screenshot('pace-countdown');
    const seconds = async () => Number(/in (\d+) s/u.exec((await countdown.textContent()) ?? '')?.[1]);
    const asked = sandbox.requests().length;
    const before = await seconds();
    await expect.poll(seconds).toBeLessThan(before);
    expect(sandbox.requests()).toHaveLength(asked);
  });
});
