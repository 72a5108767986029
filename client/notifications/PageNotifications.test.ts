import { describe, expect, it } from 'vitest';
import { settle } from '../state/testing/FakeTimers.ts';
import { PageNotifications } from './PageNotifications.ts';
import { FakeNotifications } from './testing/FakeNotifications.ts';

const call = { title: 'Anna is calling', body: 'called Support', icon: 'data:,', tag: 'in-1', isSilent: true };

function make({ permission = 'default' as NotificationPermission, status = new EventTarget() } = {}) {
  const fake = new FakeNotifications();
  fake.permission = permission;
  const permissions = { query: async () => status } as unknown as Permissions;
  const notifications = new PageNotifications({ api: fake.api, permissions, focusPage: () => fake.focusPage() });
  return { fake, notifications, status };
}

describe('PageNotifications', () => {
  it.each([
    ['default', 'undecided'],
    ['granted', 'granted'],
    ['denied', 'refused'],
  ] as const)('tells %s as %s, and asks nothing by itself', (permission, permit) => {
    const { fake, notifications } = make({ permission });
    expect([notifications.permit.get(), fake.asked]).toEqual([permit, 0]);
  });

  it('follows what the person answers, and what they decide later in the browser', async () => {
    const { fake, notifications, status } = make();
    await notifications.ask();
    expect(notifications.permit.get()).toBe('granted');
    await settle();
    fake.permission = 'denied';
    status.dispatchEvent(new Event('change'));
    expect(notifications.permit.get()).toBe('refused');
  });

  it('shows nothing without the permission', () => {
    const { fake, notifications } = make();
    notifications.show(call)();
    expect(fake.shown).toHaveLength(0);
  });

  it('keeps what it shows until it is closed', () => {
    const { fake, notifications } = make({ permission: 'granted' });
    const close = notifications.show(call);
    expect(fake.shown[0]).toMatchObject({ requireInteraction: true, silent: true, tag: 'in-1', isClosed: false });
    close();
    expect(fake.shown[0]?.isClosed).toBe(true);
  });

  it('counts as unsupported where only service workers may show any', () => {
    class Refusing {
      static permission = 'granted';
      constructor() {
        throw new TypeError('Illegal constructor');
      }
    }
    const api = Refusing as unknown as typeof Notification;
    const notifications = new PageNotifications({ api, permissions: undefined, focusPage: () => undefined });
    expect(() => notifications.show(call)()).not.toThrow();
    expect(notifications.permit.get()).toBe('unsupported');
  });

  it('counts as unsupported where the browser has none', async () => {
    const notifications = new PageNotifications({ api: undefined, permissions: undefined, focusPage: () => undefined });
    await notifications.ask();
    expect(notifications.permit.get()).toBe('unsupported');
  });
});
