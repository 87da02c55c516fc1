import type { Change } from '../../../sdk/index.ts'
import { type Field, readLinks } from '../../data/field-kind.ts'
import { fieldText, isEmptyField } from '../../fields/field-text.ts'
import { isSameValues, storedNames, valuesOf } from '../../fields/stored-names.ts'
import type { Format } from '../../messages/format.ts'
import type { Messages } from '../../messages/messages.tsx'

/** A piece of a sentence; the value that came is said with weight. */
export interface Piece {
  readonly text: string
  readonly isStrong?: boolean
}

/** Longer texts are not repeated in the history: that they changed says enough. */
const longestQuote = 48
const listKinds: readonly Field['kind'][] = ['photo', 'file', 'voice', 'link', 'links', 'exact']

const listPieces = (field: Field, change: Change, t: Messages): readonly Piece[] => {
  const say = t.thing.history
  const now = readLinks(change.fields[field.name])
  const old = readLinks(change.before[field.name])
  const added = now.filter((id) => !old.includes(id)).length
  const taken = old.filter((id) => !now.includes(id)).length
  const parts = [
    ...(added > 0 ? [say.added(field.label, added)] : []),
    ...(taken > 0 ? [say.took(field.label, taken)] : []),
  ]
  return [{ text: parts.length === 0 ? say.changed(field.label) : parts.join(say.join) }]
}

const piecesFor = (field: Field, change: Change, format: Format, t: Messages): readonly Piece[] => {
  const say = t.thing.history
  if (listKinds.includes(field.kind)) return listPieces(field, change, t)
  const now = { ...change.before, ...change.fields }
  if (isSameValues(valuesOf(field, change.before), valuesOf(field, now))) return [{ text: say.same(field.label) }]
  const isNew = isEmptyField(field, change.before)
  if (isEmptyField(field, now)) return [{ text: say.cleared(field.label) }]
  const to = fieldText(field, now, format, t)
  const from = isNew ? '' : fieldText(field, change.before, format, t)
  if (to.length > longestQuote || from.length > longestQuote) return [{ text: say.changed(field.label) }]
  const value: Piece = { text: to, isStrong: true }
  if (isNew) {
    const words = say.set(field.label)
    return [{ text: words.before }, value, { text: words.after }]
  }
  const words = say.fromTo(field.label)
  return [{ text: words.before }, { text: from }, { text: words.between }, value, { text: words.after }]
}

/** What an operation did, in words, without who did it: "changed Count from 2 to 3, set Status to Nesting". */
export const sentenceOf = (change: Change, fields: readonly Field[], format: Format, t: Messages): readonly Piece[] => {
  const say = t.thing.history
  if (change.action === 'create') return [{ text: say.wrote }]
  if (change.action === 'delete') return [{ text: say.removed }]
  const touched = fields.filter((field) => storedNames(field).some((name) => Object.hasOwn(change.fields, name)))
  return touched.flatMap((field, at) => [
    ...(at > 0 ? [{ text: say.join }] : []),
    ...piecesFor(field, change, format, t),
  ])
}
