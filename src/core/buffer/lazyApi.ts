import { lazily } from '../async/lazily.ts';
import type { BufferApi } from './bufferApi.ts';

/** What is known of a service before its client is loaded. */
export type ApiTraits = Pick<BufferApi, 'name' | 'capabilities' | 'isComplete'>;

/** Everything that asks the service; a method that is forgotten here does not compile. */
const methods = [
  'account',
  'overview',
  'profile',
  'schedules',
  'pending',
  'sent',
  'figures',
  'update',
  'recent',
  'due',
  'create',
  'edit',
  'share',
  'restore',
  'destroy',
  'moveToTop',
  'reorder',
  'shuffle',
  'configuration',
  'ideas',
  'createIdea',
  'templates',
  'template',
  'createTemplate',
  'updateTemplate',
  'destroyTemplate',
  'tags',
  'createTag',
  'notes',
] as const satisfies readonly Method[];
type Method = Exclude<keyof BufferApi, keyof ApiTraits | 'serviceNow' | 'retire'>;
type Requests = Pick<BufferApi, (typeof methods)[number]>;

/**
 * A client that is loaded with its first request. Its parsers and documents are most of the code of this extension,
 * and nothing of them is needed to show what was last known.
 */
export function lazyApi(traits: ApiTraits, load: () => Promise<BufferApi>): BufferApi {
  const loading = lazily(load);
  let loaded: BufferApi | undefined;
  let isRetired = false;
  const request =
    (name: Method) =>
    async (...args: never[]) => {
      loaded = await loading();
      if (isRetired) loaded.retire();
      return (loaded[name] as (...given: never[]) => unknown)(...args);
    };
  const serviceNow = () => loaded?.serviceNow();
  const retire = () => {
    isRetired = true;
    loaded?.retire();
  };
  return { ...traits, serviceNow, retire, ...(Object.fromEntries(methods.map((name) => [name, request(name)])) as unknown as Requests) };
}
