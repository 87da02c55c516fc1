import { simulateIngest } from './ingest.ts'

/** `npm run sim -- --seed 123` repeats one. */
const first = Number(process.env['SEED'] ?? 1)
simulateIngest(Array.from({ length: Number(process.env['SEEDS'] ?? 24) }, (_, at) => first + at))
