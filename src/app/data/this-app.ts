import type { NodeOptions } from '../../sdk/index.ts'

/** How the app opens its node. Its collections do not live in groups yet: they are documents without owner that all edit who have them. */
export const ofThisApp: NodeOptions = { legacyOpenDocuments: true }
