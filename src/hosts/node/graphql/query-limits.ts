import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isObjectType,
  parse,
} from 'graphql'

/** Tokens of a request: 50 `publish`, with names and what they answer, are 1,200. */
const maxTokens = 5_000
/** Fields that a request names. Comparing them with each other is the dearest part of judging it. */
const maxFields = 600
/** Levels of a request. Introspection takes 14. */
const maxDepth = 20
/** Fields that an answer may come to: a page of a thousand documents with twenty fields each, or 25 in each of 25 in each of 25. */
const maxCost = 25_000
/** What an entry costs, in fields of an answer. */
const publishCost = 100
/** Entries in one request (sync.md §8). */
const maxPublished = 50
/** Documents in a collection where `first` is not said. */
const defaultFirst = 25

type Selection = SelectionSetNode['selections'][number]

const refuse = (what: string): never => {
  throw new GraphQLError(`${what} Ask for less at once.`)
}

const selectionsIn = (node: Selection | { readonly selectionSet?: SelectionSetNode }): readonly Selection[] =>
  ('selectionSet' in node && node.selectionSet?.selections) || []

/** Text to a request, refused before anything dearer than reading is done with it. Throws `GraphQLError`. */
export function parseBounded(source: string): DocumentNode {
  const document = parse(source, { maxTokens })
  let level: Selection[] = document.definitions.flatMap((definition) =>
    'selectionSet' in definition ? [...selectionsIn(definition)] : [],
  )
  let fields = 0
  for (let depth = 1; level.length > 0; depth++) {
    fields += level.length
    if (depth > maxDepth) refuse(`A request has at most ${maxDepth} levels.`)
    if (fields > maxFields) refuse(`A request names at most ${maxFields} fields.`)
    level = level.flatMap((selection) => [...selectionsIn(selection)])
  }
  return document
}

/** Fields that a selection comes to in an answer; each fragment is counted once, whatever names it. */
interface Counting {
  readonly schema: GraphQLSchema
  readonly variables: Readonly<Record<string, unknown>>
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly known: Map<string, number>
  depth: number
  published: number
}

function firstOf(field: FieldNode, variables: Counting['variables']): number {
  const value = field.arguments?.find(({ name }) => name.value === 'first')?.value
  const given =
    value?.kind === Kind.VARIABLE
      ? variables[value.name.value]
      : value?.kind === Kind.INT
        ? Number(value.value)
        : undefined
  return typeof given === 'number' && given > 0 ? given : defaultFirst
}

function costOfField(counting: Counting, field: FieldNode, parent: GraphQLNamedType): number {
  const name = field.name.value
  const definition = isObjectType(parent) ? parent.getFields()[name] : undefined
  if (name === 'publish' && ++counting.published > maxPublished)
    refuse(`A request publishes at most ${maxPublished} entries.`)
  const own = name === 'publish' ? publishCost : 1
  if (!definition) return own
  const below = costOf(counting, selectionsIn(field), getNamedType(definition.type))
  const isCollection = definition.args.some((argument) => argument.name === 'first')
  return own + (isCollection ? firstOf(field, counting.variables) : 1) * below
}

function costOfFragment(counting: Counting, name: string): number {
  const known = counting.known.get(name)
  const fragment = counting.fragments.get(name)
  if (known !== undefined || !fragment) return known ?? 0
  // Fragments that name each other are refused elsewhere; here they must not go on for ever.
  counting.known.set(name, 0)
  const type = counting.schema.getType(fragment.typeCondition.name.value)
  const cost = type ? costOf(counting, selectionsIn(fragment), type) : 0
  counting.known.set(name, cost)
  return cost
}

function costOf(counting: Counting, selections: readonly Selection[], parent: GraphQLNamedType): number {
  if (++counting.depth > maxDepth) refuse(`A request has at most ${maxDepth} levels.`)
  let cost = 0
  for (const selection of selections)
    if (selection.kind === Kind.FIELD) cost += costOfField(counting, selection, parent)
    else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(counting, selection.name.value)
    else cost += costOf(counting, selectionsIn(selection), parent)
  counting.depth--
  return cost
}

/** Throws `GraphQLError` where the answer to a valid request would be too much work. */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  const counting: Counting = { schema, variables, fragments, known: new Map(), depth: 0, published: 0 }
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const root = schema.getRootType(definition.operation)
    const cost = root ? costOf(counting, selectionsIn(definition), root) : 0
    if (cost > maxCost) refuse(`The answer would have some ${cost} fields, and ${maxCost} is the most.`)
  }
}
