import type { DocumentId, DocumentStatus, PublicKey } from '../../sdk/index.ts'

/** Where one's own message is, as far as this device knows. */
export interface Where {
  readonly isOnlyHere: boolean
  /** Other devices that have it; nodes apart. */
  readonly devices: number
  readonly nodes: number
  /** The same is true of the message that follows: there it stands in words. */
  readonly isSaidBelow: boolean
}

/**
 * Where messages are, of those that a status is known of.
 * @param shown in their order
 */
export const whereSaid = (
  shown: readonly DocumentId[],
  statuses: ReadonlyMap<DocumentId, Pick<DocumentStatus, 'with'>>,
  isNode: (publicKey: PublicKey) => boolean,
): ReadonlyMap<DocumentId, Where> => {
  const counts = (id: DocumentId | undefined): { readonly devices: number; readonly nodes: number } | undefined => {
    const status = id === undefined ? undefined : statuses.get(id)
    if (status === undefined) return undefined
    const nodes = status.with.filter(({ publicKey }) => isNode(publicKey)).length
    return { devices: status.with.length - nodes, nodes }
  }
  return new Map(
    shown.flatMap((id, at): (readonly [DocumentId, Where])[] => {
      const here = counts(id)
      if (here === undefined) return []
      const below = counts(shown[at + 1])
      const isSaidBelow = below?.devices === here.devices && below.nodes === here.nodes
      return [[id, { ...here, isOnlyHere: here.devices + here.nodes === 0, isSaidBelow }]]
    }),
  )
}
