// Once before all tests: the composer's page as it ships.
import { buildSandboxExtension } from '../harness/extensionCopy.ts';
import { pageExtensionDir } from '../harness/paths.ts';

export default async function setUp(): Promise<void> {
  await buildSandboxExtension(pageExtensionDir, { minify: true });
}
