import type { CharacterCount } from '../networks/characterCount.ts';
import type { Profile } from '../buffer/model.ts';
import type { QueueStore } from './queueStore.ts';

type Writer = Pick<Profile, 'service' | 'serviceType' | 'characters'>;

/**
 * Counts texts as the networks do, up to the limits that the service told. Loaded when it is first needed: the
 * networks' rules take longer to load than the rest of the extension.
 */
export async function characterCounter(store: QueueStore): Promise<(text: string, writer: Writer) => CharacterCount> {
  const { characterLimit, countCharacters } = await import('../networks/characterCount.ts');
  const configuration = await store.configuration();
  return (text, writer) => countCharacters(text, writer.service, characterLimit(writer, configuration));
}
