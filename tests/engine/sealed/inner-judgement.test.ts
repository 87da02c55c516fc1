import { expect, test } from 'vitest'
import type { DocumentId, SchemaId } from '../../../src/core/ids.ts'
import type { PlainFields } from '../../../src/core/operation/operation.ts'
import { groupKeys } from '../../../src/core/sealing/group-keys.ts'
import { seal } from '../../../src/core/sealing/seal.ts'
import { documentHistory } from '../../../src/engine/read-document.ts'
import { type Author, text } from '../author.ts'
import { type Paper, aCrew, owner } from '../authority/a-crew.ts'
import { oneDoor, take } from '../door.ts'
import { valueOf } from '../support.ts'

const group: PlainFields = { name: text('River Watch'), about: text(''), colour: text('moss'), letter: text('R') }
const device: PlainFields = {
  key: text('ab'.repeat(32)),
  transport_key: text('ab'.repeat(32)),
  name: text('Phone'),
  kind: text('phone'),
}

/** A keeper and a member of a group with a sealed side. */
function aSealedCrew() {
  const crew = aCrew()
  const [keeper, member] = [crew.join(1), crew.join(2)]
  const founded = crew.found(keeper)
  crew.admit(keeper, founded, member, 'member')
  const side = crew.begin(keeper, 'secret_group_v1' as SchemaId, {
    group: owner(founded.id),
    mode: text('lts'),
    suite: { plain: 'int', value: 0n },
  })
  const put = (author: Author, schema: string, fields: PlainFields, isOwn = false): Paper => {
    const place = { group: side.id, publicKey: author.publicKey, action: 'create' } as const
    const key = groupKeys(side.id, 0).current!
    const sealed = valueOf(seal(schema as SchemaId, fields, place, key, new Uint8Array(24)))
    return crew.begin(author, 'secret_v1' as SchemaId, {
      group: owner(side.id),
      sealed: { plain: 'bytes', value: sealed },
      ...(isOwn && { own: { plain: 'bool', value: true } }),
    })
  }
  return { crew, keeper, member, put }
}
const shownOf = async (deps: ReturnType<typeof oneDoor>, id: DocumentId): Promise<boolean> =>
  (await deps.store.view(id)) !== undefined

test('[SD5] what keepers alone may say inside counts from keepers only', async () => {
  const { crew, keeper, member, put } = aSealedCrew()
  const [theirs, others] = [put(keeper, 'takibi_group_v1', group), put(member, 'takibi_group_v1', group)]
  const deps = oneDoor()
  await take(deps, crew.all)
  expect([await shownOf(deps, theirs.id), await shownOf(deps, others.id)]).toEqual([true, false])
  const [create] = valueOf(await documentHistory(deps, others.id))
  expect(create?.refusal).toMatchObject({ reason: 'not-given', permission: 'authorise' })
})

test('[SD5] what is its creator’s own inside counts where everybody sees that it is', async () => {
  const { crew, member, put } = aSealedCrew()
  const [marked, unmarked] = [put(member, 'takibi_device_v1', device, true), put(member, 'takibi_device_v1', device)]
  const deps = oneDoor()
  await take(deps, crew.all)
  expect([await shownOf(deps, marked.id), await shownOf(deps, unmarked.id)]).toEqual([true, false])
  const [create] = valueOf(await documentHistory(deps, unmarked.id))
  expect(create?.refusal).toMatchObject({ reason: 'own-flag' })
})
