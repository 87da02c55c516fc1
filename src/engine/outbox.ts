import type { Change } from '../ports/store.ts'
import type { SoundItem } from './ingest-prepare.ts'

/** Whom the entries just stored are to be sent to: nobody yet. Rows written here are in the commit of the entries themselves. */
export const outboxRows = (_stored: readonly SoundItem[]): readonly Change[] => []
