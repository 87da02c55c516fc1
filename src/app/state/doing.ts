import { useEffect } from 'react'
import { create } from 'zustand'

/** What is open in this tab: a thing, and a field of it that is being changed. */
export interface Doing {
  readonly document?: string
  /** Of the thing, in the version it has. */
  readonly schemaId?: string
  readonly field?: string
}

export const useDoing = create<{ readonly doing: Doing }>()(() => ({ doing: {} }))

/** Says that this thing is open for as long as whoever calls this is drawn. @param field what is being changed of it */
export const useOpenThing = (document: string, schemaId: string, field: string | undefined): void => {
  useEffect(() => {
    useDoing.setState({ doing: { document, schemaId, ...(field === undefined ? {} : { field }) } })
    return () => useDoing.setState({ doing: {} })
  }, [document, schemaId, field])
}
