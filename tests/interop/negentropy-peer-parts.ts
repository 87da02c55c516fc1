/** What `negentropy-peer.mjs` needs of ours. */
export { bytesToHex, hexToBytes, isHex } from '../../src/core/bytes/hex.ts'
export { type Item, itemSetOf } from '../../src/sync/negentropy/item-set.ts'
export { type Reconciliation, initiate, reconcile, respond } from '../../src/sync/negentropy/reconcile.ts'
