import { GraphQLError, type GraphQLFieldConfig, GraphQLNonNull, GraphQLObjectType } from 'graphql'
import type { DocumentViewId, PublicKey as Key } from '../../../core/ids.ts'
import { decodeEntry } from '../../../core/entry/decode.ts'
import type { NextArgs } from '../../../engine/client-api/api.ts'
import { type RequestContext, must } from './context.ts'
import { readArgs } from './read-args.ts'
import {
  DocumentViewId as DocumentViewIdType,
  EncodedEntry,
  EncodedOperation,
  EntryHash,
  LogId,
  PublicKey,
  SeqNum,
} from './scalars.ts'

const NextArguments = new GraphQLObjectType<NextArgs, RequestContext>({
  name: 'NextArguments',
  description: 'Where the next entry of a log goes, and what it links to.',
  fields: {
    logId: { type: new GraphQLNonNull(LogId) },
    seqNum: { type: new GraphQLNonNull(SeqNum) },
    backlink: { type: EntryHash },
    skiplink: { type: EntryHash },
  },
})

/** The same failure that `publish` has another name for. */
const namesHere = { 'document/deleted': 'DocumentDeleted' } as const

/** `nextArgs` of p2panda's client API. */
export const nextArgsField: GraphQLFieldConfig<unknown, RequestContext> = {
  type: NextArguments,
  args: { publicKey: { type: new GraphQLNonNull(PublicKey) }, viewId: { type: DocumentViewIdType } },
  resolve: async (_, given, context): Promise<NextArgs> => {
    const args = readArgs(given) as { readonly publicKey: Key; readonly viewId?: DocumentViewId }
    return must(context, await context.api.nextArgs(args.publicKey, args.viewId), namesHere)
  },
}

/** Asks before anything costs more than reading 226 bytes: whose entry it says it is, and how much it brings. */
function mustHaveRoom(context: RequestContext, entry: Uint8Array, operation: Uint8Array): void {
  const decoded = decodeEntry(entry)
  const seconds = context.askToWrite(decoded.ok ? decoded.value.publicKey : '', entry.length + operation.length)
  if (seconds === 0) return
  context.busySeconds = Math.max(context.busySeconds, seconds)
  context.count('busy')
  throw new GraphQLError(`Too much at once from this key or address. Come again in ${seconds} seconds.`)
}

/** `publish` of p2panda's client API. */
export const publishField: GraphQLFieldConfig<unknown, RequestContext> = {
  type: new GraphQLNonNull(NextArguments),
  args: {
    entry: { type: new GraphQLNonNull(EncodedEntry) },
    operation: { type: new GraphQLNonNull(EncodedOperation) },
  },
  resolve: async (_, given, context): Promise<NextArgs> => {
    const { entry, operation } = readArgs(given) as { readonly entry: Uint8Array; readonly operation: Uint8Array }
    mustHaveRoom(context, entry, operation)
    const next = await context.api.takeEntry(entry, operation, context)
    context.count(next.ok ? 'stored' : 'refused')
    return must(context, next)
  },
}
