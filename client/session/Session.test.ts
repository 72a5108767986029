import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { FakeTimers, settle } from '../state/testing/FakeTimers.ts';
import { ApiClient } from './ApiClient.ts';
import { createOtherTabs, type OtherTabs } from './OtherTabs.ts';
import { Session } from './Session.ts';
import { takeSignInToken } from './takeSignInToken.ts';

const nowMs = 1_700_000_000_000;
const grant = (accessToken = 'token-1', expiresInMs = 600_000) => ({
  accessToken,
  expiresAtMs: nowMs + expiresInMs,
  user: { id: 'u1', userName: 'alice', displayName: 'Alice', role: 'user' },
  brand: { id: 'default', name: 'Dialbridge', defaultCountry: 'US', language: 'en' },
  callServer: { id: 'cs-1', url: 'http://127.0.0.1:8080' },
});
const refused = (code: string, status = 401) => Response.json({ error: { code, message: 'no' } }, { status });

type Answer = (request: { method: string; path: string; headers: Headers; body: unknown }) => Response;

function make(answer: Answer, otherTabs?: OtherTabs) {
  const seen: { method: string; path: string; headers: Headers; body: unknown }[] = [];
  const timers = new FakeTimers(nowMs);
  const api = new ApiClient({
    origin: '',
    fetch: async (input, init) => {
      const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
      const request = { method: init?.method ?? 'GET', path: String(input), headers: new Headers(init?.headers), body };
      seen.push(request);
      return answer(request);
    },
  });
  const session = new Session({ api, timers, runExclusive: (task) => task(), otherTabs });
  onTestFinished(() => session.close());
  return { session, seen, timers };
}

describe('Session', () => {
  it('is continued at load by the cookie, with the header that no form can send', async () => {
    const { session, seen } = make(() => Response.json(grant()));
    await session.start(null);
    expect(session.state.get()).toMatchObject({ kind: 'signedIn', grant: { user: { userName: 'alice' } } });
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/api/v1/session/refresh' });
    expect(seen[0]?.headers.get('X-Dialbridge')).toBe('1');
  });

  it('asks for the password without a reproach when there was no session', async () => {
    const { session } = make(() => refused('unauthenticated'));
    await session.start(null);
    expect(session.state.get()).toEqual({ kind: 'signedOut', reason: null });
  });

  it('signs in by a link', async () => {
    const { session, seen } = make(() => Response.json(grant()));
    await session.start('a-token-of-a-link-0123');
    expect(seen[0]).toMatchObject({ path: '/api/v1/session', body: { signInToken: 'a-token-of-a-link-0123' } });
    expect(session.state.get().kind).toBe('signedIn');
  });

  it('says why a used link does not sign in', async () => {
    const { session } = make(() => refused('signInLinkUsed'));
    await session.start('a-token-of-a-link-0123');
    expect(session.state.get()).toMatchObject({ kind: 'signedOut', reason: { code: 'signInLinkUsed' } });
  });

  it('keeps trying while the bridge cannot be reached', async () => {
    let isUp = false;
    const { session, timers } = make(() => {
      if (!isUp) throw new TypeError('Failed to fetch');
      return Response.json(grant());
    });
    await session.start(null);
    expect(session.state.get().kind).toBe('unreachable');
    isUp = true;
    await timers.advance(3_000);
    expect(session.state.get().kind).toBe('signedIn');
  });

  it('takes the page of a proxy for a bridge that is away', async () => {
    const { session } = make(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await session.start(null);
    expect(session.state.get().kind).toBe('unreachable');
  });

  it('throws wrong credentials to the form and stays signed out', async () => {
    const { session } = make(({ path }) => refused(path.endsWith('refresh') ? 'unauthenticated' : 'wrongCredentials'));
    await session.start(null);
    await expect(session.signIn({ userName: 'alice', password: 'no' })).rejects.toMatchObject({
      code: 'wrongCredentials',
    });
    expect(session.state.get().kind).toBe('signedOut');
  });

  it('renews a token that is about to end before it is used, once for all who wait', async () => {
    let count = 0;
    const { session, seen } = make(() => Response.json(grant(`token-${++count}`, count === 1 ? 1_000 : 600_000)));
    await session.start(null);
    await expect(Promise.all([session.accessToken(), session.accessToken()])).resolves.toEqual(['token-2', 'token-2']);
    expect(seen).toHaveLength(2);
  });

  it('sends a request again with a new token when the old one was refused', async () => {
    let count = 0;
    const { session } = make(({ path, headers }) => {
      if (path.endsWith('/refresh')) return Response.json(grant(`token-${++count}`));
      return headers.get('Authorization') === 'Bearer token-2'
        ? Response.json({ is: 'here' })
        : refused('sessionExpired');
    });
    await session.start(null);
    await expect(session.send({ method: 'GET', path: '/x' }, z.object({ is: z.string() }))).resolves.toEqual({
      is: 'here',
    });
  });

  it('ends with a word when it can be renewed no more', async () => {
    let isOver = false;
    const { session } = make(() => (isOver ? refused('sessionExpired') : Response.json(grant())));
    await session.start(null);
    isOver = true;
    await expect(session.refresh()).rejects.toMatchObject({ code: 'sessionExpired' });
    expect(session.state.get()).toMatchObject({ kind: 'signedOut', reason: { code: 'sessionExpired' } });
  });

  it('is not ended by a bridge that is away for a moment', async () => {
    let isUp = true;
    const { session } = make(() => {
      if (!isUp) throw new TypeError('Failed to fetch');
      return Response.json(grant());
    });
    await session.start(null);
    isUp = false;
    await expect(session.refresh()).rejects.toThrow('cannot be reached');
    await expect(session.signOut()).rejects.toThrow('cannot be reached');
    await settle();
    expect(session.state.get().kind).toBe('signedIn');
  });

  it('is forgotten at the bridge too on sign-out', async () => {
    const { session, seen } = make(({ method }) =>
      method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(grant()),
    );
    await session.start(null);
    await session.signOut();
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', path: '/api/v1/session' });
    expect(session.state.get()).toEqual({ kind: 'signedOut', reason: null });
  });

  it('ends in every tab of the person when they sign out in one, and in nobody else’s', async () => {
    const channel = 'sessions of this test';
    const alice = (): Response => Response.json(grant());
    const bob = () => Response.json({ ...grant(), user: { ...grant().user, id: 'u2', userName: 'bob' } });
    const [here, there, bobs] = [alice, alice, bob].map(
      (answer) =>
        make(
          ({ method }) => (method === 'DELETE' ? new Response(null, { status: 204 }) : answer()),
          createOtherTabs(channel),
        ).session,
    );
    await Promise.all([here, there, bobs].map((session) => session?.start(null)));
    await here?.signOut();
    await vi.waitFor(() => expect(there?.state.get()).toEqual({ kind: 'signedOut', reason: null }));
    expect(bobs?.state.get().kind).toBe('signedIn');
  });
});

describe('takeSignInToken', () => {
  it('takes the token out of the address bar at once', () => {
    window.history.replaceState(null, '', '/contacts?a=1#sign-in=abc%2Fdef');
    expect(takeSignInToken(window.location, window.history)).toBe('abc/def');
    expect(window.location.hash).toBe('');
    expect(window.location.pathname + window.location.search).toBe('/contacts?a=1');
  });

  it('leaves other addresses alone', () => {
    window.history.replaceState(null, '', '/#elsewhere');
    expect(takeSignInToken(window.location, window.history)).toBeNull();
    expect(window.location.hash).toBe('#elsewhere');
  });
});
