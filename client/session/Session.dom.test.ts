import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { DialbridgeError } from '../../shared/errors/index.ts';
import { FakeTimers, settle } from '../state/testing/FakeTimers.ts';
import { ApiClient } from './ApiClient.ts';
import { GuestStore } from './GuestStore.ts';
import { createOtherTabs, type OtherTabs } from './OtherTabs.ts';
import { Session } from './Session.ts';
import { takeArrival } from './takeArrival.ts';

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

function make(answer: Answer, otherTabs?: OtherTabs, guests?: GuestStore) {
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
  const session = new Session({ api, timers, runExclusive: (task) => task(), otherTabs, guests });
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
    await session.start({ signInToken: 'a-token-of-a-link-0123' });
    expect(seen[0]).toMatchObject({ path: '/api/v1/session', body: { signInToken: 'a-token-of-a-link-0123' } });
    expect(session.state.get().kind).toBe('signedIn');
  });

  it('says why a used link does not sign in', async () => {
    const { session } = make(() => refused('signInLinkUsed'));
    await session.start({ signInToken: 'a-token-of-a-link-0123' });
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

describe('the session of a guest', () => {
  const hostToken = 'a-token-of-the-application';
  const store = () => new GuestStore(makeStorage());

  it('is renewed by asking again the same way, without a turn at the cookie', async () => {
    let count = 0;
    const { session, seen } = make(() => Response.json(grant(`token-${++count}`)), undefined, store());
    await session.start({ hostToken });
    await session.refresh();
    expect(seen.map(({ path, body }) => [path, body])).toEqual([
      ['/api/v1/session', { hostToken }],
      ['/api/v1/session', { hostToken }],
    ]);
    await expect(session.accessToken()).resolves.toBe('token-2');
  });

  it('goes on after a reload of the tab, and is forgotten when it ends', async () => {
    const guests = store();
    const answer = ({ method }: { method: string }) =>
      method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(grant());
    await make(answer, undefined, guests).session.start({ embedKey: 'pk_shop-1234', visitorId: 'visitor-1' });
    const reloaded = make(answer, undefined, guests);
    await reloaded.session.start(null);
    expect(reloaded.seen[0]?.body).toEqual({ embedKey: 'pk_shop-1234', visitorId: 'visitor-1' });
    await reloaded.session.signOut();
    expect(reloaded.seen[1]?.headers.get('Authorization')).toBe('Bearer token-1');
    expect(guests.read()).toBeNull();
  });

  it.each(['tokenInvalid', 'embedKeyInvalid', 'originNotAllowed', 'signedOutEverywhere'])(
    'ends with the reason when the bridge takes it no more: %s',
    async (code) => {
      const guests = store();
      let isOver = false;
      const { session } = make(() => (isOver ? refused(code, 403) : Response.json(grant())), undefined, guests);
      await session.start({ hostToken });
      isOver = true;
      await expect(session.refresh()).rejects.toMatchObject({ code });
      expect(session.state.get()).toMatchObject({ kind: 'signedOut', reason: { code } });
      expect(guests.read()).toBeNull();
    },
  );

  it('gives way to a person with a password in the same tab', async () => {
    const { session, seen } = make(() => Response.json(grant()), undefined, store());
    await session.start({ hostToken });
    await session.signIn({ userName: 'alice', password: 'a long password' });
    await session.refresh();
    expect(seen.at(-1)?.path).toBe('/api/v1/session/refresh');
  });
});

describe('the end of a session', () => {
  it('that the bridge tells leads out with the bridge’s reason', async () => {
    const { session } = make(() => Response.json(grant()));
    await session.start(null);
    session.end(new DialbridgeError('accountDisabled'));
    expect(session.state.get()).toMatchObject({ kind: 'signedOut', reason: { code: 'accountDisabled' } });
  });

  it('on every device is asked of the bridge, and told in every tab', async () => {
    const channel = 'sessions that end everywhere';
    const answer = ({ path }: { path: string }) =>
      path.endsWith('everywhere') ? new Response(null, { status: 204 }) : Response.json(grant());
    const here = make(answer, createOtherTabs(channel));
    const there = make(answer, createOtherTabs(channel));
    await Promise.all([here, there].map(({ session }) => session.start(null)));
    await here.session.signOutEverywhere();
    expect(here.seen.at(-1)).toMatchObject({ method: 'POST', path: '/api/v1/session/sign-out-everywhere' });
    expect(here.seen.at(-1)?.headers.get('Authorization')).toBe('Bearer token-1');
    expect(here.session.state.get()).toMatchObject({ kind: 'signedOut', reason: { code: 'signedOutEverywhere' } });
    await vi.waitFor(() => expect(there.session.state.get().kind).toBe('signedOut'));
  });

  it('of which a request learns first is an end too', async () => {
    const { session } = make(({ path }) => {
      if (path.endsWith('/contacts')) return refused('accountDisabled', 403);
      return session.state.get().kind === 'signedIn' ? refused('accountDisabled', 403) : Response.json(grant());
    });
    await session.start(null);
    const request = session.send({ method: 'GET', path: '/contacts' }, z.unknown());
    await expect(request).rejects.toMatchObject({ code: 'accountDisabled' });
    expect(session.state.get()).toMatchObject({ kind: 'signedOut', reason: { code: 'accountDisabled' } });
  });
});

describe('takeArrival', () => {
  const take = (address: string) => {
    window.history.replaceState(null, '', address);
    return takeArrival(window.location, window.history, () => 'visitor-1');
  };

  it.each([
    ['sign-in=abc%2Fdef', { signInToken: 'abc/def' }],
    ['token=a.b.c', { hostToken: 'a.b.c' }],
    ['embed-key=pk_shop-1234', { embedKey: 'pk_shop-1234', visitorId: 'visitor-1' }],
  ])('takes what stands behind # out of the address bar at once: %s', (words, arrival) => {
    expect(take(`/contacts?a=1#${words}`)).toEqual(arrival);
    expect(window.location.hash).toBe('');
    expect(window.location.pathname + window.location.search).toBe('/contacts?a=1');
  });

  it('leaves other addresses alone', () => {
    expect(take('/#elsewhere')).toBeNull();
    expect(window.location.hash).toBe('#elsewhere');
    expect(take('/#token=')).toBeNull();
  });
});

describe('GuestStore', () => {
  it.each(['junk', '{}', '{"userName":"alice","password":"x"}', 'null'])('knows nobody by %s', (text) => {
    const storage = makeStorage();
    storage.setItem('dialbridge.guest', text);
    expect(new GuestStore(storage).read()).toBeNull();
  });
});

function makeStorage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
  };
}
