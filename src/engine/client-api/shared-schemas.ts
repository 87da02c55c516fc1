import type { Schema } from '../../core/schema/schema.ts'
import type { KnownSchema } from '../api.ts'
import type { EngineDeps } from '../deps.ts'
import { livingDocument } from './next-args.ts'

/** The schemas that anybody may know: built-in ones, and those whose definition is shared. */
export interface SharedSchemas {
  /** The same list until there are others: it is asked for with each request. */
  readonly all: () => Promise<readonly KnownSchema[]>
  readonly has: (schema: Schema) => Promise<boolean>
}

export function createSharedSchemas({ store, schemas, changes }: EngineDeps): SharedSchemas {
  let known: Promise<readonly KnownSchema[]> | undefined
  /** The documents behind them; absent while they are being read. */
  let definitions: ReadonlySet<string> | undefined

  /** From its operations, since an entry may come right behind the definition, before that has a view. */
  const isDefinitionShared = async ({ definition }: Schema): Promise<boolean> => {
    if (definition === undefined) return true
    const document = await livingDocument(store, definition)
    return document.ok && document.value.mark === 'shared'
  }
  const readAll = async (): Promise<readonly KnownSchema[]> => {
    const all = await schemas.all()
    const shared: KnownSchema[] = []
    for (const schema of all) if (await isDefinitionShared(schema)) shared.push(schema)
    return shared
  }
  const forget = (): void => {
    known = undefined
    definitions = undefined
  }
  changes.subscribe((changed) => {
    const isOurs = (id: string): boolean => definitions?.has(id) ?? true
    if (changed.schemas || [...changed.documentIds].some(isOurs)) forget()
  })
  const all = (): Promise<readonly KnownSchema[]> => {
    if (known) return known
    const reading = readAll()
    known = reading
    const remember = (found: readonly KnownSchema[]): void => {
      if (known === reading) definitions = new Set(found.flatMap(({ definition }) => definition ?? []))
    }
    reading.then(remember, forget)
    return reading
  }
  return {
    all,
    has: async (schema) =>
      schema.definition === undefined || definitions?.has(schema.definition) || isDefinitionShared(schema),
  }
}
