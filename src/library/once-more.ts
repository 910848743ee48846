/** Work that a worker's death has cut off is done once more. */
import { hasDied } from '../workers/bridge.ts';

/**
 * @param again awaited before the second time: what the worker held is put into the next one first
 * @throws what the work throws; of a death that of the second time
 */
export async function onceMore<T>(work: () => Promise<T>, again: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!hasDied(error)) throw error;
    await again();
    return work();
  }
}
