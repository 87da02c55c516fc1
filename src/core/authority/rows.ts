import type { OperationId, PublicKey } from '../ids.ts'
import { type ControlSet, isForkedAway } from './control-set.ts'
import type { ControlEntry, Place, Row } from './entry.ts'

/** A place and, where it is a control entry, which one: on a forked log the place alone does not say. */
export interface NamedPlace extends Place {
  readonly id?: OperationId
}

/** Whether some row of a key covers a place. A row with a tip covers, from a fork on, only the branch that ends there. */
export const covered = (
  set: ControlSet,
  key: PublicKey,
  rows: readonly Row[],
  place: NamedPlace,
  isKept = (_row: Row): boolean => true,
): boolean => place.publicKey === key && rows.some((row) => rowCovers(set, key, row, place) && isKept(row))

function rowCovers(set: ControlSet, key: PublicKey, row: Row, place: NamedPlace): boolean {
  const { logId, seqNum, id } = place
  if (row.logId !== logId || seqNum < row.from || seqNum > row.to) return false
  if (row.tip === undefined || id === undefined || !isForkedAway(set, place)) return true
  const tip = branchTip(set, key, row)
  return tip !== undefined && isOnBranch(set, tip, id, seqNum)
}

/** The entry that a row ends with, where it is known and lies where the row says. */
export function branchTip(set: ControlSet, key: PublicKey, { logId, to, tip }: Row): ControlEntry | undefined {
  const entry = tip === undefined ? undefined : set.entries.get(tip)
  return entry?.publicKey === key && entry.logId === logId && entry.seqNum === to ? entry : undefined
}

/** Whether an entry is the tip, or was written before it on the same branch. */
export function isOnBranch(set: ControlSet, tip: ControlEntry, id: OperationId, seqNum: bigint): boolean {
  let entry: ControlEntry | undefined = tip
  while (entry !== undefined && entry.seqNum > seqNum)
    entry = entry.backlink === undefined ? undefined : set.entries.get(entry.backlink)
  return entry?.id === id
}
