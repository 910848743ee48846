import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Rollup } from 'vite';
import { packageAssets } from './scripts/vite/assets.ts';
import { nodeBranches } from './scripts/vite/node-branches.ts';
import { policyInDevelopment, policyMeta } from './scripts/vite/policy.ts';
import { siteFiles } from './scripts/vite/site.ts';

const root = import.meta.dirname;

/** ONNX Runtime holds an `eval` that the policy forbids and one-threaded use never reaches; all other warnings show. */
const onwarn: Rollup.RollupOptions['onwarn'] = (warning, show) => {
  if (warning.code !== 'EVAL' || !warning.id?.includes('onnxruntime-web')) show(warning);
};

export default defineConfig({
  root,
  // Relative addresses throughout: the built page works under any sub-path.
  base: './',
  plugins: [svelte(), policyInDevelopment(), policyMeta(), packageAssets(root), siteFiles(root)],
  resolve: {
    alias: {
      // Its browser build asks a DOM to decode entities; workers have none.
      'decode-named-character-reference': join(root, 'node_modules/decode-named-character-reference/index.js'),
    },
  },
  worker: { format: 'es', plugins: () => [nodeBranches()] },
  build: {
    target: 'es2022',
    // data: addresses are not among the policy's sources for scripts, styles and fetch.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      onwarn,
      output: {
        // A plain file server knows .js, and often not .mjs: a module under a wrong type does not run.
        assetFileNames: ({ names }) => `assets/[name]-[hash]${names[0]?.endsWith('.mjs') ? '.js' : '[extname]'}`,
      },
      input: ['index.html', 'models.html'].map((page) => join(root, page)).filter((page) => existsSync(page)),
    },
  },
  server: { port: 4174, strictPort: false },
});
