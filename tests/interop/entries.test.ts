import { compareEntries } from './compare-entries.ts'

compareEntries(100)
