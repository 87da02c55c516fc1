import { useDocument } from '../../../sdk/react/index.ts'
import { titleOf } from '../../data/collection.ts'
import { useCollectionOf } from '../../data/use-collections.tsx'
import type { Present } from '../../data/use-present.ts'
import { useMessages } from '../../messages/messages.tsx'

/** What somebody who is here does, by their own words. Nothing where they do not say. */
export const Doing = ({ present: { doing } }: { readonly present: Present }) =>
  doing?.document === undefined ? null : <WithThing id={doing.document} field={doing.field} />

const WithThing = ({ id, field }: { readonly id: string; readonly field: string | undefined }) => {
  const t = useMessages()
  const { document } = useDocument(id)
  const collection = useCollectionOf(document)
  if (document === undefined || collection === undefined) return t.here.something
  const title = titleOf(collection, document)
  const name = title === '' ? t.you.changes.untitled(collection.one) : title
  const label = collection.fields.find((one) => one.name === field)?.label
  return label === undefined ? t.here.looking(name) : t.here.changing(name, label)
}
