import type { SchemaId } from '../../sdk/index.ts'

/** Takibi's own schemas, which every node has built in. */
export const collectionSchema = 'takibi_collection_v1' as SchemaId
export const viewSchema = 'takibi_view_v1' as SchemaId
