import { beforeEach, describe, expect, it } from 'vitest';
import { chooseCallServerUrl } from './chooseCallServerUrl.ts';
import { keepDeviceId } from './keepDeviceId.ts';

describe('chooseCallServerUrl', () => {
  it('goes where the load balancer says', () => {
    expect(chooseCallServerUrl('https://cs2.example.com', { origin: 'https://example.com' })).toBe(
      'https://cs2.example.com',
    );
  });

  it('stays on the page’s origin where both are the same port of this machine', () => {
    expect(chooseCallServerUrl('http://127.0.0.1:8080', { origin: 'http://localhost:8080' })).toBe(
      'http://localhost:8080',
    );
    expect(chooseCallServerUrl('http://127.0.0.1:8081', { origin: 'http://localhost:8080' })).toBe(
      'http://127.0.0.1:8081',
    );
  });
});

describe('keepDeviceId', () => {
  let count = 0;
  const newId = () => `device-${++count}`;

  beforeEach(() => {
    sessionStorage.clear();
    count = 0;
  });

  it('keeps the id over a reload', () => {
    const first = keepDeviceId(window, newId);
    window.dispatchEvent(new Event('pagehide'));
    expect(keepDeviceId(window, newId)).toBe(first);
  });

  it('gives a duplicated tab an id of its own', () => {
    const first = keepDeviceId(window, newId);
    expect(keepDeviceId(window, newId)).not.toBe(first);
  });
});
