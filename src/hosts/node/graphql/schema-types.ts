import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
} from 'graphql'
import type { SchemaId } from '../../../core/ids.ts'
import type { FieldKind } from '../../../core/operation/operation.ts'
import type { Schema, SchemaField } from '../../../core/schema/schema.ts'
import type { DocumentView } from '../../../engine/api.ts'
import type { RequestContext } from './context.ts'
import { MetaFilterInputObject, filterOfKind } from './filter-types.ts'
import {
  collectionResolvers,
  isOne,
  resolveAll,
  resolveCursor,
  resolveFields,
  resolveOne,
  resolverOf,
} from './resolve.ts'
import { Cursor, DocumentId, DocumentViewId, HexBytes, Int, PublicKey } from './scalars.ts'

type Field = GraphQLFieldConfig<DocumentView, RequestContext>
type Fields = GraphQLFieldConfigMap<DocumentView, RequestContext>

const nonNull = (type: GraphQLOutputType) => new GraphQLNonNull(type as GraphQLObjectType)

const scalarOfKind: { readonly [K in FieldKind]?: GraphQLOutputType } = {
  bool: GraphQLBoolean,
  int: Int,
  float: GraphQLFloat,
  str: GraphQLString,
  bytes: HexBytes,
}

const OrderDirection = new GraphQLEnumType({
  name: 'OrderDirection',
  values: { ASC: { value: 'asc' }, DESC: { value: 'desc' } },
})

const DocumentMeta = new GraphQLObjectType<DocumentView, RequestContext>({
  name: 'DocumentMeta',
  fields: {
    documentId: { type: nonNull(DocumentId), resolve: ({ id }) => id },
    viewId: { type: nonNull(DocumentViewId), resolve: ({ viewId }) => viewId },
    owner: { type: nonNull(PublicKey), resolve: ({ owner }) => owner },
  },
})

/** Names that an enum of GraphQL cannot have, or that already mean something in an order. */
const reserved = new Set(['true', 'false', 'null', 'DOCUMENT_ID', 'DOCUMENT_VIEW_ID'])

/** Everything that one schema adds to the API. */
interface SchemaTypes {
  readonly schema: Schema
  readonly document: GraphQLObjectType
  readonly collection: GraphQLObjectType
  readonly argsOf: (defaultOrder?: string) => GraphQLFieldConfigArgumentMap
}

/**
 * The types of a schema, named after its id (wire.md §6.1). A field that leads to a schema which nobody may see here is left out.
 * @param typesOf the types of the schema a relation leads to. No schema leads to itself, not even by others: ids are hashes of what they name.
 */
function buildTypes(schema: Schema, typesOf: (id: SchemaId) => SchemaTypes | undefined): SchemaTypes {
  const { id } = schema
  const shown = schema.fields.flatMap((field) => {
    const target = field.schemaId && typesOf(field.schemaId)
    return scalarOfKind[field.kind] || target ? [{ field, target }] : []
  })
  const fields = new GraphQLObjectType<DocumentView, RequestContext>({
    name: `${id}Fields`,
    fields: Object.fromEntries(shown.map(({ field, target }) => [field.name, fieldOf(field, target)])),
  })
  const fieldsAndMeta: Fields = {
    fields: { type: fields, resolve: resolveFields },
    meta: { type: DocumentMeta, resolve: (document) => document },
  }
  const document = new GraphQLObjectType({ name: id, fields: fieldsAndMeta })
  const item = new GraphQLObjectType({
    name: `${id}Item`,
    fields: { cursor: { type: Cursor, resolve: resolveCursor }, ...fieldsAndMeta },
  })
  const collection = new GraphQLObjectType({
    name: `${id}Collection`,
    fields: {
      totalCount: { type: nonNull(Int), resolve: collectionResolvers.totalCount },
      hasNextPage: { type: nonNull(GraphQLBoolean), resolve: collectionResolvers.hasNextPage },
      endCursor: { type: nonNull(GraphQLString), resolve: collectionResolvers.endCursor },
      documents: { type: nonNull(new GraphQLList(nonNull(item))), resolve: collectionResolvers.documents },
    },
  })
  return { schema, document, collection, argsOf: argumentsOf(schema) }
}

const fieldOf = (field: SchemaField, target: SchemaTypes | undefined): Field => {
  const resolve = resolverOf(field, target?.schema)
  if (!target) return { type: scalarOfKind[field.kind]!, resolve }
  if (isOne(field.kind)) return { type: target.document, resolve }
  return { type: target.collection, args: target.argsOf(), resolve }
}

/** The six arguments of a collection. Lists have no default order: they are in theirs. */
function argumentsOf({ id, fields }: Schema): SchemaTypes['argsOf'] {
  const filter = new GraphQLInputObjectType({
    name: `${id}Filter`,
    fields: Object.fromEntries(fields.map(({ name, kind }) => [name, { type: filterOfKind[kind] }])),
  })
  const names = fields.map(({ name }) => name).filter((name) => !reserved.has(name))
  const orderBy = new GraphQLEnumType({
    name: `${id}OrderBy`,
    values: Object.fromEntries(['DOCUMENT_ID', 'DOCUMENT_VIEW_ID', ...names].map((name) => [name, { value: name }])),
  })
  return (defaultOrder) => ({
    filter: { type: filter },
    meta: { type: MetaFilterInputObject },
    orderBy: { type: orderBy, ...(defaultOrder && { defaultValue: defaultOrder }) },
    orderDirection: { type: OrderDirection, defaultValue: 'asc' },
    first: { type: Int, defaultValue: 25 },
    after: { type: Cursor },
  })
}

/** The queries that these schemas make possible: two for each. */
export function queryFieldsOf(schemas: readonly Schema[]): GraphQLFieldConfigMap<unknown, RequestContext> {
  const known = new Map(schemas.map((schema) => [schema.id, schema]))
  const built = new Map<SchemaId, SchemaTypes>()
  const typesOf = (id: SchemaId): SchemaTypes | undefined => {
    const before = built.get(id)
    const schema = known.get(id)
    if (before || !schema) return before
    const types = buildTypes(schema, typesOf)
    built.set(id, types)
    return types
  }
  const queries: GraphQLFieldConfigMap<unknown, RequestContext> = {}
  for (const schema of schemas) {
    const { document, collection, argsOf } = typesOf(schema.id)!
    queries[schema.id] = {
      type: document,
      args: { id: { type: DocumentId }, viewId: { type: DocumentViewId } },
      resolve: resolveOne(schema),
    }
    queries[`all_${schema.id}`] = {
      type: nonNull(collection),
      args: argsOf('DOCUMENT_ID'),
      resolve: resolveAll(schema),
    }
  }
  return queries
}
