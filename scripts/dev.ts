/** `npm run dev`: Vite's server with hot reloading, under the page's headers. */
import { createServer } from 'vite';
import { runAsMain } from './main.ts';
import { ROOT } from './root.ts';

runAsMain(import.meta.url, async () => {
  const server = await createServer({ root: ROOT });
  await server.listen();
  server.printUrls();
});
