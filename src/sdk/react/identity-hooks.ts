import type { PersonView, PetnamesView } from '../identity-types.ts'
import { useLiveView } from './hooks.ts'
import { useNode } from './node-context.tsx'

/** Whose device this is, and whether it still holds the recovery words. */
export const usePerson = (): PersonView => useLiveView(useNode().identity.person())
/** What I call others. */
export const usePetnames = (): PetnamesView => useLiveView(useNode().identity.petnames.list())
