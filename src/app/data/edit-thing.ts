import type { DocumentView, TakibiNode, Values } from '../../sdk/index.ts'
import { isSameValue } from '../fields/stored-names.ts'
import type { Messages } from '../messages/messages.tsx'
import { toast } from '../state/toasts.ts'
import { attempt } from '../state/trouble.ts'

/** What of a change says something new. */
const newIn = (document: DocumentView, fields: Values): Values =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isSameValue(document.fields[name], value)))

/** What stood where a change writes: the change that undoes it. */
export const before = (document: DocumentView, fields: Values): Values =>
  Object.fromEntries(
    Object.keys(fields).flatMap((name) =>
      Object.hasOwn(document.fields, name) ? [[name, document.fields[name]!] as const] : [],
    ),
  )

/**
 * Changes a thing, as one operation, where that says anything new. With a `message` it can be undone for ten seconds, which is one
 * operation more: what is signed stays in the history.
 *
 * @returns whether it is stored
 */
export const editThing = async (
  node: TakibiNode,
  document: DocumentView,
  fields: Values,
  t: Messages,
  message?: string,
): Promise<boolean> => {
  const news = newIn(document, fields)
  if (Object.keys(news).length === 0) return true
  const undone = before(document, news)
  const id = await attempt(t, () => node.update(document.id, news))
  if (id === undefined) return false
  if (message !== undefined)
    toast(message, {
      action: { label: t.shell.undo, run: () => void attempt(t, () => node.update(document.id, undone)) },
    })
  return true
}
