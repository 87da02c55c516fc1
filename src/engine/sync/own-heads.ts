import type { PublicKey } from '../../core/ids.ts'
import type { Store } from '../../ports/store.ts'
import type { LogHead } from '../../sync/messages.ts'

/** All logs of a key that are here, for the one who holds it. */
export async function readOwnHeads(
  store: Store,
  publicKey: PublicKey,
  signal: AbortSignal,
): Promise<readonly LogHead[]> {
  const heads: LogHead[] = []
  for await (const page of store.allHeads(publicKey, signal))
    for (const { logId, seqNum, hash } of page) heads.push({ logId, seqNum, hash })
  return heads
}
