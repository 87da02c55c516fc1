/**
 * The Content Security Policy of everything Takibi serves: only the build's own files run, and only the `takibi` policy makes script URLs.
 * `connect-src` is wide because node addresses are chosen at run time; docs/architecture.md tells what keeps requests at home instead.
 */
const rules = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self' https: wss: http://localhost:* ws://localhost:*",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types takibi',
]

/** For a `<meta>` tag: it guards the page of the very first load, where the host sends no header. It does not bind workers. */
export const metaPolicy: string = rules.join('; ')

/** For the header, which can also forbid framing and binds the worker whose script carries it. */
export const headerPolicy: string = [...rules, "frame-ancestors 'none'"].join('; ')
