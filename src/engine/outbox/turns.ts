import type { Changed } from '../changes-hub.ts'

/** The lock whose holder drains the outbox: one at a time, whichever thread it is. */
export const outboxLock = (database: string): string => `takibi/${database}/outbox`

/** Tells whoever watches the outbox that rows have left it: a change of nothing else. */
export const tellChanged = (announce: (changed: Changed) => void): void =>
  announce({ documentIds: new Set(), families: new Set(), schemas: false })
