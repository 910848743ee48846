/**
 * The policy of models.html, the one page that may reach another host. It is narrower than the main page's elsewhere:
 * no WebAssembly, and no worker but the one that hashes large files: it opens nothing, it only stores.
 */

/** The hub, and the hosts that it sends a download on to. */
export const HUB_SOURCES = 'https://huggingface.co https://*.huggingface.co https://*.hf.co';

export const MODELS_PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  'worker-src blob:',
  `connect-src 'self' ${HUB_SOURCES}`,
  "img-src 'self'",
  "style-src 'self'",
  "font-src 'self' data:",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
