import type { DocumentId } from '../../core/ids.ts'
import type { Schema } from '../../core/schema/schema.ts'
import { isPublicSchema } from '../../core/schema/system/index.ts'
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
  /** Definitions that were found to be shared. They stay so until something is done to them. */
  const shared = new Set<DocumentId>()
  let known: Promise<readonly KnownSchema[]> | undefined
  let changesHeard = 0

  /** From its operations, since an entry may come right behind the definition, before that has a view. */
  const has = async ({ id, definition }: Schema): Promise<boolean> => {
    if (definition === undefined) return isPublicSchema(id)
    if (shared.has(definition)) return true
    const before = changesHeard
    const document = await livingDocument(store, definition)
    const isShared = document.ok && document.value.mark === 'shared'
    if (isShared && before === changesHeard) shared.add(definition)
    return isShared
  }
  const readAll = async (): Promise<readonly KnownSchema[]> => {
    const found: KnownSchema[] = []
    for (const schema of await schemas.all()) if (await has(schema)) found.push(schema)
    return found
  }
  const forget = (): void => {
    known = undefined
  }
  changes.subscribe((changed) => {
    changesHeard++
    let isOurs = changed.schemas
    for (const id of changed.documentIds) isOurs = shared.delete(id) || isOurs
    if (isOurs) forget()
  })
  return {
    has,
    all: () => {
      if (known) return known
      const before = changesHeard
      const reading = readAll()
      known = reading
      // What changed while it was read may be in it or not.
      reading.then(() => (before === changesHeard ? undefined : forget()), forget)
      return reading
    },
  }
}
