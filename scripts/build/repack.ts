// Makes a .vsix smaller without taking away anything of it that is read.
import { readFile, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import zopfli from '@gfx/zopfli';
import { unzipSync, Zip, type ZipInputFile } from 'fflate';

/** What only those who work on the extension need of its manifest. */
const ofDevelopment = new Set(['scripts', 'dependencies', 'devDependencies', 'allowScripts', 'overrides']);

/** Of the packer: more of them cost seconds for a few bytes. */
const rounds = 5;

const manifestPath = 'extension/package.json';
const deflated = 8;

/**
 * Packs it again, each file as tightly as its format allows, in the order they had. Any zip program can read it.
 * @returns its bytes before and after
 */
export async function repack(vsix: string): Promise<{ readonly before: number; readonly after: number }> {
  const packed = await readFile(vsix);
  const files = Object.entries(unzipSync(packed)).map(
    ([path, content]) => [path, path === manifestPath ? slimManifest(content) : content] as const,
  );
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const [filename, content] of files) {
    const data = await zopfli.deflateAsync(content, { numiterations: rounds });
    const file: ZipInputFile = { filename, size: content.length, crc: crc32(content), compression: deflated };
    zip.add(file);
    file.ondata!(null, Uint8Array.from(data), true);
  }
  zip.end();
  const again = Buffer.concat(chunks);
  await writeFile(vsix, again);
  return { before: packed.length, after: again.length };
}

function slimManifest(content: Uint8Array): Uint8Array {
  const manifest = JSON.parse(Buffer.from(content).toString('utf8')) as Record<string, unknown>;
  return Buffer.from(JSON.stringify(released(manifest)));
}

/** A manifest without what only those who work on the extension need. */
export function released(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !ofDevelopment.has(key)));
}
