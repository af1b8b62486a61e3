// Once before all tests: the packed extension, and VS Code where it was never got. Workers would step on each other's toes.
import { buildSandboxExtension } from '../harness/extensionCopy.ts';
import { installVSCode } from '../harness/vscode.ts';
import { packExtension } from '../harness/vsix.ts';
import { vsixVariable } from './fixtures.ts';

export default async function setUp(): Promise<void> {
  await installVSCode();
  process.env[vsixVariable] = await packExtension(await buildSandboxExtension(), 'queue-for-buffer-sandbox');
}
