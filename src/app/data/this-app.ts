import type { NodeOptions } from '../../sdk/index.ts'
import { mine } from '../state/identities.ts'

/** How the app opens its node: that of the identity this tab is. Its collections do not live in groups yet: they are documents without owner that all edit who have them. */
export const ofThisApp: NodeOptions = { name: mine.name, legacyOpenDocuments: true }
