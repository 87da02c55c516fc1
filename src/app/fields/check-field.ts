import type { Field } from '../data/field-kind.ts'
import type { Value, Values } from '../../sdk/index.ts'
import { isEmptyField } from './field-text.ts'

/** What keeps a value from being stored; `messages/…/form.ts` has a sentence for each. */
export type Problem = 'missing' | 'notNumber' | 'notWhole' | 'tooLarge' | 'notDate' | 'tooLong'

/** Longest text of one field, in characters: with all fields of a form it stays far below the limit of an operation. */
const longestText = 100_000

/**
 * What people type where a number goes: with a point or a comma, with spaces between thousands. What is no number stays text, so
 * that nothing typed is lost before it is put right.
 */
export const readNumber = (text: string, isWhole: boolean): Value => {
  const plain = text.trim().replaceAll(/[\s\u00A0\u202F']/gu, '')
  if (plain === '') return ''
  const dotted = plain.includes('.') ? plain.replaceAll(',', '') : plain.replace(',', '.')
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(dotted)) return text
  if (isWhole && /^[+-]?\d+$/.test(dotted)) {
    const value = Number(dotted)
    return Number.isSafeInteger(value) ? value : BigInt(dotted)
  }
  return Number(dotted)
}

const isInInt64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value

const numberProblem = (value: Value | undefined, isWhole: boolean): Problem | undefined => {
  if (typeof value === 'bigint') return isInInt64(value) ? undefined : 'tooLarge'
  if (typeof value !== 'number') return value === undefined || value === '' ? undefined : 'notNumber'
  if (!Number.isFinite(value)) return 'tooLarge'
  return isWhole && !Number.isInteger(value) ? 'notWhole' : undefined
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T12:00`))

/** The first thing wrong with a field's value, or `undefined`. */
export const checkField = (field: Field, values: Values): Problem | undefined => {
  const value = values[field.name]
  if (field.kind === 'number') {
    const problem = numberProblem(value, field.isWhole)
    if (problem !== undefined) return problem
  }
  if (field.isRequired && field.kind !== 'yesNo' && isEmptyField(field, values)) return 'missing'
  if (typeof value !== 'string' || value === '') return undefined
  if (field.kind === 'date') return isDay(value) ? undefined : 'notDate'
  if (field.kind === 'dateTime') return Number.isNaN(Date.parse(value)) ? 'notDate' : undefined
  return value.length > longestText ? 'tooLong' : undefined
}

/** Every problem of a form, by field name, in the fields' order. */
export const checkFields = (fields: readonly Field[], values: Values): ReadonlyMap<string, Problem> =>
  new Map(
    fields.flatMap((field) => {
      const problem = checkField(field, values)
      return problem === undefined ? [] : [[field.name, problem] as const]
    }),
  )

/** The values as the schema takes them: a number nobody gave is 0. Only for values that `checkFields` found nothing wrong with. */
export const storable = (fields: readonly Field[], values: Values): Values => ({
  ...values,
  ...Object.fromEntries(
    fields.filter(({ name, kind }) => kind === 'number' && values[name] === '').map(({ name }) => [name, 0]),
  ),
})
