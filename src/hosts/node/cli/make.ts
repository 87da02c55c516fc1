import { bundleHeader, encodeBundleItem } from '../../../core/bundle/bundle.ts'
import { hexToBytes } from '../../../core/bytes/hex.ts'
import { documentViewId } from '../../../core/document/view-id.ts'
import { hashBytes } from '../../../core/hash/yasmf.ts'
import type { OperationId } from '../../../core/ids.ts'
import { encodeOperation } from '../../../core/operation/encode.ts'
import type { Fields, Operation } from '../../../core/operation/operation.ts'
import { buildSchema } from '../../../core/schema/build.ts'
import type { Schema } from '../../../core/schema/schema.ts'
import type { Explain } from './command.ts'
import { toFields } from './make-fields.ts'
import { newAuthor, nextPlace, signAt, type Author, type Place } from './make-logs.ts'
import { parseScript, type Step } from './make-script.ts'
import {
  authorNamed,
  giveName,
  must,
  operationNamed,
  schemaNamed,
  type MadeDocument,
  type MadeOperation,
  type World,
} from './make-world.ts'
import { WrongUse } from './wrong-use.ts'

type StepOf<Kind extends Step['do']> = Extract<Step, { readonly do: Kind }>

/** Signs the operation for its place and writes both to the bundle. */
function emit(world: World, place: Place, operation: Operation): OperationId {
  const bytes = must(world, encodeOperation(operation))
  const entry = signAt(place, bytes)
  world.bundle.push(encodeBundleItem(entry, bytes))
  return hashBytes(entry) as OperationId
}

function create(world: World, by: Author, schema: Schema, fields: Fields): MadeOperation {
  const operation: Operation = { action: 'create', schemaId: schema.id, fields }
  const place = nextPlace(by, undefined)
  const id = emit(world, place, operation)
  place.log.hashes.push(id)
  by.logs.set(id, place.log)
  return { id, place, operation, document: { id, schema, tips: new Set([id]) } }
}

function change(
  world: World,
  by: Author,
  document: MadeDocument,
  operation: Exclude<Operation, { readonly action: 'create' }>,
): MadeOperation {
  const place = nextPlace(by, document.id)
  const id = emit(world, place, operation)
  place.log.hashes.push(id)
  for (const previous of operation.previous) document.tips.delete(previous)
  document.tips.add(id)
  return { id, place, operation, document }
}

function previousOf(world: World, { tips }: MadeDocument, given: readonly string[] | undefined): OperationId[] {
  const seen = given ? new Set(given.map((name) => operationNamed(world, name).id)) : tips
  return [...seen].toSorted()
}

const fieldsOf = ({ operation }: MadeOperation): Fields => (operation.action === 'delete' ? {} : operation.fields)

/** Field documents in the order of the script, then the definition that pins them. */
function defineSchema(world: World, { name, description, fields, by }: StepOf<'schema'>): Schema {
  const author = authorNamed(world, by)
  const make = (schema: Schema, json: Readonly<Record<string, unknown>>): MadeOperation =>
    create(world, author, schema, toFields(world, schema, json, { partial: false }))
  const relatedTo = (whole: string, related: string): string =>
    world.names.has(related) ? `(${schemaNamed(world, related).id})` : whole

  const fieldSchema = schemaNamed(world, 'schema_field_definition_v1')
  const made = Object.entries(fields).map(([fieldName, type]) =>
    make(fieldSchema, { name: fieldName, type: type.replace(/\((.+)\)$/, relatedTo) }),
  )
  const pinned = made.map(({ id }) => documentViewId([id]))
  const definition = make(schemaNamed(world, 'schema_definition_v1'), { name, description, fields: pinned })
  return must(world, buildSchema(documentViewId([definition.id]), fieldsOf(definition), made.map(fieldsOf)))
}

function fork(world: World, step: StepOf<'fork'>): void {
  const { id, place, operation, document } = operationNamed(world, step.operation)
  if (operation.action === 'delete') throw new WrongUse('a DELETE has no fields to fork it by.')
  const fields = toFields(world, document.schema, step.fields, { partial: operation.action === 'update' })
  const forked = emit(world, place, { ...operation, fields })
  if (forked === id) throw new WrongUse(`these fields make "${step.operation}" again, not a fork of it.`)
}

function play(world: World, step: Step): void {
  switch (step.do) {
    case 'key':
      if (world.authors.has(step.name)) throw new WrongUse(`there is a key named "${step.name}" already.`)
      world.authors.set(step.name, newAuthor(hexToBytes(step.seed)))
      return
    case 'schema':
      return giveName(world, step.as, { schema: defineSchema(world, step) })
    case 'create': {
      const schema = schemaNamed(world, step.schema)
      const fields = toFields(world, schema, step.fields, { partial: false })
      return giveName(world, step.as, { made: create(world, authorNamed(world, step.by), schema, fields) })
    }
    case 'update': {
      const { document } = operationNamed(world, step.document)
      const fields = toFields(world, document.schema, step.fields, { partial: true })
      const previous = previousOf(world, document, step.previous)
      const operation = { action: 'update', schemaId: document.schema.id, previous, fields } as const
      return giveName(world, step.as, { made: change(world, authorNamed(world, step.by), document, operation) })
    }
    case 'delete': {
      const { document } = operationNamed(world, step.document)
      const previous = previousOf(world, document, step.previous)
      const operation = { action: 'delete', schemaId: document.schema.id, previous } as const
      return giveName(world, step.as, { made: change(world, authorNamed(world, step.by), document, operation) })
    }
    case 'fork':
      return fork(world, step)
  }
}

/**
 * Signed fixtures from a script: the pieces of a bundle, the same for the same script.
 * Throws `WrongUse` with the line that asks for something that cannot be made.
 */
export function makeBundle(script: string, explain: Explain): readonly Uint8Array[] {
  const world: World = { bundle: [bundleHeader], authors: new Map(), names: new Map(), explain }
  for (const { line, step } of parseScript(script)) {
    try {
      play(world, step)
    } catch (thrown) {
      throw thrown instanceof WrongUse ? new WrongUse(`Line ${line} of the script: ${thrown.message}`) : thrown
    }
  }
  return world.bundle
}
