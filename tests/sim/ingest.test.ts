import { simulateIngest } from './ingest.ts'

/** Seed 18 once found that what waited beside a definition was lost; 181 and 221 that what builds on a spoilt operation was not left out. */
simulateIngest([18, 181, 221])
