import { ok, type Result } from '../core/result.ts'
import type { EngineDeps } from './deps.ts'
import type { Failure } from './failure.ts'

/** Callers' notes lie under a prefix of their own, so that no note can pass for a row of the engine. */
const noteKey = (key: string): string => `note/${key}`

type Deps = Pick<EngineDeps, 'store'>

export const readNote = async ({ store }: Deps, key: string): Promise<Result<unknown, Failure>> =>
  ok(await store.local(noteKey(key)))

/** `undefined` takes the note away. */
export const writeNote = async ({ store }: Deps, key: string, value: unknown): Promise<Result<void, Failure>> => {
  await store.commit(
    [value === undefined ? { delete: 'local', key: noteKey(key) } : { put: 'local', key: noteKey(key), value }],
    [],
  )
  return ok(undefined)
}
