import type { OperationId } from '../../../core/ids.ts'
import type { Operation } from '../../../core/operation/operation.ts'
import type { Result } from '../../../core/result.ts'
import type { Schema } from '../../../core/schema/schema.ts'
import { parseSchemaId } from '../../../core/schema/schema-id.ts'
import { systemSchema } from '../../../core/schema/system/index.ts'
import type { Failure } from '../../../engine/failure.ts'
import type { Explain } from './command.ts'
import type { Author, Place } from './make-logs.ts'
import { WrongUse } from './wrong-use.ts'

export interface MadeDocument {
  readonly id: OperationId
  readonly schema: Schema
  /** What nothing has built on yet. */
  readonly tips: Set<OperationId>
}
export interface MadeOperation {
  readonly id: OperationId
  readonly place: Place
  readonly operation: Operation
  readonly document: MadeDocument
}
type Named = { readonly schema: Schema } | { readonly made: MadeOperation }

/** What a script has made so far. */
export interface World {
  /** Pieces of the bundle, in order. */
  readonly bundle: Uint8Array[]
  readonly authors: Map<string, Author>
  readonly names: Map<string, Named>
  readonly explain: Explain
}

/** The value; a failure is something that the script should not have asked for. */
export function must<T>({ explain }: World, result: Result<T, Failure>): T {
  if (result.ok) return result.value
  throw new WrongUse(explain(result.error))
}

export function authorNamed({ authors }: World, name: string): Author {
  const known = authors.get(name)
  if (known) return known
  throw new WrongUse(`there is no key named "${name}".`)
}

/** An operation by its own name; a document's name is that of its CREATE. */
export function operationNamed({ names }: World, name: string): MadeOperation {
  const known = names.get(name)
  if (known && 'made' in known) return known.made
  throw new WrongUse(`there is no document or operation named "${name}".`)
}

/** A schema of the script by its name, or a system schema by its id. */
export function schemaNamed({ names }: World, name: string): Schema {
  const known = names.get(name)
  if (known && 'schema' in known) return known.schema
  const id = parseSchemaId(name)
  const system = id.ok ? systemSchema(id.value) : undefined
  if (system) return system
  throw new WrongUse(`there is no schema named "${name}".`)
}

export function giveName({ names }: World, name: string | undefined, thing: Named): void {
  if (name === undefined) return
  if (names.has(name)) throw new WrongUse(`"${name}" names something already.`)
  names.set(name, thing)
}
