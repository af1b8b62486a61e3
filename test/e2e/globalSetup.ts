// Once before all tests: the packed extension, and VS Code where it was never got. Workers would step on each other's toes.
import { buildRestartableExtension } from '../harness/extensionCopy.ts';
import { codeServerVariable, installVSCode, leanBuiltInExtensions } from '../harness/vscode.ts';
import { packExtension } from '../harness/vsix.ts';
import { builtInVariable, vsixVariable } from './fixtures.ts';

export default async function setUp(): Promise<void> {
  await installVSCode();
  process.env[vsixVariable] = await packExtension(await buildRestartableExtension(), 'queue-for-buffer-window');
  // The README shows VS Code as people have it, and an older code-server has no such choice.
  if (!process.env['PICTURES'] && !process.env[codeServerVariable]) process.env[builtInVariable] = await leanBuiltInExtensions();
}
