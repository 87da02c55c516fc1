import type { DocumentId, DocumentView, PublicKey, TakibiNode } from '../../sdk/index.ts'
import { documentNamed } from './group-people.ts'
import { ensurePerson } from './own-person.ts'
import { personCardSchema } from './system-schemas.ts'

/** Characters of what somebody calls themselves. */
export const longestCalled = 100

/** What a person's card in a group holds. */
export const personCard = (person: DocumentId, name: string) => ({ person, name, about: '', picture: [] })

/** So many cards of a group are looked at. */
export const cardsOf = (group: DocumentId) => ({
  meta: { group: { eq: group } },
  orderBy: ['CHANGED_AT'],
  first: 1_000,
})

/**
 * What people call themselves in a group, by person, as they wrote it: nobody checked it, and it may be of any length. A card counts where a device of
 * the very person wrote it; of several the newest here.
 *
 * @param cards by when they changed here @param persons whose devices keys are
 */
export const claimsOf = (
  cards: readonly Pick<DocumentView, 'fields' | 'owner'>[],
  persons: ReadonlyMap<PublicKey, DocumentId>,
): ReadonlyMap<DocumentId, string> =>
  new Map(
    cards.flatMap(({ fields, owner }): readonly (readonly [DocumentId, string])[] => {
      const person = documentNamed(fields['person'])
      const { name } = fields
      return person !== undefined && persons.get(owner) === person && typeof name === 'string' ? [[person, name]] : []
    }),
  )

/** The card that a device of one's own wrote in a group, and whose it is; the newest of several. */
const ownCard = async (node: TakibiNode, group: DocumentId) => {
  const person = await ensurePerson(node)
  const { devices } = await node.identity.devices().once()
  const keys = new Set(devices.map(({ publicKey }) => publicKey))
  const { documents } = await node.query(personCardSchema, cardsOf(group)).once()
  const card = documents.findLast(({ owner, fields }) => keys.has(owner) && documentNamed(fields['person']) === person)
  return { person, card }
}

/** What one calls oneself in a group; empty: nothing. */
export const ownClaim = async (node: TakibiNode, group: DocumentId): Promise<string> => {
  const name = (await ownCard(node, group)).card?.fields['name']
  return typeof name === 'string' ? name : ''
}

/** Says in a group what one calls oneself; empty: nothing any more. Does nothing where that is said already, or one may say nothing there. */
export const callOneself = async (node: TakibiNode, group: DocumentId, name: string): Promise<void> => {
  // It would be signed all the same, and have no effect.
  if ((await node.canI('create', { group, schema: personCardSchema })) !== undefined) return
  const { person, card } = await ownCard(node, group)
  if (card === undefined && person !== undefined && name !== '')
    await node.create(personCardSchema, personCard(person, name), { group })
  else if (card !== undefined && card.fields['name'] !== name) await node.update(card.id, { name })
}

/** Says in a group that one came into what one was called when one asked for the place, unless something was said since. */
export const sayOnceIn = async (node: TakibiNode, group: DocumentId, name: string): Promise<void> => {
  if ((await ownCard(node, group)).card === undefined) await callOneself(node, group, name)
}
