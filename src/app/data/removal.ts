import { create } from 'zustand'
import type { DocumentId, DocumentView, Draft, TakibiNode } from '../../sdk/index.ts'
import { attempt } from '../state/trouble.ts'
import type { Messages } from '../messages/messages.tsx'
import { toast, useToasts } from '../state/toasts.ts'
import type { Collection } from './collection.ts'
import { collectionSchema } from './system-schemas.ts'

/** What was removed and is not signed yet. Lists leave these out, so that Remove is seen at once. */
export const useLeaving = create<{ readonly ids: ReadonlySet<string> }>()(() => ({ ids: new Set() }))

const undoMs = 10_000
const leave = (id: string): void => useLeaving.setState(({ ids }) => ({ ids: new Set([...ids, id]) }))
const stay = (id: string): void =>
  useLeaving.setState(({ ids }) => ({ ids: new Set([...ids].filter((other) => other !== id)) }))

/**
 * Removes a document in ten seconds, unless somebody takes it back: an operation once signed is never unsaid. Whoever leaves the page
 * before that meant it, so it is signed then.
 *
 * @param name for the message
 */
export const removeWithUndo = (node: TakibiNode, id: DocumentId, name: string, t: Messages): void => {
  leave(id)
  const sign = async (): Promise<void> => {
    end()
    await attempt(t, () => node.remove(id))
    stay(id)
  }
  const onHide = (): void => {
    if (document.visibilityState === 'hidden') void sign()
  }
  const timer = setTimeout(() => void sign(), undoMs)
  const message = toast(t.you.removed.removed(name), {
    ms: undoMs,
    action: {
      label: t.shell.undo,
      run: () => {
        end()
        stay(id)
      },
    },
  })
  const end = (): void => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onHide)
    useToasts.getState().hide(message)
  }
  document.addEventListener('visibilitychange', onHide)
}

const noteKey = 'app/brought-back'
const readIds = (note: unknown): readonly string[] =>
  Array.isArray(note) ? note.filter((id): id is string => typeof id === 'string') : []

/** Which removed things this device has brought back already: they need not be offered again. */
export const useBroughtBack = create<{ readonly ids: readonly string[] }>()(() => ({ ids: [] }))
export const readBroughtBack = async (node: TakibiNode): Promise<void> =>
  useBroughtBack.setState({ ids: readIds(await node.notes.get(noteKey)) })

/** A removed thing once more: a new document with the fields it had last. Its history begins anew. */
export const bringBack = async (
  node: TakibiNode,
  { id, schemaId, fields, group }: DocumentView,
): Promise<DocumentId> => {
  const document = await node.create(schemaId, fields, group === undefined ? {} : { group })
  const ids = [...useBroughtBack.getState().ids, id].slice(-1_000)
  useBroughtBack.setState({ ids })
  await node.notes.put(noteKey, ids)
  return document
}

/** A removed collection once more: a new document over the same things; its views move over to it. */
export const bringCollectionBack = async (
  node: TakibiNode,
  removed: DocumentView,
  collection: Collection,
): Promise<void> => {
  const { name, one, many, icon, definition } = removed.fields
  const views = [
    ...(collection.form === undefined ? [] : [collection.form.id]),
    ...collection.views.map(({ id }) => id).filter((id) => id !== removed.id),
  ]
  const drafts: readonly Draft[] = [
    {
      action: 'create',
      as: 'collection',
      schema: collectionSchema,
      fields: {
        name: name ?? '',
        one: one ?? '',
        many: many ?? '',
        icon: icon ?? '',
        definition: definition ?? '',
      },
      ...(removed.group !== undefined && { group: removed.group }),
    },
    ...views.map((view): Draft => ({
      action: 'update',
      document: view,
      fields: { collection: { ref: 'collection' } },
    })),
  ]
  await node.publishBatch(drafts)
}
