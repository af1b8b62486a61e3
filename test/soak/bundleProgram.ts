import { basename, join } from 'node:path';

/** Makes one file of a program, so that a process of it starts in a tenth of a second. @returns where it is */
export async function bundleProgram(entryPoint: string, folder: string): Promise<string> {
  const { build } = await import('esbuild');
  const outfile = join(folder, basename(entryPoint).replace(/\.ts$/u, '.mjs'));
  await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'es2023',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
