import type { DocumentView } from '../../../sdk/index.ts'
import { type Collection, titleField } from '../../data/collection.ts'
import type { Field } from '../../data/field-kind.ts'
import { isEmptyField } from '../../fields/field-text.ts'
import { isStoredIn } from '../../fields/stored-names.ts'

/** Which field of a thing stands where on its screen. */
export interface ThingFields {
  readonly title: Field | undefined
  /** The first long text that says something stands under the title, without a label. */
  readonly lead: Field | undefined
  readonly photos: readonly Field[]
  readonly rows: readonly Field[]
  readonly files: readonly Field[]
  /** Of another version of the collection: this thing has them, new ones do not. */
  readonly more: readonly Field[]
}

/** A thing keeps the version it was made with: what that cannot hold is not offered. */
export const thingFields = (collection: Collection, document: DocumentView): ThingFields => {
  const schema = collection.versions.find(({ id }) => id === document.schemaId) ?? collection.schema
  const own = collection.fields.filter((field) => schema !== undefined && isStoredIn(field, schema))
  const shown = own.filter(({ isRemoved }) => !isRemoved)
  const title = titleField(collection)
  const lead = shown.find((field) => field.kind === 'longText' && !isEmptyField(field, document.fields))
  const rest = shown.filter((field) => field.name !== title?.name && field !== lead)
  return {
    title: shown.find((field) => field.name === title?.name),
    lead,
    photos: rest.filter(({ kind }) => kind === 'photo'),
    files: rest.filter(({ kind }) => kind === 'file' || kind === 'voice'),
    rows: rest.filter(({ kind }) => kind !== 'photo' && kind !== 'file' && kind !== 'voice'),
    more: own.filter((field) => field.isRemoved && !isEmptyField(field, document.fields)),
  }
}
