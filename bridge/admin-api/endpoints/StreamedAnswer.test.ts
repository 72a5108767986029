import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { DialbridgeError } from '../../../shared/errors/index.ts';
import { RecordingLogger } from '../../observability/RecordingLogger.ts';
import { sendErrors } from '../sendErrors.ts';
import { StreamedAnswer } from './StreamedAnswer.ts';

const servers: Server[] = [];

async function ask(chunks: AsyncIterable<string>): Promise<IncomingMessage> {
  const app = express();
  app.get('/', (_req, res) => {
    const answer = new StreamedAnswer(chunks, { contentType: 'text/csv; charset=utf-8', fileName: 'calls.csv' });
    return answer.send(res);
  });
  app.use(sendErrors(new RecordingLogger()));
  const server = createServer(app).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const [response] = await once(get({ port: (server.address() as AddressInfo).port }), 'response');
  return response;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('StreamedAnswer', () => {
  it('sends what comes as a file', async () => {
    async function* chunks() {
      yield 'a,b\r\n';
      yield '';
      yield '1,ü\r\n';
    }
    const response = await ask(chunks());
    expect(response.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="calls.csv"',
    });
    expect(await text(response)).toBe('a,b\r\n1,ü\r\n');
  });

  it('sends an empty file where nothing comes', async () => {
    async function* chunks() {}
    const response = await ask(chunks());
    expect([response.statusCode, await text(response)]).toEqual([200, '']);
  });

  it('answers an error where it can’t begin', async () => {
    // biome-ignore lint/correctness/useYield: it fails before it has anything to give.
    async function* chunks(): AsyncGenerator<string> {
      throw new DialbridgeError('forbidden');
    }
    const response = await ask(chunks());
    expect([response.statusCode, JSON.parse(await text(response)).error.code]).toEqual([403, 'forbidden']);
  });

  it('breaks off where it fails later, so that nobody takes half a file for the whole', async () => {
    async function* chunks() {
      yield 'a,b\r\n';
      throw new Error('the disk is gone');
    }
    const response = await ask(chunks());
    await expect(text(response)).rejects.toThrow('aborted');
  });

  it('makes no more than is taken, and stops when the other side leaves', async () => {
    let made = 0;
    const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
    async function* chunks() {
      try {
        for (; made < 10_000; made += 1) yield 'x'.repeat(100_000);
      } finally {
        stop();
      }
    }
    const response = await ask(chunks());
    await once(response, 'readable');
    response.destroy();
    await stopped;
    expect(made).toBeLessThan(500);
  });
});
