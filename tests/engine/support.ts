import type { DocumentId, SchemaId } from '../../src/core/ids.ts'
import type { Result } from '../../src/core/result.ts'
import type { Failure } from '../../src/engine/failure.ts'
import type { Call, Draft, EngineApi, KnownSchema, Values } from '../../src/engine/api.ts'

/** A call that nobody ends. Each has a signal of its own. */
export const call: Pick<Call, 'signal'> = {
  get signal() {
    return new AbortController().signal
  },
}

/** The value, or an error that shows the failure. */
export const valueOf = <T>(result: Result<T, unknown>): T => {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.error, (_, part) => (typeof part === 'bigint' ? `${part}n` : part)))
}
export const codeOf = (result: Result<unknown, { readonly code: string }>): string =>
  result.ok ? 'ok' : result.error.code

export const define = async (
  api: EngineApi,
  fields: Readonly<Record<string, string>>,
  options: { readonly name?: string; readonly sortable?: readonly string[]; readonly newVersionOf?: SchemaId } = {},
): Promise<KnownSchema> => {
  const { name = 'thing', ...rest } = options
  return valueOf(await api.defineSchema({ name, description: 'Made by a test', fields, ...rest }, call))
}

/** Creates documents, as many at once as go. */
export const createAll = async (
  api: EngineApi,
  schema: SchemaId,
  things: readonly Values[],
): Promise<readonly DocumentId[]> => {
  const ids: DocumentId[] = []
  for (let at = 0; at < things.length; at += 500) {
    const drafts = things.slice(at, at + 500).map((fields): Draft => ({ action: 'create', schema, fields }))
    ids.push(...valueOf(await api.publish(drafts, call)).map(({ documentId }) => documentId))
  }
  return ids
}

export const collect = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of source) all.push(item)
  return all
}
export const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

export async function* from<T>(items: Iterable<T>): AsyncIterable<T> {
  for (const item of items) yield item
}

/** Until something is so; engines work on their own in between. */
export const until = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 5000 && !isSo(); turn++) await new Promise((resolve) => setImmediate(resolve))
  if (!isSo()) throw new Error('It never came to be so')
}

/** Everything a watcher said, and the way to end it. */
export const listen = <T>(
  watch: (call: { signal: AbortSignal; report: (said: Result<T, Failure>) => void }) => Promise<void>,
) => {
  const end = new AbortController()
  const said: T[] = []
  const ended = watch({ signal: end.signal, report: (value) => said.push(valueOf(value)) })
  return {
    said,
    end: async (): Promise<void> => {
      end.abort()
      await ended
    },
  }
}
