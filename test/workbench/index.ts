// What VS Code calls inside the extension host: runs every bundled `*.test.cjs` beside this file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { timeoutFactor } from '../harness/timeoutFactor.ts';

// In a browser all that the extension host logs arrives in one stream; the launcher picks the report out by this.
const mark = process.env['BUFFER_REPORT_MARK'] ?? '';
const report = (...args: unknown[]) => console.log(`${mark}${format(...args)}`);

/** Runs the suite; rejects when a test fails, or when there are none. */
export async function run(): Promise<void> {
  try {
    await runSuite();
  } catch (error) {
    // VS Code logs the rejection as one message among many; here it stands under the report.
    report(error);
    throw error;
  }
}

async function runSuite(): Promise<void> {
  // Mocha is an ES module, of which require() makes something else in each version of Node.js.
  const { default: Mocha } = await import('mocha');
  Mocha.reporters.Base.consoleLog = report;
  Mocha.reporters.Base.useColors = Boolean(process.env['FORCE_COLOR']);
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: 20_000 * timeoutFactor,
    grep: process.env['BUFFER_TEST_GREP'] || undefined,
    forbidOnly: Boolean(process.env['CI']),
  });
  // The bundle is CommonJS, whatever the source is: __dirname is the folder of the bundle.
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name));
  }
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} of ${runner.total} tests failed`));
      else if (runner.total === 0) reject(new Error('No tests were found'));
      else resolve();
    });
  });
}
