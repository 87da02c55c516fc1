import type { DrainReason } from '../engine/outbox/drain.ts'

/**
 * Between pages and the service worker that lies beside them. A page asks it to send what waits, and it answers at once, on the port that came
 * along, whether it will. So a page knows that nobody will where the service worker is another one, or an older one that does not know the database.
 */
export interface DrainPlease {
  readonly type: 'takibi/drain'
  readonly database: string
  readonly reason: DrainReason
}

export const isDrainPlease = (data: unknown): data is DrainPlease =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  data.type === 'takibi/drain' &&
  'database' in data &&
  typeof data.database === 'string' &&
  'reason' in data &&
  (data.reason === 'tick' || data.reason === 'woken' || data.reason === 'asked')

/** The tag under which the browser is asked for an event when there is a network again, and from time to time. */
const tagPrefix = 'takibi-outbox/'
export const syncTag = (database: string): string => tagPrefix + database
/** The database of such an event; `undefined`: it is none of ours. */
export const databaseOf = (tag: string): string | undefined =>
  tag.startsWith(tagPrefix) ? tag.slice(tagPrefix.length) : undefined
