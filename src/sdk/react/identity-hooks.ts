import type { DevicesView, LinkingView, PersonView, PetnamesView } from '../identity-types.ts'
import { useLiveView } from './hooks.ts'
import { useNode } from './node-context.tsx'

/** Whose device this is, and whether it still holds the recovery words. */
export const usePerson = (): PersonView => useLiveView(useNode().identity.person())
/** The devices of the person who writes here. */
export const useDevices = (): DevicesView => useLiveView(useNode().identity.devices())
/** How far the linking of this device is. */
export const useLinking = (): LinkingView => useLiveView(useNode().identity.linking.watch())
/** What I call others. */
export const usePetnames = (): PetnamesView => useLiveView(useNode().identity.petnames.list())
