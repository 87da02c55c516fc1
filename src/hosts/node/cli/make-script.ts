import { isHex } from '../../../core/bytes/hex.ts'
import { WrongUse } from './wrong-use.ts'

/** One line of a script. `by`, `as`, `previous` and what is updated, deleted or forked are names that the script gives itself. */
export type Step =
  | { readonly do: 'key'; readonly name: string; readonly seed: string }
  | {
      readonly do: 'schema'
      readonly name: string
      readonly description: string
      readonly fields: Readonly<Record<string, string>>
      readonly by: string
      readonly as: string
    }
  | { readonly do: 'create'; readonly schema: string; readonly fields: Json; readonly by: string; readonly as?: string }
  | {
      readonly do: 'update'
      readonly document: string
      readonly fields: Json
      readonly by: string
      readonly previous?: readonly string[]
      readonly as?: string
    }
  | {
      readonly do: 'delete'
      readonly document: string
      readonly by: string
      readonly previous?: readonly string[]
      readonly as?: string
    }
  | { readonly do: 'fork'; readonly operation: string; readonly fields: Json }

type Json = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads the members of one line, and complains about those that are missing, wrong or too many. */
function reader(line: Json, number: number) {
  const used = new Set<string>()
  const complain = (what: string): never => {
    throw new WrongUse(`Line ${number} of the script: ${what}.`)
  }
  const text = (member: string): string => {
    used.add(member)
    const value = line[member]
    return typeof value === 'string' ? value : complain(`"${member}" must be text`)
  }
  const record = (member: string): Json => {
    used.add(member)
    const value = line[member]
    return isRecord(value) ? value : complain(`"${member}" must be an object`)
  }
  return {
    complain,
    text,
    record,
    texts: (member: string): Readonly<Record<string, string>> => {
      const entries = Object.entries(record(member)).map(([key, value]) =>
        typeof value === 'string' ? ([key, value] as const) : complain(`"${member}.${key}" must be text`),
      )
      return Object.fromEntries(entries)
    },
    named: (): { readonly as?: string } => (line['as'] === undefined ? {} : { as: text('as') }),
    previous: (): { readonly previous?: readonly string[] } => {
      used.add('previous')
      const value = line['previous']
      if (value === undefined) return {}
      if (Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string'))
        return { previous: value }
      return complain('"previous" must be a list of names')
    },
    end: (): void => {
      const unknown = Object.keys(line).find((member) => !used.has(member))
      if (unknown !== undefined) complain(`nobody knows "${unknown}" here`)
    },
  }
}

function readStep(line: Json, number: number): Step {
  const { complain, text, record, texts, named, previous, end } = reader(line, number)
  const readers: Readonly<Record<string, () => Step>> = {
    key: () => {
      const seed = text('seed')
      if (!isHex(seed, 32)) complain('"seed" must be 64 hex digits')
      return { do: 'key', name: text('key'), seed }
    },
    schema: () => ({
      do: 'schema',
      name: text('schema'),
      description: text('description'),
      fields: texts('fields'),
      by: text('by'),
      as: text('as'),
    }),
    create: () => ({ do: 'create', schema: text('create'), fields: record('fields'), by: text('by'), ...named() }),
    update: () => ({
      do: 'update',
      document: text('update'),
      fields: record('fields'),
      by: text('by'),
      ...previous(),
      ...named(),
    }),
    delete: () => ({ do: 'delete', document: text('delete'), by: text('by'), ...previous(), ...named() }),
    fork: () => ({ do: 'fork', operation: text('fork'), fields: record('fields') }),
  }
  const kinds = Object.keys(readers).filter((kind) => kind in line)
  const read = kinds.length === 1 ? readers[kinds[0] ?? ''] : undefined
  if (!read) return complain('it needs one of "key", "schema", "create", "update", "delete", "fork"')
  const step = read()
  end()
  return step
}

/** A script, one JSON object a line; empty lines are passed over. Throws `WrongUse` with the number of the line. */
export const parseScript = (script: string): readonly { readonly line: number; readonly step: Step }[] =>
  script.split('\n').flatMap((text, index) => {
    if (text.trim() === '') return []
    const line = index + 1
    let parsed: unknown
    try {
      parsed = JSON.parse(text)
    } catch {
      throw new WrongUse(`Line ${line} of the script is not JSON.`)
    }
    if (!isRecord(parsed)) throw new WrongUse(`Line ${line} of the script is not an object.`)
    return [{ line, step: readStep(parsed, line) }]
  })
