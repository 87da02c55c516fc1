import type { SchemaId } from '../core/ids.ts'
import { systemSchemas } from '../core/schema/system/index.ts'
import type { Store } from '../ports/store.ts'
import type { KnownSchema } from './api.ts'
import type { ChangesHub } from './changes-hub.ts'
import { type FamilyRecord, familyId, readFamilies } from './families.ts'
import type { Family } from './family.ts'
import type { Opener } from './sealed/opener.ts'
import { type Definition, builtIn, findDefinition } from './schema-definition.ts'

/** The schemas this device knows: built in, and defined by documents in its store. */
export interface SchemaRegistry {
  /** The definition behind an id, where everything it takes is stored. What was found once is found for ever: the id is its hash. */
  readonly definition: (id: SchemaId) => Promise<Definition | undefined>
  readonly find: (id: SchemaId) => Promise<KnownSchema | undefined>
  /** Built-in ones, then all versions of all families by the number of the family. */
  readonly all: () => Promise<readonly KnownSchema[]>
  /** The family of a schema, once a document of it was materialised. */
  readonly familyOf: (id: SchemaId) => Promise<FamilyRecord | undefined>
  readonly families: () => Promise<ReadonlyMap<Family['id'], FamilyRecord>>
  /** After somebody changed the families' rows. */
  readonly forgetFamilies: () => void
}

export function createSchemaRegistry(store: Store, opener: Opener, changes: ChangesHub): SchemaRegistry {
  const definitions = new Map<SchemaId, Definition>()
  let families: Promise<ReadonlyMap<Family['id'], FamilyRecord>> | undefined

  const forgetFamilies = (): void => {
    families = undefined
  }
  changes.subscribe((changed) => {
    if (changed.schemas) forgetFamilies()
  })

  const readAll = (): Promise<ReadonlyMap<Family['id'], FamilyRecord>> => {
    families ??= readFamilies(store).catch((failure: unknown) => {
      forgetFamilies()
      throw failure
    })
    return families
  }
  const definition = async (id: SchemaId): Promise<Definition | undefined> => {
    const known = definitions.get(id) ?? builtIn(id)
    if (known) return known
    const found = await findDefinition({ store, opener }, id)
    if (found.is !== 'found') return undefined
    definitions.set(id, found.definition)
    return found.definition
  }
  const familyOf = async (id: SchemaId): Promise<FamilyRecord | undefined> => {
    const [found, known] = await Promise.all([definition(id), readAll()])
    return found && known.get(familyId(found.schema))
  }
  const find = async (id: SchemaId): Promise<KnownSchema | undefined> => {
    const [found, known] = await Promise.all([definition(id), readAll()])
    return found && describe(found, known.get(familyId(found.schema)))
  }

  return {
    definition,
    familyOf,
    find,
    families: readAll,
    forgetFamilies,
    all: async () => {
      const applications = [...(await readAll()).values()].sort((a, b) => a.number - b.number)
      const ids = [...systemSchemas().map(({ id }) => id), ...applications.flatMap(({ versions }) => versions)]
      const known = await Promise.all([...new Set(ids)].map(find))
      return known.filter((schema) => schema !== undefined)
    },
  }
}

const describe = ({ schema }: Definition, family: FamilyRecord | undefined): KnownSchema => ({
  ...schema,
  version: schema.definition ? (family ? family.versions.indexOf(schema.id) + 1 : 1) : 1,
  sortable: family?.sortable.flatMap(({ name, isReady }) => (isReady ? [name] : [])) ?? [],
})
