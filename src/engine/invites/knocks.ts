import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import type { EngineDeps } from '../deps.ts'
import { viewsOf } from '../authority/views-of.ts'

type Deps = Pick<EngineDeps, 'store' | 'authority'>

export const knockSchema = systemSchemaId('group_knock_v1')

/** A knock at a group. */
export interface Knock {
  readonly id: DocumentId
  readonly author: PublicKey
  readonly request: DocumentId
  /** The key of the invite that it names. */
  readonly invite: PublicKey
  readonly proof: Uint8Array
  /** Sealed; empty where there is none. */
  readonly note: Uint8Array
}

/** All knocks at a group that are here, in no order. */
export async function knocksAt(deps: Deps, group: DocumentId): Promise<readonly Knock[]> {
  return (await viewsOf(deps, group, knockSchema)).flatMap(({ documentId, owner, fields, isDeleted }): Knock[] => {
    const { request, invite, proof, note } = fields
    if (isDeleted || request?.kind !== 'relation' || invite?.kind !== 'str' || proof?.kind !== 'bytes') return []
    return [
      {
        id: documentId,
        author: owner,
        request: request.value,
        invite: invite.value as PublicKey,
        proof: proof.value,
        note: note?.kind === 'bytes' ? note.value : new Uint8Array(),
      },
    ]
  })
}

/** How many were let in under each invite. */
export async function usesOf(deps: Deps, group: DocumentId): Promise<ReadonlyMap<PublicKey, number>> {
  const authority = await deps.authority.authority()
  const answered = new Set<string>(authority.places(group).map(({ request }) => request))
  const uses = new Map<PublicKey, Set<DocumentId>>()
  for (const { invite, request } of await knocksAt(deps, group))
    if (answered.has(request)) uses.set(invite, (uses.get(invite) ?? new Set()).add(request))
  return new Map([...uses].map(([key, requests]) => [key, requests.size]))
}
