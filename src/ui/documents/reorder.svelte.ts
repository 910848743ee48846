/** Documents moved in the list: dragged before another one, or a step at a time. */
import { stepOf } from '../../library/arrangement.ts';
import type { Entry, LibraryApi } from '../../library/state.ts';

/** Only what carries this is a document of the list; what carries files is to be added. */
const TYPE = 'application/x-carrel-document';

export class Reorder {
  /** Path of what is being dragged. */
  dragged = $state.raw<string | null>(null);
  /** Where it would be dropped: before or behind this document. */
  target = $state.raw<{ readonly path: string; readonly side: 'before' | 'behind' } | null>(null);
  /** What was moved last, for who cannot see it. */
  said = $state('');

  constructor(
    private readonly library: LibraryApi,
    /** As they are shown. */
    private readonly shown: () => readonly Entry[],
  ) {}

  start(path: string, transfer: DataTransfer | null): void {
    this.dragged = path;
    if (!transfer) return;
    transfer.effectAllowed = 'move';
    transfer.setData(TYPE, path);
  }

  over(entry: Entry, event: DragEvent & { currentTarget: HTMLElement }): void {
    const { dragged } = this;
    const { pinned } = this.library.listing;
    if (dragged === null || entry.outer !== null || pinned.has(dragged) !== pinned.has(entry.path)) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    const side = event.clientY < top + height / 2 ? 'before' : 'behind';
    this.target = entry.path === dragged ? null : { path: entry.path, side };
  }

  drop(): void {
    const { dragged, target } = this;
    this.end();
    if (dragged === null || !target) return;
    const peers = this.peers(dragged);
    const next = peers[peers.findIndex(({ path }) => path === target.path) + 1]?.path ?? null;
    const before = target.side === 'before' ? target.path : next;
    if (before === dragged) return;
    this.library.listing.move(dragged, before);
    this.tell(dragged);
  }

  end(): void {
    this.dragged = null;
    this.target = null;
  }

  /** False where there is no step. */
  step(path: string, by: -1 | 1): boolean {
    const before = stepOf(this.library.entries, this.library.listing.pinned, path, by);
    if (before === undefined) return false;
    this.library.listing.move(path, before);
    this.tell(path);
    return true;
  }

  private peers(path: string): readonly Entry[] {
    const { pinned } = this.library.listing;
    return this.shown().filter((one) => one.outer === null && pinned.has(one.path) === pinned.has(path));
  }

  private tell(path: string): void {
    const peers = this.peers(path);
    const at = peers.findIndex((one) => one.path === path);
    this.said = `${path} is now ${at + 1} of ${peers.length}.`;
  }
}
