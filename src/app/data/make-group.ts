import type { DocumentId, TakibiNode } from '../../sdk/index.ts'
import { personCard } from './claims.ts'
import type { CollectionIcon } from './collection-icon.ts'
import { type groupTones, letterOf } from './group-card.ts'
import { ensurePerson } from './own-person.ts'
import { groupCardSchema, personCardSchema, secretGroupSchema } from './system-schemas.ts'
import type { TemplateName } from './templates.ts'

/** What a group can be for: it chooses colour and first words, all of which may change. */
export const purposes = ['festival', 'coop', 'neighbours', 'research', 'blank'] as const
export type Purpose = (typeof purposes)[number]

export const purposeLook: Readonly<
  Record<Purpose, { readonly icon: CollectionIcon; readonly tone: (typeof groupTones)[number] }>
> = {
  festival: { icon: 'music', tone: 'ember' },
  coop: { icon: 'hands', tone: 'leaf' },
  neighbours: { icon: 'heart', tone: 'honey' },
  research: { icon: 'camera', tone: 'sky' },
  blank: { icon: 'people', tone: 'iris' },
}

/** The lists that such a group begins with, where its founder wants them. */
export const purposeLists: Readonly<Record<Purpose, readonly TemplateName[]>> = {
  festival: ['tasks', 'inventory'],
  coop: ['shopping', 'tasks', 'inventory'],
  neighbours: ['lending'],
  research: ['observations'],
  blank: [],
}

/** Signs a group into being: founded by the own person, with its sealed side and its card, and what one calls oneself in it, if anything. */
export const makeGroup = async (
  node: TakibiNode,
  {
    name,
    about,
    purpose,
    called = '',
  }: { readonly name: string; readonly about: string; readonly purpose: Purpose; readonly called?: string },
): Promise<DocumentId> => {
  const founder = await ensurePerson(node)
  const group = await node.groups.create(name, founder === undefined ? {} : { founder })
  const card = { name, about, colour: purposeLook[purpose].tone, letter: letterOf(name) }
  await node.publishBatch([
    { action: 'create', as: 'sealed', schema: secretGroupSchema, fields: { group, mode: 'lts', suite: 0 } },
    { action: 'create', schema: groupCardSchema, fields: card, group: { ref: 'sealed' } },
    ...(called === '' || founder === undefined
      ? []
      : [
          {
            action: 'create',
            schema: personCardSchema,
            fields: personCard(founder, called),
            group: { ref: 'sealed' },
          } as const,
        ]),
  ])
  return group
}
