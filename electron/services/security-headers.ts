import { randomBytes } from 'node:crypto';

/** What index.html carries where the launch's nonce belongs; the build puts it there. */
export const noncePlaceholder = '__REMNANT_NONCE__';

/** A nonce for the inline styles of one launch. */
export function createNonce(): string {
  return randomBytes(16).toString('base64');
}

/** The headers of every answer, in every host: own code only, own origin only, isolated (for shared memory). */
export function securityHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' blob: data:",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types app',
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}
