import { expect, test } from './calendarFixtures.ts';

for (const theme of ['light', 'dark', 'highContrast'] as const)
  test(`shows a week, a month and a list in the theme ${theme}`, async ({ openCalendar, sandbox }) => {
    const { page, picture } = await openCalendar({ theme });
    await picture(`calendar-week-${theme}`);
    expect(sandbox.requests().length).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: 'Month', exact: true }).click();
    await picture(`calendar-month-${theme}`);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await picture(`calendar-list-${theme}`);
  });
