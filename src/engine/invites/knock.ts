import type { DocumentId, PublicKey } from '../../core/ids.ts'
import { groupSubject } from '../../core/authority/entry.ts'
import { inviteKeys } from '../../core/invite/invite-keys.ts'
import type { InviteLink } from '../../core/invite/invite-link.ts'
import { sealKnockNote } from '../../core/invite/knock-note.ts'
import { signKnock } from '../../core/invite/knock-proof.ts'
import { type Result, fail, ok } from '../../core/result.ts'
import { systemSchemaId } from '../../core/schema/system/id.ts'
import { isNestedSchema } from '../../core/schema/system/index.ts'
import type { Call } from '../api.ts'
import { identityChanged } from '../changes-hub.ts'
import type { EngineDeps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import { readOwnPerson } from '../identity/own-person.ts'
import { publishDrafts } from '../publish.ts'
import { enterPart, forkedLogs, readDocuments } from '../sync/enter-scopes.ts'
import { documentsInPart } from '../sync/parts.ts'
import { guestPart } from '../sync/scopes-for.ts'
import { knockSchema } from './knocks.ts'
import { type HeldInvite, heldChange, heldEnd, readHeld } from './rows.ts'

const requestSchema = systemSchemaId('key_group_membership_request_v1')
const noteNonceBytes = 24

/** Remembers a link, and knocks with it. */
export async function knockWith(
  deps: EngineDeps,
  link: InviteLink,
  name: string,
  { signal }: Pick<Call, 'signal'>,
): Promise<Result<PublicKey, Failure>> {
  await deps.materialiser.settled()
  if ((await readOwnPerson(deps.store)) === undefined) return fail({ code: 'person/none' })
  const { key } = inviteKeys(link.secret)
  return alone(
    deps,
    async () => {
      const before = (await readHeld(deps.store)).find((one) => one.key === key)
      const held: HeldInvite = { ...before, key, link, name }
      await deps.store.commit([heldChange(held)], [])
      const done = await goOn(deps, held, signal)
      deps.changes.announce(identityChanged)
      return done.ok ? ok(key) : done
    },
    signal,
  )
}

/** Asks for a place no longer. */
export const dropPlace = (deps: EngineDeps, key: PublicKey): Promise<void> =>
  alone(
    deps,
    async () => {
      await deps.store.commit([heldEnd(key)], [])
      deps.changes.announce(identityChanged)
    },
    deps.life,
  )

/** Of many tabs one asks. */
const alone = <T>({ locks, database }: EngineDeps, body: () => Promise<T>, signal: AbortSignal): Promise<T> =>
  locks.hold(`takibi/${database}/knock`, body, signal)

/** Goes on with every place that is asked for: what an earlier start left out, and what came to say who this person is. */
export async function goOnKnocking(deps: EngineDeps, signal: AbortSignal): Promise<void> {
  const body = async (): Promise<void> => {
    for (const held of await readHeld(deps.store)) {
      const done = await goOn(deps, held, signal)
      if (!done.ok) deps.log.warn('A place could not be asked for', { code: done.error.code })
    }
  }
  await alone(deps, body, signal)
}

/** Signs what is still to be signed, and puts all of it where those who serve the group take it from (flows.md §1.2, row 5). */
async function goOn(deps: EngineDeps, held: HeldInvite, signal: AbortSignal): Promise<Result<void, Failure>> {
  const { group } = held.link
  const [own] = await deps.keys.publicKeys()
  const person = await readOwnPerson(deps.store)
  if (own === undefined || person === undefined) return ok(undefined)
  if ((await deps.authority.authority()).belonging(group, own) === 'member') return ok(undefined)
  const asked = await ask(deps, held, person, signal)
  if (!asked.ok) return asked
  const knocked = await knockOnce(deps, asked.value, person, signal)
  if (!knocked.ok) return knocked
  await deps.materialiser.settled()
  await enter(deps, knocked.value, person, own)
  return ok(undefined)
}

type Asked = HeldInvite & { readonly request: DocumentId }
type Knocked = Asked & { readonly knock: DocumentId }

/** One request is enough for a person: one that nobody answered is taken up. */
async function ask(
  deps: EngineDeps,
  held: HeldInvite,
  person: DocumentId,
  signal: AbortSignal,
): Promise<Result<Asked, Failure>> {
  const { group } = held.link
  if (held.request !== undefined) return ok({ ...held, request: held.request })
  const open = (await deps.authority.authority()).requests(group)
  const own = await deps.keys.publicKeys()
  for (const { request } of open.filter(({ subject }) => subject === groupSubject(person))) {
    const [row] = await deps.store.views([request as string as DocumentId])
    // A knock is by whoever asked.
    if (!row || !own.includes(row.owner)) continue
    const asked = { ...held, request: row.documentId }
    await deps.store.commit([heldChange(asked)], [])
    return ok(asked)
  }
  const published = await publishDrafts(
    deps,
    [{ action: 'create', schema: requestSchema, fields: { key_group: group, member: person } }],
    { signal },
    ([made]) => [heldChange({ ...held, request: made!.documentId })],
  )
  return published.ok ? ok({ ...held, request: published.value[0]!.documentId }) : published
}

async function knockOnce(
  deps: EngineDeps,
  held: Asked,
  person: DocumentId,
  signal: AbortSignal,
): Promise<Result<Knocked, Failure>> {
  if (held.knock !== undefined) return ok({ ...held, knock: held.knock })
  const { request, link, name } = held
  const { key, seed, seal } = inviteKeys(link.secret)
  const fields = {
    request,
    invite: key,
    proof: signKnock(seed, { request, person }),
    note: sealKnockNote(seal, deps.random.bytes(noteNonceBytes), { name }),
  }
  const published = await publishDrafts(
    deps,
    [{ action: 'create', schema: knockSchema, fields }],
    { signal },
    ([made]) => [heldChange({ ...held, knock: made!.documentId })],
  )
  return published.ok ? ok({ ...held, knock: published.value[0]!.documentId }) : published
}

/** Puts the knock, the request and all that says who this person is into what this guest shows. */
async function enter(
  deps: EngineDeps,
  { key, link, request, knock }: Knocked,
  person: DocumentId,
  own: PublicKey,
): Promise<void> {
  const { store, authority } = deps
  const part = guestPart(link.group, key, own).key
  const ids = new Set([request, knock])
  for (const group of (await authority.authority()).controlGroups(person))
    for (const [id, { schemaId }] of await authority.documentsOf(group)) if (isNestedSchema(schemaId)) ids.add(id)
  const inside = await documentsInPart(store, part, [...ids])
  const missing = [...ids].filter((id) => !inside.has(id))
  if (missing.length === 0) return
  const documents = await readDocuments(store, missing)
  const forked = await forkedLogs(store)
  await store.commit(
    [...documents.values()].map((document) => enterPart(document, part, forked)),
    [],
  )
  deps.changes.announce({ documentIds: new Set(missing), families: new Set(), schemas: false })
}
