/** The types that every entry point of the library speaks. */
export type * from './takibi-node.ts'
export type * from './campfire-types.ts'
export type * from './groups-types.ts'
export type * from './invites-types.ts'
export type * from './identity-types.ts'
export type * from './sync-types.ts'
export type { DocumentId, DocumentViewId, Hash, LogId, OperationId, PublicKey, SchemaId, SeqNum } from '../core/ids.ts'
export type { FieldKind } from '../core/operation/operation.ts'
export type { Schema, SchemaField } from '../core/schema/schema.ts'
export type {
  BlobInfo,
  Change,
  CheckReport,
  Comparable,
  Draft,
  DraftValue,
  DraftValues,
  EntryInfo,
  ExportReport,
  ExportScope,
  Filter,
  ForkInfo,
  ImportProgress,
  ImportReport,
  KnownSchema,
  LogInfo,
  MetaFilter,
  PendingInfo,
  Published,
  Reference,
  SearchHit,
} from '../engine/api.ts'
export type { Failure } from '../engine/failure.ts'
export type { LiveView } from '../engine/live-view.ts'
export type { Mark, Origin, TableUsage } from '../ports/store.ts'
