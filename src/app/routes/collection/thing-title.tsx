import type { DocumentView } from '../../../sdk/index.ts'
import { type Collection, titleOf } from '../../data/collection.ts'
import { useMessages } from '../../messages/messages.tsx'

/** A thing's name for people, also where nobody gave it one. */
export const useThingName = (collection: Collection): ((document: DocumentView) => string) => {
  const t = useMessages()
  return (document) => {
    const title = titleOf(collection, document)
    return title === '' ? t.form.unnamed(collection.one) : title
  }
}
