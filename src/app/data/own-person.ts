import type { DocumentId, TakibiNode } from '../../sdk/index.ts'

/** Who writes here: made, with the recovery words, where nothing was written on this device yet. `undefined` where there can be nobody. */
export const ensurePerson = async (node: TakibiNode): Promise<DocumentId | undefined> => {
  const { person } = await node.identity.person().once()
  if (person !== undefined) return person.id
  await node.identity.words.show()
  return (await node.identity.person().once()).person?.id
}
