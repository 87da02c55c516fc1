import type { DocumentView } from '../../../sdk/index.ts'
import { type Collection, type CollectionView, titleField } from '../../data/collection.ts'
import { type Field, readLinks } from '../../data/field-kind.ts'
import { isEmptyField } from '../../fields/field-text.ts'
import { shownFields } from './list-options.ts'

/** Which field stands where on a card. */
export interface CardParts {
  readonly title: Field | undefined
  readonly subtitle: Field | undefined
  readonly cover: Field | undefined
  readonly badge: Field | undefined
  /** What else is worth a line, the most telling first. */
  readonly others: readonly Field[]
}

const tellingKinds: readonly Field['kind'][] = [
  'choice',
  'date',
  'rating',
  'tags',
  'text',
  'yesNo',
  'number',
  'dateTime',
]

export const cardParts = (collection: Collection, view: CollectionView): CardParts => {
  const fields = shownFields(collection)
  const named = (name: string | undefined): Field | undefined => fields.find((field) => field.name === name)
  const title = titleField(collection, view)
  const cover = named(view.layout.cover) ?? fields.find(({ kind }) => kind === 'photo')
  const subtitle = named(view.layout.subtitle)
  const badge = named(view.layout.badge)
  const taken = [title, subtitle, badge, cover, named(view.layout.group), named(view.layout.tick)]
  const others = fields
    .filter((field) => tellingKinds.includes(field.kind) && !taken.includes(field))
    .filter(({ name }) => !view.layout.hidden.includes(name))
    .toSorted((a, b) => tellingKinds.indexOf(a.kind) - tellingKinds.indexOf(b.kind))
  return { title, subtitle, cover, badge, others }
}

export const coverBlob = ({ cover }: CardParts, document: DocumentView): string | undefined =>
  cover === undefined ? undefined : readLinks(document.fields[cover.name])[0]

/** The first few fields in which this thing says something. A "no" says nothing on a card. */
export const tellingFields = (parts: CardParts, document: DocumentView, atMost: number): readonly Field[] =>
  parts.others
    .filter((field) => !isEmptyField(field, document.fields) && document.fields[field.name] !== false)
    .slice(0, atMost)
