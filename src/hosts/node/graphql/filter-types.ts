import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql'
import type { FieldKind } from '../../../core/operation/operation.ts'
import { DocumentId, DocumentViewId, HexBytes, Int, PublicKey } from './scalars.ts'

const among = ['in', 'notIn']
const equality = ['eq', 'notEq']
const ordering = ['gt', 'gte', 'lt', 'lte']

const filter = (name: string, type: GraphQLInputType, operators: readonly string[]): GraphQLInputObjectType =>
  new GraphQLInputObjectType({
    name,
    fields: Object.fromEntries(
      operators.map((operator) => [
        operator,
        { type: among.includes(operator) ? new GraphQLList(new GraphQLNonNull(type)) : type },
      ]),
    ),
  })

const BooleanFilter = filter('BooleanFilter', GraphQLBoolean, equality)

const PinnedRelationFilter = filter('PinnedRelationFilter', DocumentViewId, [...among, ...equality])

/** What a field of each kind can be filtered by (wire.md §6.1). */
export const filterOfKind: { readonly [K in FieldKind]: GraphQLInputObjectType } = {
  bool: BooleanFilter,
  int: filter('IntegerFilter', Int, [...among, ...equality, ...ordering]),
  float: filter('FloatFilter', GraphQLFloat, [...among, ...equality, ...ordering]),
  str: filter('StringFilter', GraphQLString, [...among, ...equality, ...ordering, 'contains', 'notContains']),
  bytes: filter('HexBytesFilter', HexBytes, equality),
  relation: filter('RelationFilter', DocumentId, [...among, ...equality]),
  pinned_relation: PinnedRelationFilter,
  owner: PinnedRelationFilter,
  relation_list: filter('RelationListFilter', DocumentId, among),
  pinned_relation_list: filter('PinnedRelationListFilter', DocumentViewId, among),
}

/** Filters by what is known of a document itself. */
export const MetaFilterInputObject = new GraphQLInputObjectType({
  name: 'MetaFilterInputObject',
  fields: {
    documentId: { type: filter('DocumentIdFilter', DocumentId, [...among, ...equality]) },
    viewId: { type: filter('DocumentViewIdFilter', DocumentViewId, [...among, ...equality]) },
    owner: { type: filter('OwnerFilter', PublicKey, [...among, ...equality]) },
    edited: { type: BooleanFilter },
    deleted: { type: BooleanFilter },
  },
})
