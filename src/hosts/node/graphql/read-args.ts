import { GraphQLError } from 'graphql'
import { Unreadable } from './scalars.ts'

type Args = Readonly<Record<string, unknown>>

const findUnreadable = (value: unknown): Unreadable | undefined => {
  if (value instanceof Unreadable) return value
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return undefined
  for (const part of Object.values(value)) {
    const found = findUnreadable(part)
    if (found) return found
  }
  return undefined
}

/** The arguments again, without those that are null; throws what a node of p2panda says about the first that is not what its type asks for. */
export function readArgs(args: Args): Args {
  for (const [name, value] of Object.entries(args)) {
    const found = findUnreadable(value)
    if (found) throw new GraphQLError(`Invalid value for argument "${name}", expected type "${found.type}"`)
  }
  return withoutNulls(args) as Args
}

/** `null` says nothing in a filter, as if it were not there. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value) || value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (part === null ? [] : [[name, withoutNulls(part)]])),
  )
}
