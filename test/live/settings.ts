import { graphqlUrl, isLoopback } from '../../src/core/buffer/transport/serviceUrl.ts';

/**
 * The key and the address, from the environment.
 * @throws Error in words for whoever runs it; the key is in none
 */
export function serviceFrom(environment: NodeJS.ProcessEnv): { key: string; url: string } {
  const key = environment['BUFFER_API_KEY']?.trim();
  if (!key) throw new Error('Put an API key into BUFFER_API_KEY. You can make one at https://publish.buffer.com/settings/api.');
  if (!/^[\x21-\x7e]+$/u.test(key))
    throw new Error('What is in BUFFER_API_KEY is no key: it holds more than one word, or letters that no key has.');
  const address = environment['BUFFER_GRAPHQL_URL'];
  if (!address) return { key, url: graphqlUrl };
  if (!URL.canParse(address) || !isLoopback(new URL(address)))
    throw new Error('BUFFER_GRAPHQL_URL is for a sandbox on this machine only. Leave it out to ask Buffer.');
  return { key, url: address };
}

/** Takes the key out of whatever is about to be shown. */
export function without(key: string | undefined, text: string): string {
  if (!key) return text;
  return [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)].reduce((rest, each) => rest.replaceAll(each, '[key]'), text);
}
