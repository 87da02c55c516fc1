import type { DocumentId } from '../../core/ids.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import type { Change, Store } from '../../ports/store.ts'
import { identityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { publishDrafts } from '../publish.ts'
import { personDrafts } from './person-drafts.ts'

/** The `local` row that says whose device this is. */
const row = 'identity/person'

interface PersonRow {
  readonly person: DocumentId
}

/** The person whose device this is; `undefined` before anything was written here. */
export const readOwnPerson = async (store: Pick<Store, 'local'>): Promise<DocumentId | undefined> =>
  ((await store.local(row)) as PersonRow | undefined)?.person

/** From now on this is a device of that person. */
export const ownPersonChange = (person: DocumentId): Change => ({ put: 'local', key: row, value: { person } })

/**
 * The person of this database, made where there is none: six entries by two keys, one commit. What was written here before stays as it is. Of many
 * tabs one makes it.
 * Fails as publishing does, or with `signer/paper-damaged`; then nothing was written, and the paper key is taken the next time.
 */
export function ownPerson(deps: EngineDeps, signal: AbortSignal): Promise<Result<DocumentId | undefined, Failure>> {
  const { store, paper, keys } = deps
  const found = async (): Promise<Result<DocumentId | undefined, Failure>> => {
    const known = await readOwnPerson(store)
    if (known || !paper) return ok(known)
    const [device] = await keys.publicKeys()
    if (!device) return fail({ code: 'signer/gone' })
    const drafts = personDrafts(await paper.make(), device)
    const published = await publishDrafts(deps, drafts, { signal }, ([group]) => [ownPersonChange(group!.documentId)])
    if (!published.ok) return published
    deps.changes.announce(identityChanged)
    return ok(published.value[0]!.documentId)
  }
  return settlePerson(deps, found, signal)
}

/** Does what settles whose device this is, while nothing else does: of many tabs one at a time. */
export const settlePerson = <T>(
  { locks, database }: Pick<EngineDeps, 'locks' | 'database'>,
  body: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> => locks.hold(`takibi/${database}/person`, body, signal)
