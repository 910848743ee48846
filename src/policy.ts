/**
 * The page's security policy in one place: the built page's `<meta>`, the development server,
 * `npm start`, the service worker and the tests all take it from here.
 */
import { MODELS_PAGE_POLICY } from './models-page/policy.ts';

/** `blob:` in script-src and worker-src: workers start from a blob: module that inherits this policy (see workers/start.ts). */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "style-src 'self'",
  "font-src 'self' data:",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Sent with every response: cross-origin isolation, no guessing of types, no address handed on. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Pages with a policy of their own, by file name. */
const PAGES: Readonly<Record<string, string>> = { 'models.html': MODELS_PAGE_POLICY };

/** The policy of a file of the built page, by its path inside the build: `index.html`, `assets/search-1a2b.js`. */
export function policyOf(path: string): string {
  return PAGES[path] ?? POLICY;
}

/** Every header that a response for `path` gets from a server of ours or from the service worker. */
export function headersOf(path: string): Record<string, string> {
  return { 'Content-Security-Policy': policyOf(path), ...ISOLATION };
}
