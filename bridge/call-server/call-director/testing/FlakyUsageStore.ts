import { MemoryUsageStore } from '../../../storage/index.ts';

/** A usage store that can be away. */
export class FlakyUsageStore extends MemoryUsageStore {
  isDown = false;

  override admit(...args: Parameters<MemoryUsageStore['admit']>) {
    return this.#try(() => super.admit(...args));
  }

  override answered(...args: Parameters<MemoryUsageStore['answered']>) {
    return this.#try(() => super.answered(...args));
  }

  override ended(...args: Parameters<MemoryUsageStore['ended']>) {
    return this.#try(() => super.ended(...args));
  }

  override exhaustions(...args: Parameters<MemoryUsageStore['exhaustions']>) {
    return this.#try(() => super.exhaustions(...args));
  }

  async #try<T>(perform: () => Promise<T>): Promise<T> {
    if (this.isDown) throw new Error('store is down');
    return perform();
  }
}
