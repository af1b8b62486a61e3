// Answers every request with the same JSON, in a thread of its own: what a service does meanwhile is no part of a figure.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

export interface AnswerServer {
  readonly url: string;
  stop(): Promise<unknown>;
}

/** Starts a server that gives this answer to whatever is asked. */
export async function startAnswerServer(json: string): Promise<AnswerServer> {
  const worker = new Worker(new URL(import.meta.url), { workerData: json });
  const [port] = (await once(worker, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}`, stop: () => worker.terminate() };
}

if (!isMainThread && parentPort) {
  const body = Buffer.from(workerData as string);
  const server = createServer((request, response) => {
    // A request is read to its end, as a service does.
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
      response.end(body);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort!.postMessage((server.address() as AddressInfo).port));
}
