import { useCallback, useRef, useState } from 'react'
import type { KnownSchema, Value, Values } from '../../../sdk/index.ts'
import { placeOf } from '../../state/identities.ts'

const fitsList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')

/** A kept draft may be older than the collection's fields: what no longer fits is left out. Text is fine where a number goes: it is being typed. */
const fitting = (kept: unknown, schema: KnownSchema): Values => {
  if (typeof kept !== 'object' || kept === null) return {}
  const given = kept as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    schema.fields.flatMap(({ name, kind }): [string, Value][] => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined
      switch (kind) {
        case 'bool':
          return typeof value === 'boolean' ? [[name, value]] : []
        case 'int':
        case 'float':
          return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
            ? [[name, value]]
            : []
        case 'str':
          return typeof value === 'string' ? [[name, value]] : []
        case 'relation_list':
        case 'pinned_relation_list':
          return fitsList(value) ? [[name, value]] : []
        default:
          return []
      }
    }),
  )
}

/** Where a draft is kept: a page that is closed has no time to wait for a database, so it lives in localStorage and not in the node. */
const place = (key: string): string => placeOf(`draft/${key}`)

const readKept = (key: string, schema: KnownSchema): Values => {
  try {
    return fitting(JSON.parse(localStorage.getItem(place(key)) ?? 'null'), schema)
  } catch {
    // Not ours, or not to be read: as if nothing was kept.
    return {}
  }
}

/** Keeps what was entered; nothing entered, nothing kept. */
const keep = (key: string, entered: Values): void => {
  try {
    if (Object.keys(entered).length === 0) localStorage.removeItem(place(key))
    // An integer is kept as the text somebody would type.
    else
      localStorage.setItem(
        place(key),
        JSON.stringify(entered, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
      )
  } catch {
    // A draft that cannot be kept is no trouble yet: it is still on the screen.
  }
}

export interface Draft {
  /** What its person entered, by field. */
  readonly entered: Values
  /** It was begun before this page was opened. */
  readonly wasKept: boolean
  readonly change: (change: Values) => void
  /** Begins again with nothing entered, and keeps nothing. */
  readonly restart: () => void
}

/** A half-filled form. Each change is kept on this device at once, so that it is there after a reload. It is not signed and goes nowhere. */
export const useDraft = (key: string, schema: KnownSchema): Draft => {
  const [state, setState] = useState(() => {
    const entered = readKept(key, schema)
    return { entered, wasKept: Object.keys(entered).length > 0 }
  })
  const latest = useRef(state.entered)
  const change = useCallback(
    (part: Values): void => {
      const entered = { ...latest.current, ...part }
      latest.current = entered
      keep(key, entered)
      setState(({ wasKept }) => ({ wasKept, entered }))
    },
    [key],
  )
  const restart = useCallback((): void => {
    latest.current = {}
    keep(key, {})
    setState({ entered: {}, wasKept: false })
  }, [key])
  return { ...state, change, restart }
}
