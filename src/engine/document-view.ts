import { fieldsToValues } from '../core/operation/values.ts'
import type { ViewRow } from '../ports/store.ts'
import type { DocumentView } from './api.ts'

/** A stored view as callers get it. */
export const documentView = (row: Omit<ViewRow, 'keys'>): DocumentView => ({
  id: row.documentId,
  viewId: row.viewId,
  schemaId: row.schemaId,
  owner: row.owner,
  fields: fieldsToValues(row.fields),
  isDeleted: row.isDeleted,
  isEdited: row.isEdited,
  mark: row.mark,
  pendingOperations: row.pendingOperations,
  createdAt: row.createdAt,
  changedAt: row.changedAt,
  ...(row.group && { group: row.group }),
  ...(row.lockedOperations && { lockedOperations: row.lockedOperations }),
})
