import { type ExecutionArgs, GraphQLError, GraphQLObjectType, GraphQLSchema, execute } from 'graphql'
import { createHandler } from 'graphql-http'
import type { Schema } from '../../../core/schema/schema.ts'
import type { ClientApi } from '../../../engine/client-api/api.ts'
import type { Clock } from '../../../ports/clock.ts'
import { createBudget } from '../server/budget.ts'
import type { RequestContext } from './context.ts'
import { nextArgsField, publishField } from './publish.ts'
import { checkCost, parseBounded } from './query-limits.ts'
import { restoreIntegers } from './scalars.ts'
import { queryFieldsOf } from './schema-types.ts'

/** Schemas that the API offers; beyond them it would be too large to be built between two requests. */
const maxSchemas = 1_000

/** What came over HTTP. */
export interface GraphQLRequest {
  readonly method: string
  readonly url: string
  readonly contentType: string | undefined
  readonly body: string
}
export interface GraphQLAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The API over these schemas, by the names of wire.md §6.1. */
const buildApi = (schemas: readonly Schema[]): GraphQLSchema =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { nextArgs: nextArgsField, ...queryFieldsOf(schemas) },
    }),
    mutation: new GraphQLObjectType({ name: 'MutationRoot', fields: { publish: publishField } }),
  })

/** Milliseconds a second that may go into building the API anew: whoever publishes schema after schema makes others wait for them, and no more. */
const buildingPerSecond = 200
const buildingBurstSeconds = 10

/** The API over the schemas that are shared now, built anew when they are others. */
function createApiSource(api: ClientApi, clock: Clock, warn: (text: string) => void): () => Promise<GraphQLSchema> {
  const time = createBudget(clock, buildingPerSecond, buildingBurstSeconds)
  let built: { readonly of: readonly Schema[]; readonly schema: GraphQLSchema; readonly ms: number } | undefined
  let isToldFull = false
  return async () => {
    const found = await api.sharedSchemas()
    if (!found.ok) throw new GraphQLError('The database does not answer. Try again later.')
    if (built && (built.of === found.value || time.take('api', built.ms) > 0)) return built.schema
    const began = clock.now()
    const schema = buildApi(found.value.slice(0, maxSchemas))
    built = { of: found.value, schema, ms: clock.now() - began }
    if (found.value.length > maxSchemas && !isToldFull) {
      isToldFull = true
      warn(`There are more than ${maxSchemas} schemas; the newest are not in the GraphQL API`)
    }
    return schema
  }
}

/** p2panda's client API over one engine: a request in, its answer out. Does not speak HTTP itself. */
export function createGraphQL(api: ClientApi, clock: Clock, warn: (text: string) => void) {
  const schema = createApiSource(api, clock, warn)
  const handle = createHandler<undefined, RequestContext, RequestContext>({
    schema,
    parse: (source) => parseBounded(typeof source === 'string' ? source : source.body),
    context: (request) => request.context,
    execute: (args: ExecutionArgs) => {
      try {
        checkCost(args.schema, args.document, args.variableValues ?? {})
      } catch (thrown) {
        if (thrown instanceof GraphQLError) return { data: null, errors: [thrown] }
        throw thrown
      }
      return execute(args)
    },
  })
  return async (
    { method, url, contentType, body }: GraphQLRequest,
    context: RequestContext,
  ): Promise<GraphQLAnswer> => {
    // Whatever is accepted, p2panda's clients get `application/json` and, in spite of errors, status 200 (wire.md §6).
    const headers = { accept: 'application/json', ...(contentType !== undefined && { 'content-type': contentType }) }
    const [text, init] = await handle({ method, url, headers, body, raw: undefined, context })
    const isBusy = context.busySeconds > 0
    return {
      status: isBusy ? 503 : init.status,
      headers: { ...init.headers, ...(isBusy && { 'retry-after': String(Math.ceil(context.busySeconds)) }) },
      body: withData(restoreIntegers(text ?? '')),
    }
  }
}

/** An answer to a request that was refused as a whole says so in `data` too, as aquadoggo's do. */
const withData = (body: string): string => (body.startsWith('{"errors"') ? `{"data":null,${body.slice(1)}` : body)
