// `npm run test:oldest`: the Mocha suite, and the window tests tagged @oldest, on the oldest VS Code that package.json
// promises, under the Node.js which that VS Code was made for.
import { readFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { npmCommand } from './npm.ts';
import { oldestCodeServer } from './oldestVSCode.ts';
import { repositoryDir } from './paths.ts';
import { codeServerVariable } from './vscode.ts';

const suites: readonly (readonly string[])[] = [['test:workbench'], ['test:e2e', '--', '--grep=@oldest']];

const manifest = JSON.parse(await readFile(join(repositoryDir, 'package.json'), 'utf8')) as { engines: { vscode: string } };
const version = oldestCodeServer(manifest.engines.vscode);
console.log(`On code-server ${version}, for VS Code ${manifest.engines.vscode}`);

for (const suite of suites) {
  const { command, args, shell } = npmCommand('run', '--silent', ...suite);
  const child = spawn(command, args, { shell, stdio: 'inherit', env: { ...process.env, [codeServerVariable]: version } });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
