import { expect } from 'vitest';
import { BufferError } from '../../../src/core/buffer/bufferError.ts';

/** What a promise is rejected with, which is a `BufferError`: nothing else leaves the clients. */
export async function failureOf(promise: Promise<unknown>): Promise<BufferError> {
  const error = await promise.then(
    () => undefined,
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(BufferError);
  return error as BufferError;
}
