import { expect, test } from 'vitest'
import { callOneself, cardsOf, claimsOf, sayOnceIn } from '../../src/app/data/claims.ts'
import { personsByKey } from '../../src/app/data/group-people.ts'
import { makeGroup } from '../../src/app/data/make-group.ts'
import { groupSchema, membershipSchema, personCardSchema, requestSchema } from '../../src/app/data/system-schemas.ts'
import type { DocumentId, TakibiNode } from '../../src/sdk/index.ts'
import { aPersonsNode } from './a-persons-node.ts'

const bring = async (from: TakibiNode, to: TakibiNode): Promise<void> =>
  void (await to.import(await from.export({ all: true })))
const personOf = async (node: TakibiNode): Promise<DocumentId> => {
  await node.identity.words.show()
  return (await node.identity.person().once()).person!.id
}
const all = async (node: TakibiNode, schema: typeof groupSchema) =>
  (await node.query(schema, { first: 100 }).once()).documents
const claims = async (node: TakibiNode, group: DocumentId) => {
  const persons = personsByKey({
    groups: await all(node, groupSchema),
    requests: await all(node, requestSchema),
    memberships: await all(node, membershipSchema),
  })
  return claimsOf((await node.query(personCardSchema, cardsOf(group)).once()).documents, persons)
}

test('what people call themselves is said in their group, changed there, and counts from their own devices only', async () => {
  await using ada = await aPersonsNode(1)
  await using bo = await aPersonsNode(2)
  const group = await makeGroup(ada, { name: 'Kitchen', about: '', purpose: 'coop', called: 'Ada' })
  const adaId = await personOf(ada)
  expect([...(await claims(ada, group))]).toEqual([[adaId, 'Ada']])

  await bring(ada, bo)
  const boId = await personOf(bo)
  const request = await bo.groups.ask(group, { member: boId })
  await bring(bo, ada)
  await ada.groups.accept(request, { group, role: 'member' })
  await bring(ada, bo)
  await sayOnceIn(bo, group, 'Bo')
  await sayOnceIn(bo, group, 'Somebody else')
  // Bo says something about Ada that only Ada can say.
  await bo.create(personCardSchema, { person: adaId, name: 'Eve', about: '', picture: [] }, { group })
  await bring(bo, ada)
  const said = new Map([
    [adaId, 'Ada'],
    [boId, 'Bo'],
  ])
  expect(await claims(ada, group)).toEqual(said)

  // Who may add nothing signs nothing.
  await ada.groups.setRole(group, `g:${boId}`, 'reader')
  await bring(ada, bo)
  const cardOfBo = (await bo.query(personCardSchema, cardsOf(group)).once()).documents.find(
    ({ owner, fields }) => owner === bo.publicKey && fields['name'] === 'Bo',
  )!
  await callOneself(bo, group, 'Bob')
  expect((await bo.history(cardOfBo.id).once()).changes).toHaveLength(1)

  await callOneself(ada, group, 'Ada L.')
  await callOneself(ada, group, 'Ada L.')
  expect(await claims(ada, group)).toEqual(said.set(adaId, 'Ada L.'))
  expect((await ada.query(personCardSchema, cardsOf(group)).once()).documents).toHaveLength(3)
})
