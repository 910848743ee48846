/** What a live view waits for, as a sentence. */
import type { LightState } from '../../library/light-mode.svelte.ts';
import type { ModelState, OfflineState } from '../../library/state.ts';
import { bytes } from '../wording.ts';

/** '' where the models are here. @param generator the language model is needed, too */
export function missingText(
  {
    models,
    offline,
    light,
  }: { readonly models: ModelState; readonly offline: OfflineState; readonly light: LightState },
  generator: boolean,
): string {
  const rest = 'The text and the tasks can be read meanwhile; this part begins by itself.';
  if (offline.state === 'asking')
    return `The models have not been fetched: the page asks at the top whether it may. ${rest}`;
  if (generator && light.state === 'offered')
    return 'The language model has not been fetched: the page asks at the top whether it is to be.';
  switch (models.state) {
    case 'idle':
      return `The models are still on their way. ${rest}`;
    case 'downloading':
      return `The models are still on their way (${bytes(models.done)} of ${bytes(models.total)}). ${rest}`;
    case 'partly':
      return models.reason;
    case 'ready':
      return '';
  }
}
