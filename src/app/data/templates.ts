import type { CollectionDefinition, ViewDraft } from './definition.ts'
import { makeField, type Option, type Tone } from './field-kind.ts'
import type { CollectionIcon } from './collection-icon.ts'

export const templateNames = ['observations', 'inventory', 'tasks', 'shopping', 'lending', 'blank'] as const
export type TemplateName = (typeof templateNames)[number]
export const isTemplateName = (text: string | null): text is TemplateName => templateNames.some((name) => name === text)

/** The words a template is made with, in one language. Once made, they are the collection's own and are not translated again. */
export interface TemplateWords {
  readonly observations: Words<'what' | 'count' | 'status' | 'place' | 'seenAt' | 'photos' | 'note', 'status'>
  readonly inventory: Words<'item' | 'quantity' | 'where' | 'state' | 'checked' | 'photo' | 'note', 'state'>
  readonly tasks: Words<'task' | 'state' | 'due' | 'area' | 'note' | 'photos', 'state'>
  readonly shopping: Words<'item' | 'amount' | 'got' | 'where' | 'note', never>
  readonly lending: Words<'thing' | 'state' | 'who' | 'since' | 'photo' | 'note', 'state'>
  readonly blank: Words<'title', never>
  readonly views: Readonly<Record<'cards' | 'table' | 'board' | 'checklist', string>>
}
interface Words<Fields extends string, Choices extends string> {
  readonly name: string
  readonly about: string
  readonly one: string
  readonly many: string
  readonly fields: Readonly<Record<Fields, string>>
  readonly options: Readonly<Record<Choices, readonly string[]>>
}

const options = (labels: readonly string[], ...toneOf: readonly Tone[]): readonly Option[] =>
  labels.map((label, at) => ({ value: label, label, tone: toneOf[at] ?? 'plain' }))

export const templateIcon: Readonly<Record<TemplateName, CollectionIcon>> = {
  observations: 'camera',
  inventory: 'box',
  tasks: 'board',
  shopping: 'checks',
  lending: 'hands',
  blank: 'list',
}

type Body = Pick<CollectionDefinition, 'fields' | 'views'>
type Make = (words: TemplateWords) => Body

const newestFirst = [{ by: 'CREATED_AT', direction: 'desc' }] as const

const observations: Make = ({ observations: { fields: say, options: choices }, views }) => ({
  fields: [
    makeField('photos', 'photo', say.photos),
    makeField('what', 'text', say.what, { isRequired: true }),
    makeField('count', 'number', say.count, { isWhole: true, default: 1 }),
    makeField('status', 'choice', say.status, { options: options(choices.status, 'leaf', 'sky', 'honey', 'iris') }),
    makeField('place', 'place', say.place, { fill: 'here' }),
    makeField('seen_at', 'dateTime', say.seenAt, { fill: 'now' }),
    makeField('note', 'longText', say.note),
  ],
  views: [
    {
      name: views.cards,
      kind: 'cards',
      sort: newestFirst,
      layout: { title: 'what', subtitle: 'note', cover: 'photos', badge: 'count' },
    },
    { name: views.table, kind: 'table', sort: [{ by: 'what', direction: 'asc' }], layout: { title: 'what' } },
  ],
})

const inventory: Make = ({ inventory: { fields: say, options: choices }, views }) => ({
  fields: [
    makeField('item', 'text', say.item, { isRequired: true }),
    makeField('quantity', 'number', say.quantity, { isWhole: true, default: 1 }),
    makeField('where', 'text', say.where),
    makeField('state', 'choice', say.state, { options: options(choices.state, 'leaf', 'sky', 'honey', 'berry') }),
    makeField('checked', 'date', say.checked),
    makeField('photo', 'photo', say.photo),
    makeField('note', 'longText', say.note),
  ],
  views: [
    { name: views.table, kind: 'table', sort: [{ by: 'item', direction: 'asc' }], layout: { title: 'item' } },
    {
      name: views.cards,
      kind: 'cards',
      layout: { title: 'item', subtitle: 'where', cover: 'photo', badge: 'quantity' },
    },
  ],
})

const tasks: Make = ({ tasks: { fields: say, options: choices }, views }) => ({
  fields: [
    makeField('task', 'text', say.task, { isRequired: true }),
    makeField('state', 'choice', say.state, {
      options: options(choices.state, 'plain', 'sky', 'honey', 'leaf'),
      ...(choices.state[0] === undefined ? {} : { default: choices.state[0] }),
    }),
    makeField('due', 'date', say.due),
    makeField('area', 'text', say.area),
    makeField('note', 'longText', say.note),
    makeField('photos', 'photo', say.photos),
  ],
  views: [
    { name: views.board, kind: 'board', layout: { title: 'task', subtitle: 'area', cover: 'photos', group: 'state' } },
    { name: views.table, kind: 'table', sort: [{ by: 'due', direction: 'asc' }], layout: { title: 'task' } },
  ],
})

const shopping: Make = ({ shopping: { fields: say }, views }) => ({
  fields: [
    makeField('item', 'text', say.item, { isRequired: true }),
    makeField('amount', 'text', say.amount),
    makeField('got', 'yesNo', say.got),
    makeField('where', 'text', say.where),
    makeField('note', 'longText', say.note),
  ],
  views: [
    { name: views.checklist, kind: 'checklist', layout: { title: 'item', subtitle: 'amount', tick: 'got' } },
    { name: views.table, kind: 'table', sort: [{ by: 'item', direction: 'asc' }], layout: { title: 'item' } },
  ],
})

const lending: Make = ({ lending: { fields: say, options: choices }, views }) => ({
  fields: [
    makeField('photo', 'photo', say.photo),
    makeField('thing', 'text', say.thing, { isRequired: true }),
    makeField('state', 'choice', say.state, {
      options: options(choices.state, 'leaf', 'honey', 'berry'),
      ...(choices.state[0] === undefined ? {} : { default: choices.state[0] }),
    }),
    makeField('who', 'text', say.who),
    makeField('since', 'date', say.since),
    makeField('note', 'longText', say.note),
  ],
  views: [
    { name: views.cards, kind: 'cards', layout: { title: 'thing', subtitle: 'who', cover: 'photo', badge: 'state' } },
    { name: views.board, kind: 'board', layout: { title: 'thing', subtitle: 'who', cover: 'photo', group: 'state' } },
    { name: views.table, kind: 'table', sort: [{ by: 'thing', direction: 'asc' }], layout: { title: 'thing' } },
  ],
})

const blank: Make = ({ blank: { fields: say }, views }) => ({
  fields: [makeField('title', 'text', say.title, { isRequired: true })],
  views: [
    { name: views.table, kind: 'table', layout: { title: 'title' } } satisfies ViewDraft,
    { name: views.cards, kind: 'cards', layout: { title: 'title' } },
  ],
})

const makers: Readonly<Record<TemplateName, Make>> = { observations, inventory, tasks, shopping, lending, blank }

/** A collection as the template has it, in the given words; the builder may change all of it before it is made. */
export const fromTemplate = (template: TemplateName, words: TemplateWords): CollectionDefinition => {
  const { name, one, many } = words[template]
  return { name, one, many, icon: templateIcon[template], ...makers[template](words) }
}
