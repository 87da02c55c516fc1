import { viewIdParts } from '../../core/document/view-id.ts'
import type { DocumentId, DocumentViewId, OperationId } from '../../core/ids.ts'
import type { Fields, FieldValue } from '../../core/operation/operation.ts'

/** One id that a field of a document leads to: a document, or a view of one. */
export interface Link {
  readonly field: string
  readonly to: DocumentId | DocumentViewId
  readonly isPinned: boolean
}

const linksOfValue = (value: FieldValue): readonly Omit<Link, 'field'>[] => {
  switch (value.kind) {
    case 'relation':
      return [{ to: value.value, isPinned: false }]
    case 'relation_list':
      return value.value.map((to) => ({ to, isPinned: false }))
    case 'pinned_relation':
    case 'owner':
      return [{ to: value.value, isPinned: true }]
    case 'pinned_relation_list':
      return value.value.map((to) => ({ to, isPinned: true }))
    default:
      return []
  }
}

/** Everything the fields lead to, in their order. */
export const linksOf = (fields: Fields): readonly Link[] =>
  Object.entries(fields).flatMap(([field, value]) => linksOfValue(value).map((link) => ({ field, ...link })))

/** The operations by which the document of a link is found: any of them will do, but all must be there. */
export const operationsOf = (link: Pick<Link, 'to' | 'isPinned'>): readonly OperationId[] =>
  link.isPinned ? viewIdParts(link.to as DocumentViewId) : [link.to as DocumentId]
