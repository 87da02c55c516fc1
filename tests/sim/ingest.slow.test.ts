import { simulateIngest } from './ingest.ts'

/** `SEED=123 SEEDS=1 npm run sim` repeats one. */
const first = Number(process.env['SEED'] ?? 1)
simulateIngest(Array.from({ length: Number(process.env['SEEDS'] ?? 24) }, (_, at) => first + at))
