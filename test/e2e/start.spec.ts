import { expect, test } from './fixtures.ts';
import { unfold } from './steps.ts';

test.describe('getting started', { tag: '@once' }, () => {
  test.describe('in a narrow window', () => {
    test.use({ viewport: { width: 640, height: 560 }, colorTheme: 'highContrastLight' });
    test('everything still fits', async ({ workbench }) => {
      await unfold(workbench, '@larkspur.docs', 'Pending');
      await expect(workbench.treeRows('New in the docs').or(workbench.treeRows('Larkspur')).first()).toBeVisible();
      await workbench.screenshot('start-narrow');
    });
  });

  test.describe('in a new window', () => {
    test.use({ ownWindow: true });

    test('the walkthrough leads from signing in to the first update', async ({ workbench, page }) => {
      await workbench.openView();
      await workbench.runCommand('Buffer: Sign Out');
      const walkthrough = page.locator('.gettingStartedContainer');
      await workbench.sideBar.getByRole('button', { name: 'Learn More' }).click();
      await expect(walkthrough).toContainText('Get Started with Queue for Buffer');
      await expect(walkthrough).toContainText('Sign in to Buffer');
      await workbench.screenshot('start-walkthrough');
    });
  });
});
