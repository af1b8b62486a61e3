// Where things lie in this repository; the harness names no path any other way.
import { join } from 'node:path';

const fromRoot = (...parts: string[]) => join(import.meta.dirname, '..', '..', ...parts);

/** The repository, which is also the extension under development. */
export const repositoryDir = fromRoot();
/** Downloads and the data of `npm start`: kept between runs, ignored by git. */
export const cacheDir = fromRoot('.vscode-test');
/** What the harness builds; safe to delete. */
export const outDir = fromRoot('out');
/** The extension as the tests and `npm start` see it. */
export const sandboxExtensionDir = fromRoot('out', 'sandbox');
/** The same for the tests of whole windows, which may be built while others use the first. */
export const windowExtensionDir = fromRoot('out', 'window');
/** The same for the tests of the composer's page. */
export const pageExtensionDir = fromRoot('out', 'page');
/** The bundled Mocha suite that runs inside the extension host. */
export const workbenchTestsDir = fromRoot('out', 'workbench');
/** Screenshots and traces of the last run. */
export const resultsDir = fromRoot('test-results');
/** The folder opened as the workspace; copy it before anything writes to it. */
export const sampleWorkspaceDir = fromRoot('test', 'harness', 'workspace');
/** What goes into the windows of the tests beside the extension. */
export const windowSourcesDir = fromRoot('test', 'harness', 'window');
