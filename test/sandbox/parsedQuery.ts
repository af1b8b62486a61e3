import { byText } from './byText.ts';
import { parse } from './graphqlJs.ts';

/** A query as parsed, once for all who look at it; undefined where it is none. */
export const parsedQuery = byText((query) => {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
});
