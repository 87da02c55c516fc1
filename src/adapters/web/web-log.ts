import type { Log } from '../../ports/index.ts'

/** Warnings go to the browser's console, everything else nowhere. */
export const webLog: Log = {
  debug: () => undefined,
  // oxlint-disable-next-line no-console
  warn: (text, about) => console.warn(`takibi: ${text}`, about ?? ''),
}
