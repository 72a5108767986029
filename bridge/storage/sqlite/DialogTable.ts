import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { callIdSchema, callServerIdSchema, gatewayIdSchema } from '../../../shared/domain/index.ts';
import type { KeptDialog } from '../ports/DialogStore.ts';
import type { DialogQuery, DialogWrite } from './operations.ts';

const rowSchema = z.object({
  id: z.string(),
  call_server_id: callServerIdSchema,
  call_id: callIdSchema,
  gateway_id: gatewayIdSchema,
  snapshot: z.string(),
});

/** The table `dialogs`. */
export class DialogTable {
  readonly #keep: StatementSync;
  readonly #forget: StatementSync;
  readonly #list: StatementSync;

  constructor(database: DatabaseSync) {
    this.#keep = database.prepare(`
      INSERT INTO dialogs (id, call_server_id, call_id, gateway_id, snapshot) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET call_server_id = excluded.call_server_id, call_id = excluded.call_id,
        gateway_id = excluded.gateway_id, snapshot = excluded.snapshot`);
    this.#forget = database.prepare('DELETE FROM dialogs WHERE id = ?');
    this.#list = database.prepare('SELECT * FROM dialogs WHERE call_server_id = ? ORDER BY seq');
  }

  perform(write: DialogWrite): void {
    if (write.kind === 'forgetDialog') {
      this.#forget.run(write.id);
      return;
    }
    const { id, callServerId, callId, gatewayId, snapshot } = write.dialog;
    this.#keep.run(id, callServerId, callId, gatewayId, JSON.stringify(snapshot));
  }

  answer({ callServerId }: DialogQuery): readonly KeptDialog[] {
    return this.#list.all(callServerId).map((row) => {
      const { id, call_server_id, call_id, gateway_id, snapshot } = rowSchema.parse(row);
      return {
        ...{ id, callServerId: call_server_id, callId: call_id, gatewayId: gateway_id },
        snapshot: JSON.parse(snapshot) as unknown,
      };
    });
  }
}
