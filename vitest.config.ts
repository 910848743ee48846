import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    environment: 'node',
    include: [
      'src/**/*.test.ts',
      'scripts/**/*.test.ts',
      'bench/**/*.test.ts',
      'tests/{setup,types,fixtures}/**/*.test.ts',
    ],
    testTimeout: 20_000,
    // The machine's other core belongs to the worker that a test may start.
    maxWorkers: 2,
    // Of a damaged file pdf.js leaves promises of its own unheard; what it tells the reader is tested.
    onUnhandledError: ({ name }) => !['XRefEntryException', 'ParserEOFException'].includes(name ?? ''),
  },
});
