import type { Authority } from '../../core/authority/authority.ts'
import type { DocumentId } from '../../core/ids.ts'
import type { Schema } from '../../core/schema/schema.ts'
import type { Store } from '../../ports/store.ts'
import type { ChangesHub } from '../changes-hub.ts'
import type { SchemaRegistry } from '../schema-registry.ts'
import type { ReadDocument } from '../stored-document.ts'
import { type OwnerChains, createOwnerChains } from './owner.ts'
import type { JudgedRow } from './rows.ts'
import { type Known, judgedIn, loadKnown, readVersion } from './known.ts'
import { type Standing, standingOf } from './standing.ts'
import { type AuthorityTurn, createTurn } from './turn.ts'

/**
 * Who may do what on this device, kept beside its views:
 *
 *     control documents --take in--> core/authority --judges--> operations of documents, when their views are made
 *                                         |
 *                                         '-- what changed, by group and key --> documents whose views are made anew
 *
 * What was taken in is written in the commit of the views that it was used for, so views always follow from what is registered here.
 */
export interface AuthorityBook {
  /** Up to date with what this engine knows to be registered. */
  readonly authority: () => Promise<Authority>
  readonly standingOf: (document: ReadDocument, schema: Schema) => Promise<Standing>
  /** Begins to make views of these documents. The materialiser's lock is held. `isOurs`: nobody else made views since. */
  readonly openTurn: (documents: ReadonlyMap<DocumentId, ReadDocument>, isOurs: boolean) => Promise<AuthorityTurn>
  /** The documents whose owners lead to a group: those of its control plane too. */
  readonly documentsOf: (group: DocumentId) => Promise<ReadonlyMap<DocumentId, JudgedRow>>
}

export interface BookParts {
  readonly store: Store
  readonly schemas: Pick<SchemaRegistry, 'definition'>
  readonly changes: ChangesHub
  /** Documents without owner may be changed by anybody: `legacyOpenDocuments`. */
  readonly areOpen: boolean
}

export function createAuthorityBook({ store, schemas, changes, areOpen }: BookParts): AuthorityBook {
  const owners: OwnerChains = createOwnerChains(store, schemas)
  let known: Promise<Known> | undefined
  let isStale = false
  changes.subscribe(({ authority }) => {
    if (authority === true) isStale = true
  })

  const load = (): Promise<Known> => {
    const loading = loadKnown(store)
    known = loading
    loading.catch(() => {
      if (known === loading) known = undefined
    })
    return loading
  }
  /** Looked at once for all who ask: whoever came second would take what is out of date for new. */
  let checked: Promise<Known> | undefined
  const check = async (before: Promise<Known>): Promise<Known> => {
    const [current, version] = await Promise.all([before, readVersion(store)])
    return version === current.version || version === current.writing ? current : load()
  }
  /** What is known, read again where another engine registered something. */
  const current = (): Promise<Known> => {
    if (known === undefined) return load()
    if (isStale) {
      isStale = false
      const checking = check(known)
      checked = checking
      checking.catch(() => {
        if (checked === checking) [checked, isStale] = [undefined, true]
      })
    }
    return checked ?? known
  }

  return {
    authority: async () => (await current()).authority,
    standingOf: async (document, schema) => standingOf((await current()).authority, owners, document, schema, areOpen),
    openTurn: async (documents, isOurs) => {
      if (!isOurs) {
        isStale = true
        if (known !== undefined) (await known).judged.clear()
      }
      const now = await current()
      return createTurn({ store, owners, areOpen, known: now }, documents)
    },
    documentsOf: async (group) => judgedIn(store, await current(), group),
  }
}
