import type { BufferApi } from '../../src/core/buffer/bufferApi.ts';
import type { Computer } from './time.ts';

/** A client of a window that can die: from then on no answer reaches it, and it asks nothing more; nor while its computer sleeps. */
export function mortal(api: BufferApi, life: { readonly isOver: boolean }, computer?: Pick<Computer, 'awake'>): BufferApi {
  const never = new Promise<never>(() => {});
  return new Proxy(api, {
    get: (target, name: keyof BufferApi) => {
      const value: unknown = Reflect.get(target, name);
      // What it knows by itself needs no answer.
      if (typeof value !== 'function' || ['serviceNow', 'retire', 'isComplete'].includes(name)) return value;
      return (...args: unknown[]) => {
        if (life.isOver) return never;
        const answer = (value as (...all: unknown[]) => Promise<unknown>)(...args);
        const unlessOver = async <Value>(give: () => Value) => {
          await computer?.awake();
          return life.isOver ? never : give();
        };
        return answer.then(
          (value) => unlessOver(() => value),
          (error: unknown) => unlessOver(() => Promise.reject(error as Error)),
        );
      };
    },
  });
}
