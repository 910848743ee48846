/** What tabs of one browser tell each other of kept collections. */
import type { Change } from './writer.ts';

/** What one tab tells the others. */
export type Told =
  | { readonly type: 'change'; readonly collection: string; readonly change: Change }
  /** Collections have been made, renamed or deleted. */
  | { readonly type: 'collections' }
  | { readonly type: 'wiped' };

export class Channel {
  /** Null where the browser has none: then a tab sees what others have written when it opens the collection again. */
  private readonly channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('carrel.kept');

  constructor(onTold: (told: Told) => void) {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => onTold(data));
  }

  tell(told: Told): void {
    this.channel?.postMessage(told);
  }
}
