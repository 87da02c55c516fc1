import { type Subject, groupSubject, keySubject } from '../core/authority/entry.ts'
import type { DocumentId, DocumentViewId, Hash, OperationId, PublicKey, SchemaId } from '../core/ids.ts'
import * as ids from '../core/parse-ids.ts'
import { parseHash } from '../core/hash/yasmf.ts'
import type { Result } from '../core/result.ts'
import { parseSchemaId } from '../core/schema/schema-id.ts'
import type { Failure } from '../engine/failure.ts'
import type { DocumentLike, SchemaLike } from './takibi-node.ts'
import { unwrap } from './unwrap.ts'

/** Text of the library's users to identifiers: each throws a `P2pandaError` that says what was expected. */
export const toPublicKey = (text: string): PublicKey => unwrap(ids.parsePublicKey(text))
export const toHash = (text: string): Hash => unwrap(parseHash(text))
export const toOperationId = (text: string): OperationId => unwrap(ids.parseOperationId(text))
/** A key or a group as members of groups are named: `k:` or `g:` before its id. */
export const toSubject = (text: string): Subject =>
  text.startsWith('g:') ? groupSubject(toDocumentId(text.slice(2))) : keySubject(toPublicKey(text.replace(/^k:/, '')))
export const toViewId = (text: string): DocumentViewId => unwrap(ids.parseDocumentViewId(text))
export const toDocumentId = (document: DocumentLike): DocumentId => unwrap(documentIdOf(document))
export const toSchemaId = (schema: SchemaLike): SchemaId => unwrap(schemaIdOf(schema))

/** The same as results, for views, which show their failure instead of throwing it. */
export const documentIdOf = (document: DocumentLike): Result<DocumentId, Failure> =>
  ids.parseDocumentId(typeof document === 'string' ? document : document.id)
export const schemaIdOf = (schema: SchemaLike): Result<SchemaId, Failure> =>
  parseSchemaId(typeof schema === 'string' ? schema : schema.id)
