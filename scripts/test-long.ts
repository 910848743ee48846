/** `npm run test:long`: everything `npm test` runs, and the tests marked @long. */
import { runAsMain } from './main.ts';
import { test } from './test.ts';

runAsMain(import.meta.url, () => test(true));
