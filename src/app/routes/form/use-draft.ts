import { useCallback, useEffect, useRef, useState } from 'react'
import type { KnownSchema, Value, Values } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'

/** How long somebody may type before it is kept, in milliseconds. */
const keepMs = 300

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

export interface Draft {
  /** What its person entered, by field; `undefined` until it is known whether something was kept. */
  readonly entered: Values | undefined
  readonly wasKept: boolean
  readonly change: (change: Values) => void
  /** Begins again with nothing entered, and keeps nothing. */
  readonly restart: () => void
}

/**
 * A half-filled form. Each change is kept in the node's notes of this device shortly after, and when the page is hidden or left, so that
 * it is there after a reload. It is not signed and goes nowhere.
 */
export const useDraft = (key: string, schema: KnownSchema): Draft => {
  const node = useNode()
  const [state, setState] = useState<{ readonly entered: Values; readonly wasKept: boolean }>()
  const latest = useRef<Values>(undefined)
  /** What is not kept yet. `null`: that there is nothing to keep. */
  const unkept = useRef<Values | null>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const keep = useCallback((): void => {
    clearTimeout(timer.current)
    if (unkept.current === undefined) return
    const note = unkept.current ?? undefined
    unkept.current = undefined
    // A draft that cannot be kept is no trouble yet: it is still on the screen.
    node.notes.put(key, note).catch(() => undefined)
  }, [node, key])

  useEffect(() => {
    let isCurrent = true
    const begin = (note: unknown): void => {
      if (!isCurrent || latest.current !== undefined) return
      const kept = fitting(note, schema)
      latest.current = kept
      setState({ entered: kept, wasKept: Object.keys(kept).length > 0 })
    }
    void node.notes.get(key).then(begin, () => begin(undefined))
    return () => {
      isCurrent = false
    }
  }, [node, key, schema])

  useEffect(() => {
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') keep()
    }
    addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', onHide)
    return () => {
      keep()
      removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', onHide)
    }
  }, [keep])

  const change = useCallback(
    (part: Values): void => {
      const entered = { ...latest.current, ...part }
      latest.current = entered
      setState((now) => ({ wasKept: now?.wasKept ?? false, entered }))
      unkept.current = entered
      clearTimeout(timer.current)
      timer.current = setTimeout(keep, keepMs)
    },
    [keep],
  )
  const restart = useCallback((): void => {
    latest.current = {}
    setState({ entered: {}, wasKept: false })
    unkept.current = null
    keep()
  }, [keep])
  return { entered: state?.entered, wasKept: state?.wasKept ?? false, change, restart }
}
