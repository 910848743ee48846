/** Whether this page can be installed as an app, and the browser's own question about it, asked when the person wants it. */
import type { InstallApi, InstallState } from './state.ts';

/** Chromium's; no other engine has it. https://wicg.github.io/manifest-incubations/#beforeinstallpromptevent-interface */
export interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
  readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

export class Install implements InstallApi {
  state = $state.raw<InstallState>('by-hand');
  private offered: BeforeInstallPromptEvent | null = null;

  /** @param target the window: the event comes once, soon after the page was opened */
  constructor(target: Pick<Window, 'addEventListener' | 'matchMedia'>) {
    if (target.matchMedia('(display-mode: standalone)').matches) this.state = 'installed';
    target.addEventListener('beforeinstallprompt', (event) => {
      // The browser's own banner would come unasked.
      event.preventDefault();
      this.offered = event as BeforeInstallPromptEvent;
      this.state = 'offered';
    });
    target.addEventListener('appinstalled', () => {
      this.offered = null;
      this.state = 'installed';
    });
  }

  async install(): Promise<void> {
    const { offered } = this;
    if (!offered) return;
    // It asks once for each event: after a No the browser sends another one when it will ask again.
    this.offered = null;
    this.state = 'by-hand';
    await offered.prompt();
    if ((await offered.userChoice).outcome === 'accepted') this.state = 'installed';
  }
}
