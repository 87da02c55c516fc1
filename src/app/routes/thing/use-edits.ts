import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import type { DocumentView, Values } from '../../../sdk/index.ts'
import { useNode } from '../../../sdk/react/index.ts'
import { editThing } from '../../data/edit-thing.ts'
import type { Field } from '../../data/field-kind.ts'
import { checkField, type Problem, storable } from '../../fields/check-field.ts'
import { valuesOf } from '../../fields/stored-names.ts'
import { useMessages } from '../../messages/messages.tsx'

/** Edits within this time are one operation. */
const idleMs = 2_000

export interface Edits {
  /** The field that is open for changing. */
  readonly open: string | undefined
  /** What the thing says, with what is being typed. */
  readonly values: Values
  readonly problem: Problem | undefined
  readonly start: (field: Field) => void
  readonly change: (field: Field, change: Values) => void
  /** Stores what was typed; the field closes when that could be stored. */
  readonly done: () => void
  /** Lets go of what was typed and not stored yet. */
  readonly cancel: () => void
  /** Changes a field at once, without opening it. */
  readonly set: (field: Field, change: Values) => void
}

/**
 * Editing in place: one field is open at a time. What is typed is a draft until Done, until its person moves on or pauses for two seconds; then it is
 * one operation, which can be undone for ten seconds.
 */
export const useEdits = (document: DocumentView): Edits => {
  const t = useMessages()
  const node = useNode()
  const [open, setOpen] = useState<Field>()
  const [draft, setDraft] = useState<Values>({})
  const [problem, setProblem] = useState<Problem>()
  /** The draft as it is now, for what happens outside of a drawing. */
  const pending = useRef<Values>({})
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const put = (next: Values): void => {
    pending.current = next
    setDraft(next)
  }
  const store = useEffectEvent(async (field: Field | undefined): Promise<boolean> => {
    clearTimeout(timer.current)
    const change = pending.current
    if (field === undefined || Object.keys(change).length === 0) return true
    const wrong = checkField(field, { ...document.fields, ...change })
    setProblem(wrong)
    if (wrong !== undefined) return false
    const isStored = await editThing(node, document, storable([field], change), t, t.thing.changed([field.label]))
    // What was typed while it was being stored stays a draft.
    if (isStored && pending.current === change) put({})
    return isStored
  })
  const leave = useEffectEvent(() => void store(open))
  useEffect(() => {
    const onLeave = (): void => leave()
    addEventListener('pagehide', onLeave)
    return () => {
      onLeave()
      removeEventListener('pagehide', onLeave)
    }
  }, [])

  const idle = useEffectEvent((field: Field) => void store(field))
  const change = (field: Field, part: Values): void => {
    put({ ...pending.current, ...part })
    setProblem(undefined)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => idle(field), idleMs)
  }
  const close = useCallback((): void => {
    clearTimeout(timer.current)
    setOpen(undefined)
    setProblem(undefined)
    pending.current = {}
    setDraft({})
  }, [])
  const finish = useEffectEvent(async (next: Field | undefined): Promise<void> => {
    if (!(await store(open))) return
    close()
    setOpen(next)
  })
  return {
    open: open?.name,
    values: { ...document.fields, ...draft },
    problem,
    start: (field) => void finish(field),
    change,
    done: () => void finish(undefined),
    cancel: close,
    set: (field, part) => void editThing(node, document, valuesOf(field, part), t, t.thing.changed([field.label])),
  }
}
