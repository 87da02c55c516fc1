import type { DocumentId } from '../../core/ids.ts'
import type { Store } from '../../ports/store.ts'
import { authorityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import type { HostRequest } from '../sync/membership.ts'

/** `local` rows of a node: `sync/hosted/<group>` for each group that it was asked to keep. */
const prefix = 'sync/hosted/'

/** Whose groups a node keeps: what its operator decides. That keepers admitted it shows once part 0 is here. */
export type HostingPolicy = (request: HostRequest) => boolean

export const readHosted = async (store: Pick<Store, 'localWith'>): Promise<readonly DocumentId[]> =>
  (await store.localWith(prefix)).map(([key]) => key.slice(prefix.length) as DocumentId)

/** Takes a group up, where the operator lets it. Whoever asks again is told the same. */
export async function takeUp(
  { store, changes }: Pick<EngineDeps, 'store' | 'changes'>,
  mayKeep: HostingPolicy,
  request: HostRequest,
): Promise<boolean> {
  if (!mayKeep(request)) return false
  const key = prefix + request.group
  if ((await store.local(key)) !== undefined) return true
  await store.commit([{ put: 'local', key, value: true }], [])
  changes.announce(authorityChanged)
  return true
}

/** Lets go of the groups whose keepers dismissed this node: it neither serves them nor asks for them any more. */
export async function letGo({ store, membership, keys, changes }: EngineDeps): Promise<void> {
  const [own] = await keys.publicKeys()
  if (own === undefined) return
  for (const group of await readHosted(store)) {
    if ((await membership.standing(group, own)) !== 'former') continue
    await store.commit([{ delete: 'local', key: prefix + group }], [])
    changes.announce(authorityChanged)
  }
}
