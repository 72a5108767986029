import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { describeBindError } from './describeBindError.ts';

const host = '127.0.0.1';

it('names the UDP port that another program has', async () => {
  const [first, second] = [createSocket('udp4'), createSocket('udp4')];
  try {
    first.bind(0, host);
    await once(first, 'listening');
    const { port } = first.address();
    second.bind(port, host);
    const [error] = await once(second, 'error');
    expect(describeBindError(error)).toBe(`another program is using UDP port ${port} of 127.0.0.1`);
  } finally {
    first.close();
    second.close();
  }
});

it('names the TCP port that another program has', async () => {
  const first = createServer().listen(0, host);
  try {
    await once(first, 'listening');
    const { port } = first.address() as AddressInfo;
    const [error] = await once(createServer().listen(port, host), 'error');
    expect(describeBindError(error)).toBe(`another program is using TCP port ${port} of 127.0.0.1`);
  } finally {
    first.close();
  }
});

it('names an address that this machine does not have', async () => {
  const [error] = await once(createServer().listen(0, '203.0.113.9'), 'error');
  expect(describeBindError(error)).toBe('this machine has no address 203.0.113.9');
});

it('keeps the words of every other error', () => {
  expect(describeBindError(new Error('the worker ended'))).toBe('the worker ended');
});
