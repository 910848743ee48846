/** Puts the policy into the built pages as `<meta>`, so that it holds on hosts that send no headers. */
import { basename } from 'node:path';
import type { Plugin } from 'vite';
import { headersOf, policyOf } from '../../src/policy.ts';

export function policyMeta(): Plugin {
  return {
    name: 'carrel:policy-meta',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, context) => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policyOf(basename(context.filename)) },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

/** The development server sends the policy too; it alone adds inline styles and the socket of hot reloading. */
export function policyInDevelopment(): Plugin {
  return {
    name: 'carrel:policy-in-development',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
        for (const [name, value] of Object.entries(headersOf(path))) {
          const loosened = value.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");
          response.setHeader(name, loosened.replace("connect-src 'self'", "connect-src 'self' ws:"));
        }
        next();
      });
    },
  };
}
