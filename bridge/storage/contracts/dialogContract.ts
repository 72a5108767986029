import { describe, expect, it } from 'vitest';
import { callIdSchema, callServerIdSchema, gatewayIdSchema } from '../../../shared/domain/index.ts';
import type { DialogStore, KeptDialog } from '../ports/DialogStore.ts';

const server = callServerIdSchema.parse('main');

export function keptDialog(id: string, change: Partial<KeptDialog> = {}): KeptDialog {
  return {
    id,
    callServerId: server,
    callId: callIdSchema.parse('call-1'),
    gatewayId: gatewayIdSchema.parse('gw1'),
    snapshot: { localTag: 'ours', routeSet: ['<sip:a;lr>'], localCSeq: 100 },
    ...change,
  };
}

/** What every `DialogStore` keeps to; `create` makes an empty one. */
export function describeDialogStore(name: string, create: () => Promise<DialogStore>): void {
  describe(`${name} as a dialog store`, () => {
    it('knows what was kept until it is forgotten, in the order of keeping', async () => {
      const dialogs = await create();
      await dialogs.keep(keptDialog('b'));
      await dialogs.keep(keptDialog('a', { gatewayId: gatewayIdSchema.parse('gw2') }));
      expect(await dialogs.list(server)).toEqual([
        keptDialog('b'),
        keptDialog('a', { gatewayId: gatewayIdSchema.parse('gw2') }),
      ]);
      await dialogs.forget('b');
      await dialogs.forget('gone');
      expect((await dialogs.list(server)).map(({ id }) => id)).toEqual(['a']);
    });

    it('has the last of what was kept under one id, in its first place', async () => {
      const dialogs = await create();
      await dialogs.keep(keptDialog('a'));
      await dialogs.keep(keptDialog('b'));
      await dialogs.keep(keptDialog('a', { snapshot: { localCSeq: 200 } }));
      const [first, second] = await dialogs.list(server);
      expect(first).toEqual(keptDialog('a', { snapshot: { localCSeq: 200 } }));
      expect(second?.id).toBe('b');
    });

    it('tells each call server its own', async () => {
      const dialogs = await create();
      const other = callServerIdSchema.parse('other');
      await dialogs.keep(keptDialog('a'));
      await dialogs.keep(keptDialog('b', { callServerId: other }));
      expect((await dialogs.list(other)).map(({ id }) => id)).toEqual(['b']);
    });
  });
}
