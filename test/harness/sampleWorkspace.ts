// A workspace of its own for every run, so that nothing a test writes lands in the repository.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleWorkspaceDir } from './paths.ts';

export interface SampleWorkspace {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Copies the sample workspace into a fresh temporary folder. */
export async function copySampleWorkspace(): Promise<SampleWorkspace> {
  const parent = await mkdtemp(join(tmpdir(), 'buffer-workspace-'));
  // The folder's name is the window's title: keep it the same on every run.
  const folder = join(parent, 'garden-notes');
  await cp(sampleWorkspaceDir, folder, { recursive: true });
  return { folder, remove: () => rm(parent, { recursive: true, force: true, maxRetries: 5 }) };
}
