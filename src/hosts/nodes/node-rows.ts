import type { PublicKey } from '../../core/ids.ts'
import type { NodeAddress } from '../../core/meeting/node-address.ts'
import { connectingKey, nodePrefix } from '../../engine/outbox/targets.ts'
import { forgetTarget } from '../../engine/outbox/rows.ts'
import type { Store } from '../../ports/index.ts'
import type { Connecting, Saving } from './api.ts'

/** `local` rows: `nodes/at/<transport key>` for each node, `nodes/connecting` where it is not `always`, `nodes/saving` where it is not `auto`. */
const prefix = nodePrefix
const savingKey = 'nodes/saving'

/** What is kept of a node between starts. */
export interface NodeRow extends NodeAddress {
  readonly publicKey?: PublicKey
  /** What its operator handed out with its link. */
  readonly token?: string
  readonly isPaused: boolean
  readonly addedAt: number
}

/** All that were added, the oldest first. */
export async function readNodes(store: Store): Promise<readonly NodeRow[]> {
  const rows = await store.localWith(prefix)
  return rows.map(([, value]) => value as NodeRow).toSorted((a, b) => a.addedAt - b.addedAt)
}

export const readNode = async (store: Store, transportKey: PublicKey): Promise<NodeRow | undefined> =>
  (await store.local(prefix + transportKey)) as NodeRow | undefined

export const putNode = async (store: Store, node: NodeRow): Promise<void> => {
  await store.commit([{ put: 'local', key: prefix + node.transportKey, value: node }], [])
}

export const deleteNode = async (store: Store, transportKey: PublicKey): Promise<void> => {
  await store.commit(
    [{ delete: 'local', key: prefix + transportKey }, ...(await forgetTarget(store, transportKey))],
    [],
  )
}

export const readConnecting = async (store: Store): Promise<Connecting> =>
  (await store.local(connectingKey)) === 'asked' ? 'asked' : 'always'

export const putConnecting = async (store: Store, connecting: Connecting): Promise<void> => {
  await store.commit([{ put: 'local', key: connectingKey, value: connecting }], [])
}

export const readSaving = async (store: Store): Promise<Saving> => {
  const saving = await store.local(savingKey)
  return saving === 'always' || saving === 'never' ? saving : 'auto'
}

export const putSaving = async (store: Store, saving: Saving): Promise<void> => {
  await store.commit([{ put: 'local', key: savingKey, value: saving }], [])
}
