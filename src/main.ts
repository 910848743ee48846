import { mount } from 'svelte';
import { Library } from './library/library.svelte.ts';
import App from './ui/App.svelte';
import './ui/theme.css';

declare global {
  /** The page's own state, for the console and for tests: `carrel.turns.at(-1).answer.trace.prompt.ids`. */
  var carrel: Library;
}

const target = document.getElementById('app');
if (!target) throw new Error('The page has no element #app.');
globalThis.carrel = new Library();
mount(App, { target, props: { library: globalThis.carrel } });
document.getElementById('starting')?.remove();
