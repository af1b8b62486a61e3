import type { TemplateStore } from '../core/templates/templateStore.ts';
import { LazyFileSystem } from './lazyFileSystem.ts';

/** Templates as documents. They have no folders and keep their names, and are deleted by their command. */
export class LazyTemplateFiles extends LazyFileSystem {
  constructor(templates: () => Promise<TemplateStore>) {
    super(async () => new (await import('./templateFiles.ts')).TemplateFiles(await templates()));
  }
}
