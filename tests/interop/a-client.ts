import { KeyPair, OperationFields, encodeOperation, signAndEncodeEntry } from 'p2panda-js'
import { ask, type GraphQLBody, shownAt, textAt } from '../hosts/node/a-node.ts'

type FieldType = 'str' | 'int' | 'float' | 'bool' | 'relation' | 'relation_list' | 'pinned_relation_list' | 'bytes'
export type FieldList = readonly (readonly [name: string, type: FieldType, value: unknown])[]

interface NextArgs {
  readonly logId: string
  readonly seqNum: string
  readonly backlink: string | null
  readonly skiplink: string | null
}
export interface Signed {
  readonly entry: string
  readonly operation: string
}

const fieldsOf = (list: FieldList): OperationFields => {
  const fields = new OperationFields()
  for (const [name, type, value] of list) fields.insert(name, type, value as never)
  return fields
}

const nextArgsQuery =
  'query ($k: PublicKey!, $v: DocumentViewId) { nextArgs(publicKey: $k, viewId: $v) { logId seqNum backlink skiplink } }'
const publishMutation =
  'mutation ($e: EncodedEntry!, $o: EncodedOperation!) { publish(entry: $e, operation: $o) { logId seqNum backlink skiplink } }'

/** The id of the operation that was just published: what comes next in its log builds on it. */
export const publishedId = (answer: GraphQLBody): string => textAt(answer, 'publish', 'backlink')

/** A client as p2panda-js 0.8.1 has them: asks where its next entry goes, signs, publishes. */
export function aClient(node: { readonly url: string }, keyPair = new KeyPair()) {
  const publicKey = keyPair.publicKey()

  const nextArgs = async (viewId?: string): Promise<NextArgs> => {
    const answer = await ask(node, nextArgsQuery, { k: publicKey, ...(viewId && { v: viewId }) })
    if (answer.errors) throw new Error(answer.errors[0]?.message)
    return shownAt(answer, 'nextArgs') as NextArgs
  }
  const sign = (args: NextArgs, operation: string): string =>
    signAndEncodeEntry(
      {
        operation,
        logId: BigInt(args.logId),
        seqNum: BigInt(args.seqNum),
        ...(args.backlink && { backlink: args.backlink }),
        ...(args.skiplink && { skiplink: args.skiplink }),
      },
      keyPair,
    )
  const publish = ({ entry, operation }: Signed): Promise<GraphQLBody> =>
    ask(node, publishMutation, { e: entry, o: operation })
  const publishOrThrow = async (signed: Signed): Promise<string> => {
    const answer = await publish(signed)
    if (answer.errors) throw new Error(answer.errors[0]?.message)
    return publishedId(answer)
  }
  const make = {
    create: (schemaId: string, fields: FieldList): string =>
      encodeOperation({ action: 'create', schemaId, fields: fieldsOf(fields) }),
    update: (schemaId: string, previous: string, fields: FieldList): string =>
      encodeOperation({ action: 'update', schemaId, previous, fields: fieldsOf(fields) }),
    delete: (schemaId: string, previous: string): string => encodeOperation({ action: 'delete', schemaId, previous }),
  }
  const create = async (schemaId: string, fields: FieldList): Promise<string> => {
    const operation = make.create(schemaId, fields)
    return publishOrThrow({ entry: sign(await nextArgs(), operation), operation })
  }
  const update = async (schemaId: string, viewId: string, fields: FieldList): Promise<string> => {
    const operation = make.update(schemaId, viewId, fields)
    return publishOrThrow({ entry: sign(await nextArgs(viewId), operation), operation })
  }
  const remove = async (schemaId: string, viewId: string): Promise<string> => {
    const operation = make.delete(schemaId, viewId)
    return publishOrThrow({ entry: sign(await nextArgs(viewId), operation), operation })
  }
  /** Publishes a schema, and gives its id. */
  const defineSchema = async (name: string, types: Readonly<Record<string, string>>): Promise<string> => {
    const fields: string[] = []
    for (const [field, type] of Object.entries(types))
      fields.push(
        await create('schema_field_definition_v1', [
          ['name', 'str', field],
          ['type', 'str', type],
        ]),
      )
    const definition = await create('schema_definition_v1', [
      ['name', 'str', name],
      ['description', 'str', 'Made by p2panda-js'],
      ['fields', 'pinned_relation_list', fields.map((id) => [id])],
    ])
    return `${name}_${definition}`
  }
  return { publicKey, keyPair, nextArgs, sign, publish, make, create, update, remove, defineSchema }
}
