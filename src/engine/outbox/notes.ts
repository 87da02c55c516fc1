import type { Hash } from '../../core/ids.ts'
import type { Change, Store } from '../../ports/store.ts'

/**
 * What is remembered of a target beside its rows, in `local` rows, so that it outlives restarts:
 *
 *     outbox/pause/<target>          when it is tried again, how often in a row it failed, and what it said
 *     outbox/failed/<target>/<id>    an entry it refused, in its own words
 */
const pauseKey = (target: string): string => `outbox/pause/${target}`
const failedPrefix = (target: string): string => `outbox/failed/${target}/`

export interface Pause {
  /** In a row. */
  readonly attempts: number
  /** Milliseconds since the Unix epoch. */
  readonly nextAt: number
  readonly said: string
}

/** An entry that was refused for what it is. */
export interface Refused {
  readonly id: Hash
  readonly said: string
  /** Milliseconds since the Unix epoch. */
  readonly at: number
}

export const readPause = async (store: Store, target: string): Promise<Pause | undefined> =>
  (await store.local(pauseKey(target))) as Pause | undefined
export const putPause = (target: string, pause: Pause): Change => ({
  put: 'local',
  key: pauseKey(target),
  value: pause,
})
export const endPause = (target: string): Change => ({ delete: 'local', key: pauseKey(target) })

export async function readRefused(store: Store, target: string): Promise<readonly Refused[]> {
  const prefix = failedPrefix(target)
  const rows = await store.localWith(prefix)
  return rows.map(([key, value]) => ({
    id: key.slice(prefix.length) as Hash,
    ...(value as { readonly said: string; readonly at: number }),
  }))
}
export const putRefused = (target: string, { id, said, at }: Refused): Change => ({
  put: 'local',
  key: failedPrefix(target) + id,
  value: { said, at },
})
export const endRefused = (target: string, ids: readonly Hash[]): readonly Change[] =>
  ids.map((id) => ({ delete: 'local', key: failedPrefix(target) + id }))
