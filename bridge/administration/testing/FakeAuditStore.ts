import type { AuditEntry } from '../../../shared/admin/index.ts';
import { MemoryAuditStore } from '../../storage/index.ts';

/** An audit log whose entries a test can see, and that fails when it is told to. */
export class FakeAuditStore extends MemoryAuditStore {
  /** As they were appended; a test may empty it to see what comes next. */
  readonly entries: AuditEntry[] = [];
  failure: Error | undefined;

  override async append(entry: AuditEntry): Promise<void> {
    if (this.failure) throw this.failure;
    this.entries.push(entry);
    await super.append(entry);
  }
}
