import type { DocumentView } from '../../sdk/index.ts'
import type { Tone } from './field-kind.ts'

/** How a group looks: what its keepers wrote on its card, else what follows from its name. */
export interface GroupCard {
  readonly name: string
  readonly about: string
  readonly tone: Tone
  readonly letter: string
}

/** The tones a group may have. What another app wrote, and we do not know, is plain. */
export const groupTones = ['leaf', 'sky', 'honey', 'ember', 'berry', 'iris'] as const satisfies Tone[]

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** The first letter of a name, as people count letters. */
export const letterOf = (name: string): string => {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(name.trim())
  return first?.segment.toLocaleUpperCase() ?? ''
}

/** @param cards all of them; the group's is the one with the lowest id, so that every device takes the same */
export const cardOf = (group: Pick<DocumentView, 'id' | 'fields'>, cards: readonly DocumentView[]): GroupCard => {
  const card = cards.filter((one) => one.group === group.id).toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
  const name = text(card?.fields['name']) || text(group.fields['name'])
  const tone = text(card?.fields['colour'])
  return {
    name,
    about: text(card?.fields['about']),
    tone: groupTones.find((one) => one === tone) ?? 'plain',
    letter: letterOf(text(card?.fields['letter']) || name),
  }
}
